"""The judges' side: the queue, one item, and what can be done with it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from youthvoice.kit import clock
from youthvoice.moderation import actions, policy, queries
from youthvoice.moderation.choices import NEVER, RULES, AppealState, HideReason, State
from youthvoice.moderation.forms import DecideForm, HideForm
from youthvoice.moderation.matter import matter_of, text_of
from youthvoice.moderation.models import Item
from youthvoice.people.models import User
from youthvoice.questions import viewers

View = Callable[..., HttpResponse]


def _judges_only(view: View) -> View:
    @never_cache
    @login_required
    @wraps(view)
    def shown(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if not policy.is_judge(request.user):
            raise PermissionDenied
        return view(request, **kwargs)

    return shown


@_judges_only
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    show = request.GET.get("show", "open")
    show = show if show in queries.LISTS else "open"
    after = request.GET.get("after", "")
    found = queries.queue(user, show=show, after=after)
    url = reverse("moderation:queue")
    context = {
        "show": show,
        "tabs": [
            {"label": label, "url": f"{url}?show={code}", "current": code == show}
            for code, label in queries.LISTS.items()
        ],
        "items": found.items,
        "next_url": f"{url}?show={show}&after={found.next_after}" if found.next_after else "",
        "first_url": f"{url}?show={show}" if after else "",
    }
    return render(request, "moderation/queue.html", context)


def _find(request: HttpRequest, pk: int) -> Item:
    found = queries.find(cast(User, request.user), pk)
    if found is None:
        raise Http404
    return found


def _context(request: HttpRequest, found: Item) -> dict[str, object]:
    matter = matter_of(found.words, item=found)
    title, text = text_of(found.words)
    user = request.user
    is_open = found.state == State.OPEN
    appeal = found.appeal if hasattr(found, "appeal") else None
    awaits = appeal is not None and appeal.state == AppealState.OPEN
    return {
        "item": found,
        "question": found.question,
        "title": title,
        "text": text,
        "reports": queries.reports_of(found),
        "is_open": is_open,
        "why_not": policy.why_not_decide(user, matter) if is_open else "",
        "may_pass": is_open and not policy.why_not_pass(user, matter),
        "nobody_may": is_open and policy.nobody_may(matter),
        "may_undo": policy.may_undo(user, found),
        "appeal": appeal,
        "awaits": awaits,
        "why_not_appeal": policy.why_not_appeal(user, found, matter) if awaits else "",
        "rule": RULES[HideReason(found.reason)] if found.reason else "",
        "never": NEVER,
    }


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], form: Form | None = None
) -> HttpResponse:
    viewers.give_words(request, context["question"])
    status = 422 if form is not None and form.errors else 200
    return render(request, template, context | {"form": form}, status=status)


@_judges_only
@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, "moderation/item.html", _context(request, _find(request, pk)))


@_judges_only
@require_http_methods(["GET", "POST"])
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule is read and confirmed before anything is hidden."""
    found = _find(request, pk)
    form = HideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = HideReason(form.cleaned_data["reason"])
        by = cast(User, request.user)
        return _acted(
            request,
            lambda: actions.hide(item=found, reason=reason, by=by, at=clock.now()),
            pk,
        )
    context = _context(request, found)
    if not context["is_open"] or context["why_not"]:
        return redirect("moderation:item", pk=pk)
    return _page(request, "moderation/hide.html", context, form)


def _acted(request: HttpRequest, act: Callable[[], None], pk: int) -> HttpResponse:
    """Do it; what is refused is said on the page that follows."""
    try:
        act()
    except actions.UnableToDecide as problem:
        messages.error(request, str(problem))
    return redirect("moderation:item", pk=pk)


@_judges_only
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _find(request, pk), cast(User, request.user)
    return _acted(request, lambda: actions.dismiss(item=found, by=by, at=clock.now()), pk)


@_judges_only
@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _find(request, pk), cast(User, request.user)
    try:
        actions.pass_on(item=found, by=by, at=clock.now())
    except actions.UnableToDecide as problem:
        messages.error(request, str(problem))
    # It may not be theirs to see any more.
    return redirect("moderation:queue")


@_judges_only
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _find(request, pk), cast(User, request.user)
    return _acted(request, lambda: actions.undo(item=found, by=by, at=clock.now()), pk)


@_judges_only
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    if not hasattr(found, "appeal"):
        raise Http404
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, answer = cast(User, request.user), form.cleaned_data["answer"]
        restore = form.cleaned_data["decision"] == "restore"
        return _acted(
            request,
            lambda: actions.decide_appeal(
                item=found, restore=restore, answer=answer, by=by, at=clock.now()
            ),
            pk,
        )
    context = _context(request, found)
    if not context["awaits"] or context["why_not_appeal"]:
        return redirect("moderation:item", pk=pk)
    return _page(request, "moderation/appeal.html", context, form)
