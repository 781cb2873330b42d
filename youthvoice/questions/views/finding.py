"""Looking up what an act is about; what isn't there is a 404."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from youthvoice.questions import viewers
from youthvoice.questions.models import Answer, Comment, Question, QuestionQuerySet


def _visible(request: HttpRequest) -> QuestionQuerySet:
    return Question.objects.visible_to(request.user, viewers.viewer_of(request).opened)


def question_for(request: HttpRequest, pk: int) -> Question:
    rows = _visible(request).select_related("author", "region")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


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


def back(request: HttpRequest, url: str) -> HttpResponse:
    """To the page the act was made on; htmx is told to fetch its fragment instead."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        # Not `redirect`: a word without a slash would be taken for a view's name.
        return HttpResponseRedirect(wanted)
    return redirect(url)
