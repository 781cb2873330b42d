"""Pages of telephones: a number, its code, and then in; the same for numbers known and unknown."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.people.models import User
from youthvoice.people.phones import actions, policy, queries, sms
from youthvoice.people.phones.forms import CodeForm, JoinForm, NumberForm

#: In the session: {"key": of the code, "keep": for a person's own page, "next": where to}.
_SESSION = "phone"
_GET_AND_POST = require_http_methods(["GET", "POST"])


def _while_on(view: Callable[..., Any]) -> Callable[..., Any]:
    """No such page in a house that has no gateway."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not sms.is_on():
            raise Http404
        return cast(HttpResponse, view(request, *args, **kwargs))

    return checked


@_while_on
@_GET_AND_POST
def start(request: HttpRequest) -> HttpResponse:
    """Whose number it may be is not looked at here."""
    if request.user.is_authenticated:
        return redirect("people:phone")
    form = NumberForm(request.POST or None)
    return _ask_for_number(request, form, "people/phones/start.html", keep=False)


def _asked_again(view: Callable[..., Any]) -> Callable[..., Any]:
    """Whoever finds an open browser must not make their telephone the way in.

    allauth's own decorator would keep what was posted in the session, and that is a number.
    """

    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        if is_reauthentication_required(request, app="people"):
            return redirect(
                f"{reverse('account_reauthenticate')}?next={quote(reverse('people:phone'))}"
            )
        return cast(HttpResponse, view(request))

    return checked


@_while_on
@login_required
@_asked_again
@_GET_AND_POST
def mine(request: HttpRequest) -> HttpResponse:
    """One's own number: which, and another in its place."""
    person = cast(User, request.user)
    context = {
        "phone": queries.phone_of(person),
        "may_remove": policy.may_remove_phone(person),
    }
    form = NumberForm(request.POST or None)
    return _ask_for_number(request, form, "people/phones/mine.html", keep=True, **context)


@_while_on
@login_required
@_asked_again
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    try:
        actions.remove(person=cast(User, request.user), at=clock.now())
        messages.success(request, _("手机号删掉了。"))
    except actions.UnableToKeep as problem:
        messages.error(request, str(problem))
    return redirect("people:phone")


@_while_on
@_GET_AND_POST
def code(request: HttpRequest) -> HttpResponse:
    """The code that came; from here on it is known whose number it is."""
    told, now = request.session.get(_SESSION, {}), clock.now()
    if bool(told.get("keep")) != request.user.is_authenticated:
        return _anew(request)
    sent = queries.waiting_code(told.get("key", ""), at=now)
    if sent is None:
        return _anew(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.prove(key=sent.key, typed=form.cleaned_data["code"], at=now)
            return _proved(request, told)
        except actions.WrongCode as problem:
            form.add_error("code", str(problem))
        except actions.CodeIsOver as problem:
            messages.error(request, str(problem))
            return _anew(request)
    minutes = int(actions.VALID.total_seconds()) // 60
    return _show(request, "people/phones/code.html", form, ending=sent.ending, minutes=minutes)


def _proved(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    key, now = told["key"], clock.now()
    if told.get("keep"):
        try:
            actions.keep(key=key, person=cast(User, request.user), at=now)
            messages.success(request, _("手机号记下了，下次可以用它登录。"))
        except (actions.UnableToKeep, actions.CodeIsOver) as problem:
            messages.error(request, str(problem))
        del request.session[_SESSION]
        return redirect("people:phone")
    return _enter(request, told) or redirect("people:phone_join")


def _enter(request: HttpRequest, told: dict[str, Any]) -> HttpResponse | None:
    """Sign in by allauth's stages: a second factor, where there is one, is asked for next."""
    person = actions.enter(key=told["key"], at=clock.now())
    if person is None:
        return None
    del request.session[_SESSION]
    record_authentication(request, person, method="code")
    login = Login(user=person, redirect_url=told.get("next"))
    return cast(HttpResponse, perform_login(request, login))


@_while_on
@_GET_AND_POST
def join(request: HttpRequest) -> HttpResponse:
    """The rest of a sign-up, for a number that nobody has yet."""
    told, now = request.session.get(_SESSION, {}), clock.now()
    if request.user.is_authenticated or told.get("keep"):
        return _anew(request)
    if not queries.is_proved(told.get("key", ""), at=now):
        return _anew(request)
    # Another window of the same telephone may have been faster.
    if entered := _enter(request, told):
        return entered
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            networks.take(networks.visit_of(request), What.SIGN_UP, at=now)
            person = actions.join(
                key=told["key"], fill=lambda made: form.signup(request, made), at=now
            )
            del request.session[_SESSION]
            record_authentication(request, person, method="code")
            done = complete_signup(request, user=person, redirect_url=told.get("next"))
            return cast(HttpResponse, done)
        except actions.CodeIsOver as problem:
            messages.error(request, str(problem))
            return _anew(request)
        except limits.TooMany as problem:
            problem.refuse(form)
            return problem.mark(_show(request, "people/phones/join.html", form))
    return _show(request, "people/phones/join.html", form)


def _ask_for_number(
    request: HttpRequest, form: NumberForm, template: str, *, keep: bool, **context: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        number, visit = form.cleaned_data["number"], networks.visit_of(request)
        try:
            sent = actions.send_code(number=number, visit=visit, at=clock.now())
            where = get_next_redirect_url(request)
            request.session[_SESSION] = {"key": sent.key, "keep": keep, "next": where}
            return redirect("people:phone_code")
        except actions.UnableToSendCode as problem:
            form.add_error(None, str(problem))
        except limits.TooMany as problem:
            problem.refuse(form)
            return problem.mark(_show(request, template, form, **context))
    return _show(request, template, form, **context)


def _show(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    where = get_next_redirect_url(request)
    return render(request, template, {"form": form, "next": where, **context}, status=status)


def _anew(request: HttpRequest) -> HttpResponse:
    request.session.pop(_SESSION, None)
    return redirect("people:phone" if request.user.is_authenticated else "people:phone_start")
