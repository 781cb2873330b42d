"""The small acts: one POST, one action, and back to the question."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from youthvoice.kit import clock
from youthvoice.kit.fields import refusals
from youthvoice.kit.returning import back
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.questions import actions, viewers
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.choices import Outcome
from youthvoice.questions.forms import OutcomeForm
from youthvoice.questions.policy import Viewer
from youthvoice.questions.views.finding import answer_for, question_for


def _acted(request: HttpRequest, question_id: int, act: Callable[[], None]) -> HttpResponse:
    """Do it; what is refused is said on the page that follows (or in the fragment)."""
    try:
        act()
    except Unable as problem:
        messages.error(request, str(problem))
    return _to_acts(request, question_id)


def _to_acts(request: HttpRequest, question_id: int) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return back(request, reverse("site:me_question", args=[question_id]))
    return back(request, reverse("site:act", args=[question_id]))


def _count(viewer: Viewer) -> None:
    """Raises TooMany, for which the whole site has one page."""
    if viewer.person is not None:
        limits.take(What.FOLLOW, who=viewer.person.pk, at=clock.now())


@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    question, viewer = question_for(request, pk), viewers.viewer_of(request)
    _count(viewer)
    act = actions.unfollow if request.POST.get("undo") else actions.follow
    return _acted(request, pk, lambda: act(question=question, by=viewer, at=clock.now()))


@require_POST
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    answer, viewer = answer_for(request, pk), viewers.viewer_of(request)
    _count(viewer)
    act = actions.take_back_useful if request.POST.get("undo") else actions.find_useful
    return _acted(
        request, answer.question_id, lambda: act(answer=answer, by=viewer, at=clock.now())
    )


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    answer, viewer = answer_for(request, pk), viewers.viewer_of(request)
    accepted = not request.POST.get("undo")
    return _acted(
        request,
        answer.question_id,
        lambda: actions.accept_answer(answer=answer, accepted=accepted, by=viewer, at=clock.now()),
    )


@require_POST
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    question, viewer = question_for(request, pk), viewers.viewer_of(request)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return HttpResponse(refusals(form), status=422, content_type="text/plain")
    said = form.cleaned_data["outcome"]
    try:
        actions.mark_outcome(question=question, outcome=said, by=viewer, at=clock.now())
    except Unable as problem:
        messages.error(request, str(problem))
        return _to_acts(request, pk)
    if said == Outcome.UNSOLVED:
        return redirect(f"{reverse('questions:comment', args=[pk])}?missing=1")
    # The whole page, for all of it says so: the ring, the line, the trail.
    return back(request, question.get_absolute_url())
