"""A body's canned replies: its people read them, its leads look after them."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from youthvoice.cases.queries import access_desk
from youthvoice.desks import actions, policy
from youthvoice.desks.choices import CANNED_FIELDS
from youthvoice.desks.forms import CannedForm
from youthvoice.desks.models import Canned
from youthvoice.desks.queries.canned import replies_of
from youthvoice.kit import clock
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User

_GET_AND_POST = require_http_methods(["GET", "POST"])


@never_cache
@login_required
@_GET_AND_POST
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them, and a form for a new one."""
    return _form(request, access_desk(request.user, slug), None)


@never_cache
@login_required
@_GET_AND_POST
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Other words for one."""
    organisation = access_desk(request.user, slug)
    return _form(request, organisation, get_object_or_404(replies_of(organisation), pk=pk))


@never_cache
@login_required
@require_POST
def drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = access_desk(request.user, slug)
    if not policy.leads(request.user, organisation.pk):
        raise PermissionDenied
    reply = get_object_or_404(replies_of(organisation).select_related("organisation"), pk=pk)
    actions.drop_reply(reply=reply, by=cast(User, request.user), at=clock.now())
    return redirect("desks:canned", organisation.slug)


def _form(request: HttpRequest, organisation: Organisation, reply: Canned | None) -> HttpResponse:
    may_edit = policy.leads(request.user, organisation.pk)
    if not may_edit and (reply is not None or request.method == "POST"):
        raise PermissionDenied
    initial = {"title": reply.title, "text": reply.text} if reply else {}
    form = CannedForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            actions.keep_reply(
                organisation=organisation,
                reply=reply,
                by=cast(User, request.user),
                at=clock.now(),
                **form.cleaned_data,
            )
            return redirect("desks:canned", organisation.slug)
        except actions.UnableToKeep as problem:
            form.add_error(None, str(problem))
    context = {
        "organisation": organisation,
        "reply": reply,
        "replies": [] if reply else replies_of(organisation),
        "form": form,
        "may_edit": may_edit,
        "fields": [(f"{{{name}}}", label) for name, label in CANNED_FIELDS.items()],
    }
    return render(request, "desks/canned.html", context, status=422 if form.errors else 200)
