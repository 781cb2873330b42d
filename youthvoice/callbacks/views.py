"""Asked back: by the link of a letter, or as the asker on the question's own page."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from youthvoice.callbacks import actions, queries
from youthvoice.callbacks.choices import Channel, Satisfied
from youthvoice.callbacks.forms import SatisfiedForm, SolvedForm
from youthvoice.callbacks.models import Callback
from youthvoice.cases.actions import UnableToMove
from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.questions import policy, viewers
from youthvoice.questions.models import Question

_GET_AND_POST = require_http_methods(["GET", "POST"])


@never_cache
@_GET_AND_POST
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the letter is the asker; nobody looks who is signed in."""
    found = queries.by_token(token)
    if found is None:
        raise Http404
    viewer = policy.Viewer(AnonymousUser(), frozenset({found.case.question_id}))
    response = _asked(request, found, viewer, Channel.LINK)
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@_GET_AND_POST
def as_asker(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for whoever is signed in as its asker, or holds its receipt."""
    viewer = viewers.viewer_of(request)
    known = Question.objects.visible_to(viewer.user, viewer.opened)
    question = known.select_related("case__holder", "region", "author").filter(pk=pk).first()
    if question is None or not policy.may_mark(viewer, question):
        raise Http404
    found = queries.current(question.case, at=clock.now())
    if found is None:
        return redirect(question)
    found.case = question.case
    found.case.question = question
    by_receipt = question.pk in viewer.opened
    return _asked(request, found, viewer, Channel.RECEIPT if by_receipt else Channel.PAGE)


def _asked(
    request: HttpRequest, found: Callback, viewer: policy.Viewer, channel: Channel
) -> HttpResponse:
    if request.method == "GET":
        return _page(request, found)
    form: SolvedForm | SatisfiedForm
    if "solved" in request.POST:
        form = SolvedForm(request.POST)
    else:
        form = SatisfiedForm(request.POST, callback=found)
    if form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        if "solved" in said:
            said["solved"] = said["solved"] == "yes"
        try:
            visit, named = networks.visit_of(request), not found.case.question.is_nameless
            networks.take(visit, What.WRITE_NAMELESS, at=clock.now(), named=named)
            actions.call_back(callback=found, by=viewer, channel=channel, at=clock.now(), **said)
            return redirect(request.path)
        except UnableToMove as problem:
            form.add_error(None, str(problem))
        except limits.TooMany as problem:
            problem.refuse(form)
            return problem.mark(_page(request, found, form))
    return _page(request, found, form)


def _page(
    request: HttpRequest, found: Callback, form: SolvedForm | SatisfiedForm | None = None
) -> HttpResponse:
    now = queries.current(found.case, at=clock.now())
    more = form if isinstance(form, SatisfiedForm) else SatisfiedForm(callback=found)
    context = {
        "callback": found,
        "question": found.case.question,
        "is_over": now is None or now.pk != found.pk,
        "satisfied": Satisfied(found.satisfied).label if found.satisfied else "",
        "form": form or more,
        "more": more if more.fields else None,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "callbacks/back.html", context, status=status)
