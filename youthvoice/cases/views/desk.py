from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from youthvoice.cases import policy, queries
from youthvoice.kit import clock
from youthvoice.orgs.choices import OFFICIAL_KINDS
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import memberships_of


def access_desk(request: HttpRequest, slug: str) -> Organisation:
    """The body whose desk it is. Raises Http404, and PermissionDenied for all but its members."""
    organisation = get_object_or_404(Organisation, slug=slug, is_active=True)
    if not policy.may_see_queue(request.user, organisation.pk):
        raise PermissionDenied
    return organisation


@never_cache
@login_required
@require_GET
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """What an organisation holds, for its members."""
    organisation = access_desk(request, slug)
    given = request.GET
    context = queries.desk_of(
        organisation, show=given.get("show", ""), after=given.get("after", "")
    )
    context["may_ask_for"] = organisation.kind in OFFICIAL_KINDS
    context["desks"] = queries.desks(memberships_of(request.user), at=clock.now())
    return render(request, "cases/queue.html", context)
