"""A question from a telephone call, a visit or a letter, written down by the staff."""

import secrets
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from youthvoice.desks import actions, policy
from youthvoice.desks.choices import Came
from youthvoice.desks.forms import OnBehalfForm
from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.questions import viewers
from youthvoice.questions.choices import Kind
from youthvoice.safety.queries import help_lines


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and the receipt's code, shown this once, to be told to the caller.

    The browser doesn't keep the receipt: it isn't the staff's.
    """
    organisation = get_object_or_404(Organisation, slug=slug, is_active=True)
    if not policy.may_ask_on_behalf(request.user, organisation):
        raise PermissionDenied
    if request.method == "GET":
        fresh = {
            "key": secrets.token_hex(16),
            "kind": Kind.HELP,
            "channel": Came.CALL,
            "region": organisation.region_id,
        }
        return _page(request, organisation, OnBehalfForm(initial=fresh))
    form = OnBehalfForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, form)
    by, given = cast(User, request.user), form.cleaned_data
    try:
        limits.take(What.WRITE, who=by.pk, at=clock.now())
    except limits.TooMany as problem:
        problem.refuse(form)
        return problem.mark(_page(request, organisation, form))
    asked = actions.ask_on_behalf(
        organisation=organisation,
        channel=given["channel"],
        by=by,
        at=clock.now(),
        kind=given["kind"],
        field=given["field"],
        region=given["region"],
        title=given["title"],
        text=given["text"],
        key=viewers.sending_of(request, given, organisation.slug, given["channel"]),
    )
    question = asked.question
    question.refresh_from_db()
    context = {
        "organisation": organisation,
        "question": question,
        "receipt": asked.receipt,
        "lines": help_lines(question.region_id) if question.withheld_at else [],
    }
    return render(request, "desks/asked_for.html", context)


def _page(request: HttpRequest, organisation: Organisation, form: OnBehalfForm) -> HttpResponse:
    context = {"organisation": organisation, "form": form}
    status = 422 if form.errors else 200
    return render(request, "desks/ask_for.html", context, status=status)
