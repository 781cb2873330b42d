"""Looking up what an act is about; what isn't there is a 404."""

from typing import cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from youthvoice.questions import queries, viewers
from youthvoice.questions.models import Answer, Comment, Question, QuestionQuerySet
from youthvoice.readymade.prepared import prepared


def _visible(request: HttpRequest) -> QuestionQuerySet:
    return Question.objects.visible_to(request.user, viewers.viewer_of(request).opened)


@prepared("number")
def _public(number: int) -> QuerySet[Question]:
    return queries.shown(Question.objects.visible_to(None)).filter(pk=number)


def question_for(request: HttpRequest, pk: int) -> Question:
    found = _public.first(number=pk) or queries.shown(_visible(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return cast(Question, found)


def answer_for(request: HttpRequest, pk: int) -> Answer:
    rows = Answer.objects.filter(question__in=_visible(request))
    found = rows.select_related("question__author", "author", "organisation").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def comment_for(request: HttpRequest, pk: int) -> Comment:
    rows = Comment.objects.filter(question__in=_visible(request))
    rows = rows.select_related("question", "answer", "author", "organisation")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
