"""The pages of the two named people. For everybody else they aren't there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.people.models import User
from youthvoice.sealed import actions, policy, queries
from youthvoice.sealed.choices import RUNNING, State
from youthvoice.sealed.forms import AskForm, KeyForm
from youthvoice.sealed.models import Opening

View = Callable[..., HttpResponse]


def _named_only(*methods: str) -> Callable[[View], View]:
    """404 before anything else, the method included: the pages tell nobody that they exist."""

    def decorate(view: View) -> View:
        allowed = require_http_methods(methods)(view)

        @wraps(view)
        def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not isinstance(request.user, User) or not policy.is_named(request.user):
                raise Http404
            return allowed(request, request.user, **kwargs)

        return never_cache(sensitive_post_parameters("passphrase")(wrapped))

    return decorate


@_named_only("GET")
def openings(request: HttpRequest, by: User) -> HttpResponse:
    after = request.GET.get("after", "")
    found, url = queries.page_of_openings(after=after), reverse("sealed:openings")
    context = {
        "openings": found.items,
        "next_url": f"{url}?after={found.next_after}" if found.next_after else "",
        "first_url": url if after else "",
        "key_ids": queries.key_ids(),
        "may_ask": policy.may_ask(by),
    }
    return render(request, "sealed/openings.html", context)


@_named_only("GET", "POST")
def ask(request: HttpRequest, by: User) -> HttpResponse:
    if not policy.may_ask(by):
        raise PermissionDenied
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_opening(by=by, at=clock.now(), **form.cleaned_data)
            return redirect("sealed:opening", pk=made.pk)
        except actions.Unable as problem:
            form.add_error(None, str(problem))
    status = 422 if form.errors else 200
    return render(request, "sealed/ask.html", {"form": form}, status=status)


@_named_only("GET")
def opening(request: HttpRequest, by: User, pk: int) -> HttpResponse:
    return _show(request, by, _find(pk), None)


@_named_only("POST")
def grant(request: HttpRequest, by: User, pk: int) -> HttpResponse:
    return _decide(request, by, pk, actions.grant)


@_named_only("POST")
def refuse(request: HttpRequest, by: User, pk: int) -> HttpResponse:
    return _decide(request, by, pk, actions.refuse)


def _decide(request: HttpRequest, by: User, pk: int, act: Callable[..., None]) -> HttpResponse:
    found = _find(pk)
    try:
        act(opening=found, by=by, at=clock.now())
    except actions.Unable as problem:
        return _show(request, by, _find(pk), None, problem=str(problem))
    return redirect("sealed:opening", pk=pk)


@_named_only("POST")
def peel(request: HttpRequest, by: User, pk: int) -> HttpResponse:
    found = _find(pk)
    form = _tried(request, by)
    if form.is_valid():
        try:
            actions.peel_outer(opening=found, by=by, at=clock.now(), **form.cleaned_data)
            return redirect("sealed:opening", pk=pk)
        except actions.Unable as problem:
            form.add_error(None, str(problem))
    return _show(request, by, found, form)


@_named_only("POST")
def open_record(request: HttpRequest, by: User, pk: int) -> HttpResponse:
    """Shows the identity in the answer itself: there is no address at which it stands."""
    found = _find(pk)
    form = _tried(request, by)
    if form.is_valid():
        try:
            identity = actions.open_inner(opening=found, by=by, at=clock.now(), **form.cleaned_data)
            context = {"opening": found, "identity": identity}
            return render(request, "sealed/identity.html", context)
        except actions.Unable as problem:
            form.add_error(None, str(problem))
    return _show(request, by, found, form)


def _find(pk: int) -> Opening:
    # Whole rows: the next layer is opened out of what is read here.
    rows = Opening.objects.select_related("record", "asked_by", "decided_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _tried(request: HttpRequest, by: User) -> KeyForm:
    """Raises TooMany: each try costs the house 256 MiB for a moment."""
    form = KeyForm(request.POST, request.FILES)
    if form.is_valid():
        limits.take(What.SEALED, who=by.pk, at=clock.now())
    return form


def _show(
    request: HttpRequest, by: User, found: Opening, form: KeyForm | None, *, problem: str = ""
) -> HttpResponse:
    runs = found.state in RUNNING and found.lapses_at > clock.now()
    may_decide = runs and found.state == State.ASKED and policy.may_decide(by, found)
    may_peel = runs and found.state == State.GRANTED and policy.may_peel(by, found)
    may_open = runs and found.state == State.PEELED and policy.may_open(by, found)
    record = found.record
    wanted = "" if record is None else (record.outer_key if may_peel else record.inner_key)
    context = {
        "opening": found,
        "runs": runs,
        "may_decide": may_decide,
        "may_peel": may_peel,
        "may_open": may_open,
        "wanted_key": wanted,
        "form": form or KeyForm(),
        "problem": problem,
    }
    failed = bool(problem or (form is not None and form.errors))
    return render(request, "sealed/opening.html", context, status=422 if failed else 200)
