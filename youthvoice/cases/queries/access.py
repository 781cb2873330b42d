"""Whose desk somebody comes to, and which cases they may read."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from youthvoice.cases import policy
from youthvoice.cases.choices import LaneKind
from youthvoice.cases.models import Case, Hop, Lane
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.policy import Anyone
from youthvoice.orgs.queries import committees_of, organisations_of, region_and_below


def access_desk(user: Anyone, slug: str) -> Organisation:
    """The body whose desk it is. Raises Http404, and PermissionDenied for all but its members."""
    organisation = get_object_or_404(Organisation, slug=slug, is_active=True)
    if not policy.may_see_queue(user, organisation.pk):
        raise PermissionDenied
    return organisation


def cases_of(user: Anyone) -> QuerySet[Case]:
    """The cases whose staff's page is somebody's to read, as far as bodies decide it.

    Members of a body that has a lane in it. Members of one that passed it on still see what
    becomes of it, and those of a committee above read what is held below it.
    """
    mine = [body.pk for body in organisations_of(user)]
    if not mine:
        return Case.objects.none()
    lanes = Lane.objects.filter(case=OuterRef("pk"), holder__in=mine).exclude(kind=LaneKind.PEER)
    # Behind a function, so that SQLite reads the case's hops and not all of these bodies.
    ends = {"by": Coalesce("sender", 0), "to": Coalesce("receiver", 0)}
    hops = Hop.objects.filter(lane__case=OuterRef("pk")).alias(**ends)
    hops = hops.filter(Q(by__in=mine) | Q(to__in=mine))
    below = Q(pk=None)
    for place in {m.organisation.region_id for m in committees_of(user)}:
        # Lines of its own region are below a committee, too.
        line = Q(holder__region=place) & ~Q(holder__kind=OrgKind.LEAGUE)
        below |= line | Q(holder__region__in=region_and_below(place)[1:])
    return Case.objects.filter(Exists(lanes) | Exists(hops) | below)


def works_on(user: Anyone, case: Case | None) -> bool:
    """Asks nothing for those who work nowhere."""
    if case is None or not organisations_of(user):
        return False
    return cases_of(user).filter(pk=case.pk).exists()
