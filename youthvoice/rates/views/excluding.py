"""Leaving a question out of the rates: for leads of its holder, and of the office above."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from youthvoice.cases.models import Case
from youthvoice.kit import clock
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.choices import Role
from youthvoice.people.models import User
from youthvoice.rates import actions, policy, queries
from youthvoice.rates.forms import ExclusionForm


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def exclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose it, confirm it, or end it: whichever is this person's to do."""
    cases = Case.objects.select_related("question__region", "question__author", "holder")
    case = cases.of_question(pk).first()
    if case is None or not policy.is_countable(case):
        raise Http404
    if not policy.may_see_exclusion(request.user, case):
        raise PermissionDenied
    by, found = cast(User, request.user), queries.exclusion_of(case)
    form = ExclusionForm(request.POST if request.method == "POST" and found is None else None)
    if request.method == "POST":
        act = request.POST.get("act", "")
        if found is None and form.is_valid():
            reason = form.cleaned_data["reason"]
            return _acted(
                request,
                lambda: actions.propose_exclusion(case=case, reason=reason, by=by, at=clock.now()),
            )
        if found is not None and act == "confirm":
            return _acted(
                request,
                lambda: actions.confirm_exclusion(exclusion=found, by=by, at=clock.now()),
            )
        if found is not None and act == "end":
            return _acted(
                request, lambda: actions.end_exclusion(exclusion=found, by=by, at=clock.now())
            )
        if found is not None:
            # Somebody proposed it meanwhile: the page shows it.
            return redirect(request.path)
    context = {
        "case": case,
        "question": case.question,
        "exclusion": found,
        "form": form,
        "may_propose": found is None and policy.may_propose_exclusion(by, case),
        "may_confirm": found is not None
        and found.confirmed_at is None
        and policy.may_confirm_exclusion(by, found),
        "may_end": found is not None and policy.may_end_exclusion(by, found),
    }
    return render(request, "rates/exclude.html", context, status=422 if form.errors else 200)


def _acted(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    """Do it; what is refused is said on the page that follows."""
    try:
        act()
    except actions.UnableToExclude as problem:
        messages.error(request, str(problem))
    return redirect(request.path)


@never_cache
@login_required
@require_GET
def excluding(request: HttpRequest) -> HttpResponse:
    """What waits for a second person who may be this one."""
    if not orgs_policy.has_role(request.user, Role.LEAD):
        raise PermissionDenied
    after = request.GET.get("after", "")
    found = queries.exclusions_waiting(request.user, after=after)
    url = reverse("rates:excluding")
    context = {
        "exclusions": found.items,
        "next_url": f"{url}?after={found.next_after}" if found.next_after else "",
        "first_url": url if after else "",
    }
    return render(request, "rates/excluding.html", context)
