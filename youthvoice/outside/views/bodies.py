"""A letter's link: a body in which nobody has an account signs, replies, or gives back.

Before the code nothing is told; with it, this browser may go on for some hours. Who sits
before it is known to nobody here: it is the body that acts.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from youthvoice.cases.actions import UnableToMove
from youthvoice.cases.choices import HopState
from youthvoice.kit import clock, text
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.outside import actions, queries
from youthvoice.outside.codes import token_digest
from youthvoice.outside.forms import CodeForm, ReplyForm, ReturnForm
from youthvoice.outside.models import OutsideCode
from youthvoice.questions.actions import UnableToAnswer

#: In the session: {the link's digest: until when, in seconds since 1970}.
_SESSION = "out"
_LASTS = timedelta(hours=12)
_LINKS_MOST = 20

View = Callable[..., HttpResponse]


def _by_letter(*methods: str) -> Callable[[View], View]:
    """No cache keeps it, no search engine lists it."""

    def decorate(view: View) -> View:
        allowed = require_http_methods(methods)(view)

        @wraps(view)
        def wrapped(request: HttpRequest, token: str) -> HttpResponse:
            response: HttpResponse = allowed(request, token)
            response["X-Robots-Tag"] = "noindex"
            return response

        guarded: View = never_cache(
            sensitive_post_parameters("code")(sensitive_variables("token")(wrapped))
        )
        return guarded

    return decorate


@_by_letter("GET", "POST")
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for the code; once this browser has given it, shows what was asked of the body."""
    now = clock.now()
    found = _opened(request, token, now)
    if found is not None:
        if request.method == "POST":
            return redirect("outside:asked", token)
        return _page(request, token, found)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        # Before the link is looked at: one that is none costs the same.
        try:
            counted = networks.take(networks.visit_of(request), What.OUTSIDE, at=now)
        except limits.TooMany as problem:
            problem.refuse(form)
            return problem.mark(render(request, "outside/code.html", {"form": form}))
        if form.is_valid():
            tried = actions.use_code(token=token, code=form.cleaned_data["code"], at=now)
            if tried == actions.Tried.RIGHT:
                # Each opens once, so only wrong ones are guesses.
                networks.give_back(counted, at=now)
                _remember(request, token, now)
                return redirect("outside:asked", token)
            form.add_error("code", _("这个校验码不对，请对照信再看一遍。"))
    if not queries.links_in_force(token, at=now).exists():
        return render(request, "outside/gone.html", status=404)
    status = 422 if form.errors else 200
    return render(request, "outside/code.html", {"form": form}, status=status)


@_by_letter("POST")
def sign(request: HttpRequest, token: str) -> HttpResponse:
    def act(found: OutsideCode, form: forms.Form, at: datetime) -> str:
        actions.sign_outside(hop=found.hop, at=at)
        return _("签收好了。")

    return _acted(request, token, forms.Form(request.POST), "sign_form", act)


@_by_letter("POST")
def reply(request: HttpRequest, token: str) -> HttpResponse:
    def act(found: OutsideCode, form: forms.Form, at: datetime) -> str:
        actions.reply_outside(hop=found.hop, text=form.cleaned_data["text"], at=at)
        return _("回复公开了。")

    return _acted(request, token, ReplyForm(request.POST), "reply_form", act)


@_by_letter("POST")
def give_back(request: HttpRequest, token: str) -> HttpResponse:
    def act(found: OutsideCode, form: forms.Form, at: datetime) -> str:
        actions.return_outside(hop=found.hop, reason=form.cleaned_data["reason"], at=at)
        return _("退回好了，转来的团组织会接着办。")

    return _acted(request, token, ReturnForm(request.POST), "return_form", act)


def _acted(
    request: HttpRequest,
    token: str,
    form: forms.Form,
    name: str,
    act: Callable[[OutsideCode, forms.Form, datetime], str],
) -> HttpResponse:
    now = clock.now()
    found = _opened(request, token, now)
    if found is None:
        return redirect("outside:asked", token)
    if form.is_valid():
        try:
            messages.success(request, act(found, form, now))
            return redirect("outside:asked", token)
        except (UnableToMove, UnableToAnswer) as problem:
            form.add_error(None, str(problem))
            found.hop.refresh_from_db(fields=["state"])
    return _page(request, token, found, status=422, **{name: form})


def _page(
    request: HttpRequest, token: str, found: OutsideCode, *, status: int = 200, **given: Any
) -> HttpResponse:
    hop = found.hop
    question = hop.lane.case.question
    # Not the sign of emphasis, which a text's markup would take.
    shown = queries.shows_numbers(question)
    handed_on = queries.handed_on(question, shows_numbers=shown)
    context = {
        "token": token,
        "hop": hop,
        "question": question,
        "asked": handed_on,
        "shows_numbers": shown and queries.holds_numbers(question),
        "asked_html": text.render(handed_on.text),
        "is_public": question.deleted_at is None and question.withheld_at is None,
        "may_sign": hop.state == HopState.OPEN,
        "reply_form": ReplyForm(),
        "return_form": ReturnForm(),
        # The errors' summary at the top is of whichever was sent.
        "form": next(iter(given.values()), None),
        **given,
    }
    return render(request, "outside/asked.html", context, status=status)


def _opened(request: HttpRequest, token: str, now: datetime) -> OutsideCode | None:
    """What this browser has opened and may still use."""
    until = _kept(request).get(token_digest(token).hex(), 0)
    return queries.opened(token) if until > now.timestamp() else None


def _kept(request: HttpRequest) -> dict[str, int]:
    kept: dict[str, int] = request.session.get(_SESSION, {})
    return kept


def _remember(request: HttpRequest, token: str, now: datetime) -> None:
    if not request.user.is_authenticated:
        # Whoever knew the session before the code was given must not have it after.
        request.session.cycle_key()
    kept = dict(list(_kept(request).items())[-_LINKS_MOST + 1 :])
    kept[token_digest(token).hex()] = int((now + _LASTS).timestamp())
    request.session[_SESSION] = kept
