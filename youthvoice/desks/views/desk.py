from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from youthvoice.cases.queries import access_desk
from youthvoice.desks import queries
from youthvoice.desks.choices import Show
from youthvoice.kit import clock
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.queries import memberships_of
from youthvoice.people.models import User


@never_cache
@login_required
@require_GET
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """What an organisation holds, for its members."""
    organisation = access_desk(request.user, slug)
    given = request.GET
    context = queries.desk_of(
        organisation, show=given.get("show", ""), after=given.get("after", "")
    )
    below = context["show"] == Show.BELOW
    queries.mark_late(context["lanes"], cast(User, request.user), at=clock.now(), below=below)
    memberships = memberships_of(request.user)
    context["may_invite"] = orgs_policy.may_invite(memberships, organisation.pk)
    context["desks"] = queries.desks(memberships, at=clock.now())
    return render(request, "desks/queue.html", context)
