from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.moderation import actions
from youthvoice.moderation.choices import HideReason
from youthvoice.moderation.forms import ReportForm
from youthvoice.moderation.matter import Words
from youthvoice.questions import viewers
from youthvoice.questions.models import Answer, Comment, Question


def _words(request: HttpRequest, kind: str, pk: int) -> Words:
    """What stands and may be read by whoever asks; else 404."""
    viewer = viewers.viewer_of(request)
    questions = Question.objects.visible_to(viewer.user, viewer.opened)
    found: Words | None = None
    if kind == "question":
        found = questions.select_related("author", "region", "case__holder").filter(pk=pk).first()
    elif kind == "answer":
        answers = Answer.objects.filter(question__in=questions)
        answers = answers.select_related("question__case__holder", "author", "organisation")
        found = answers.filter(pk=pk).first()
    elif kind == "comment":
        comments = Comment.objects.filter(question__in=questions)
        comments = comments.select_related(
            "question__case__holder", "author", "organisation", "answer__organisation"
        )
        found = comments.filter(pk=pk).first()
    if found is None or found.deleted_at is not None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Anybody who may read the words, with or without an account."""
    words = _words(request, kind, pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "words": words, "question": _question(words), "kind": kind}
    if request.method == "POST" and form.is_valid():
        try:
            # By network, for everybody: a report goes without a name.
            networks.take(networks.visit_of(request), What.REPORT, at=clock.now())
            actions.report(
                words=words,
                reason=HideReason(form.cleaned_data["reason"]),
                note=form.cleaned_data["note"],
                by=viewers.viewer_of(request),
                at=clock.now(),
            )
            return redirect("moderation:sent", kind=kind, pk=pk)
        except actions.UnableToReport as problem:
            form.add_error(None, str(problem))
        except limits.TooMany as problem:
            problem.refuse(form)
            return problem.mark(_page(request, context, form))
    return _page(request, context, form)


def _page(request: HttpRequest, context: dict[str, Any], form: ReportForm) -> HttpResponse:
    viewers.give_words(request, context["question"])
    status = 422 if form.errors else 200
    return render(request, "moderation/report.html", context, status=status)


@never_cache
@require_GET
def sent(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    words = _words(request, kind, pk)
    context = {"words": words, "question": _question(words)}
    return render(request, "moderation/sent.html", context)


def _question(words: Words) -> Question:
    return words if isinstance(words, Question) else words.question
