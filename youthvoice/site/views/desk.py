"""The staff's front page: what stands on it is of several apps."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from youthvoice.cases import queries as cases_queries
from youthvoice.crisis import queries as crisis_queries
from youthvoice.desks import queries as desks_queries
from youthvoice.kit import clock
from youthvoice.moderation import policy as moderation_policy
from youthvoice.moderation import queries as moderation_queries
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs import queries as orgs_queries
from youthvoice.people.models import User
from youthvoice.workdays.queries import missing_years


@never_cache
@login_required
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The staff's front page: what waits at each organisation, and what is one's own."""
    memberships = orgs_queries.memberships_of(request.user)
    if not memberships:
        raise PermissionDenied
    now = clock.now()
    desks = desks_queries.desks(memberships, at=now)
    first = max(desks, key=lambda d: d.waiting).organisation
    show, after = request.GET.get("show", ""), request.GET.get("after", "")
    own = desks_queries.own_list(cast(User, request.user), show=show, after=after)
    shown = own or desks_queries.desk_of(first)
    rows = shown.get("lanes", [])
    desks_queries.mark_late(rows, cast(User, request.user), at=now)
    late = cases_queries.notices_for(cast(User, request.user), at=now, but=rows)
    desks_queries.mark_notices(late, cast(User, request.user))
    is_operator = orgs_policy.has_operator(memberships)
    is_judge = moderation_policy.is_judge(request.user)
    context = {
        **shown,
        "may_invite": orgs_policy.may_invite(memberships, first.pk),
        "own_tabs": desks_queries.own_tabs(show),
        "desks": desks,
        "is_judge": is_judge,
        "reported": moderation_queries.waiting_count(cast(User, request.user)) if is_judge else 0,
        "crisis_count": crisis_queries.open_count(request.user, memberships),
        "crisis_on_duty": crisis_queries.on_duty(memberships),
        "notices": late[: cases_queries.NOTICES_SHOWN],
        "more_notices": len(late) > cases_queries.NOTICES_SHOWN,
        "missing_years": missing_years(at=now) if is_operator else [],
        "empty_places": cases_queries.empty_places(at=now) if is_operator else [],
    }
    return render(request, "site/desk.html", context)
