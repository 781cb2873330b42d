"""Reading cases: who holds what, and what waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q

from youthvoice.cases.choices import State
from youthvoice.cases.models import Case, Route, Step
from youthvoice.kit.paging import Key, Page, by_time, page
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.orgs.queries import all_regions

#: The public trail shows its latest so many lines.
STEPS_SHOWN = 50

#: The lists of an organisation's desk.
QUEUES: dict[str, Key] = {
    "waiting": by_time("waiting_since", descending=False),
    "answered": by_time("waiting_since"),
    "all": by_time("waiting_since"),
}


class NoRoute(Exception):
    """No row of the table, not even the one for everything, names a holder."""


def holder_for(*, region_code: str | None, field: str, kind: str) -> Organisation:
    """The organisation that the table names for a question; see Route for the order.

    Raises NoRoute when the table lacks its last row (any region, any field, any kind).
    """
    chain = [*_chain(region_code), None]
    rows = Route.objects.filter(
        Q(region_id__in=[c for c in chain if c]) | Q(region=None),
        field__in=["", field],
        kind__in=["", kind],
        holder__is_active=True,
    ).select_related("holder")
    best = min(
        rows,
        key=lambda row: (chain.index(row.region_id), row.field == "", row.kind == ""),
        default=None,
    )
    if best is None:
        raise NoRoute("The table of routes has no row for everything; run load-instance.")
    return best.holder


def _chain(code: str | None) -> list[str]:
    """A region and those above it, the nearest first."""
    regions = all_regions()
    found = []
    while code and code in regions and code not in found:
        found.append(code)
        code = regions[code].parent_id
    return found


def trail_of(case: Case) -> list[Step]:
    latest = case.steps.select_related("organisation").order_by("-at", "-pk")[:STEPS_SHOWN]
    return list(latest)[::-1]


def queue(organisation: Organisation, *, show: str, after: str) -> Page[Case]:
    """One page of what an organisation holds; 待回答 has the oldest first."""
    rows = Case.objects.filter(holder=organisation)
    if show == "waiting":
        rows = rows.filter(state=State.WAITING)
    elif show == "answered":
        rows = rows.filter(state__in=[State.ANSWERED, State.SOLVED])
    else:
        rows = rows.exclude(state=State.CLOSED)
    rows = rows.select_related("question__region", "question__author", "holder")
    return page(rows, key=QUEUES[show], after=after)


@dataclass(frozen=True)
class Desk:
    organisation: Organisation
    #: The viewer's roles there, in words.
    roles: str
    waiting: int
    oldest_since: datetime | None
    answered_today: int


def desks(memberships: list[Membership], *, at: datetime) -> list[Desk]:
    """What waits at each organisation somebody works in. Two queries."""
    by_org: dict[int, list[Membership]] = {}
    for membership in memberships:
        by_org.setdefault(membership.organisation_id, []).append(membership)
    waiting = {
        row["holder"]: row
        for row in Case.objects.filter(holder__in=by_org, state=State.WAITING)
        .values("holder")
        .annotate(count=Count("pk"), oldest=Min("waiting_since"))
    }
    answered = dict(
        Step.objects.filter(
            case__holder__in=by_org, kind="answered", at__gte=at - timedelta(hours=24)
        )
        .values("case__holder")
        .annotate(count=Count("pk"), latest=Max("at"))
        .values_list("case__holder", "count")
    )
    return [
        Desk(
            organisation=found[0].organisation,
            roles="、".join(m.get_role_display() for m in found),
            waiting=waiting[pk]["count"] if pk in waiting else 0,
            oldest_since=waiting[pk]["oldest"] if pk in waiting else None,
            answered_today=answered.get(pk, 0),
        )
        for pk, found in by_org.items()
    ]


def waiting_count(organisation_ids: list[int]) -> int:
    return Case.objects.filter(holder__in=organisation_ids, state=State.WAITING).count()
