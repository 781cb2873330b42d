from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from youthvoice.crisis import actions, policy, queries
from youthvoice.crisis.forms import CloseForm, LogForm, PublishForm
from youthvoice.crisis.models import Record
from youthvoice.kit import clock
from youthvoice.people.models import User
from youthvoice.questions import viewers
from youthvoice.questions.models import Question


@never_cache
@login_required
@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """What is open, the oldest first; no words of anybody here."""
    if not policy.helps(request.user):
        raise PermissionDenied
    ended = request.GET.get("show") == "ended"
    after = request.GET.get("after", "")
    page = queries.listed(request.user, ended=ended, after=after)
    base = f"{reverse('crisis:records')}?show={'ended' if ended else 'open'}"
    context = {
        "records": page.items,
        "ended": ended,
        "next_url": f"{base}&after={page.next_after}" if page.next_after else "",
        "first_url": base if after else "",
    }
    return render(request, "crisis/records.html", context)


@never_cache
@login_required
@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _find(request, pk))


@login_required
@require_POST
def log(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _find(request, pk), LogForm(request.POST)

    def act() -> None:
        given = form.cleaned_data
        actions.add_line(record=found, by=_person(request), at=clock.now(), **given)

    return _do(request, found, form, "log_form", act)


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _find(request, pk), CloseForm(request.POST)

    def act() -> None:
        outcome = form.cleaned_data["outcome"]
        actions.close_record(record=found, outcome=outcome, by=_person(request), at=clock.now())

    return _do(request, found, form, "close_form", act)


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _find(request, pk), PublishForm(request.POST)

    def act() -> None:
        actions.publish_question(record=found, by=_person(request), at=clock.now())

    return _do(request, found, form, "publish_form", act)


@login_required
@require_POST
def false_alarm(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap."""
    found = _find(request, pk)
    try:
        actions.call_false_alarm(record=found, by=_person(request), at=clock.now())
    except actions.UnableToEnd as problem:
        messages.error(request, str(problem))
        return redirect(found)
    messages.success(request, _("已按误报放回，原来的提问照常公开。"))
    return redirect("crisis:records")


@require_POST
def mistake(request: HttpRequest, pk: int) -> HttpResponse:
    """The asker: it is a misunderstanding."""
    viewer = viewers.viewer_of(request)
    question = Question.objects.visible_to(viewer.user, viewer.opened).filter(pk=pk).first()
    found = queries.of_question(question) if question is not None else None
    if question is None or found is None or not viewer.is_asker(question):
        raise Http404
    try:
        actions.object_to(record=found, by=viewer, at=clock.now())
        messages.success(request, _("已经告诉带班的人这是误会。"))
    except actions.UnableToObject as problem:
        messages.error(request, str(problem))
    return redirect(question)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _find(request: HttpRequest, pk: int) -> Record:
    found = queries.found(request.user, pk)
    if found is None:
        raise Http404
    return found


def _do(
    request: HttpRequest, found: Record, form: forms.Form, name: str, act: Callable[[], None]
) -> HttpResponse:
    if form.is_valid():
        try:
            act()
            return redirect(found)
        except (actions.UnableToHelp, actions.UnableToEnd) as problem:
            form.add_error(None, str(problem))
    return _show(request, found, status=422, **{name: form})


def _show(
    request: HttpRequest, found: Record, status: int = 200, **given: forms.Form
) -> HttpResponse:
    actions.note_reading(record=found, by=_person(request), at=clock.now())
    context = {
        "record": found,
        "log": queries.log_of(found),
        "noticed": queries.noticed(found),
        # Those above the holder have the words here, and no way to the private page.
        "knows_question": Question.objects.visible_to(request.user)
        .filter(pk=found.question_id or 0)
        .exists(),
        "log_form": LogForm(),
        "close_form": CloseForm(),
        "publish_form": PublishForm(),
        **given,
    }
    return render(request, "crisis/record.html", context, status=status)
