"""What an organisation has on its desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min
from django.urls import reverse

from youthvoice.cases.choices import OFF_DESK, WAITING, Show, State, StepKind
from youthvoice.cases.models import Case, Step
from youthvoice.kit.paging import Key, Page, by_time, page
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.orgs.queries import region_and_below

#: The holder has had the last word.
ANSWERED = (State.ANSWERED, State.SOLVED)
#: The lists of an organisation's desk.
QUEUES: dict[Show, Key] = {
    Show.WAITING: by_time("waiting_since", descending=False),
    Show.ANSWERED: by_time("waiting_since"),
    Show.ALL: by_time("waiting_since"),
    Show.BELOW: by_time("waiting_since", descending=False),
}


def shows_of(organisation: Organisation) -> list[Show]:
    """The lists that an organisation's desk has; committees above others see below."""
    shows = [Show.WAITING, Show.ANSWERED, Show.ALL]
    has_below = organisation.kind == OrgKind.LEAGUE and len(_below(organisation)) > 1
    return [*shows, Show.BELOW] if has_below else shows


def _below(organisation: Organisation) -> list[str]:
    return region_and_below(organisation.region_id)


def queue(organisation: Organisation, *, show: str, after: str) -> Page[Case]:
    """One page of what an organisation holds, or of what waits below it; see Show.

    What waits has the oldest first. One query.
    """
    rows = Case.objects.filter(holder=organisation)
    if show == Show.WAITING:
        rows = rows.filter(state__in=WAITING)
    elif show == Show.ANSWERED:
        rows = rows.filter(state__in=ANSWERED)
    elif show == Show.BELOW:
        rows = Case.objects.filter(state__in=WAITING).exclude(holder=organisation)
        rows = rows.filter(holder__region_id__in=_below(organisation))
    else:
        rows = rows.exclude(state__in=OFF_DESK)
    rows = rows.select_related("question__region", "question__author", "holder")
    return page(rows, key=QUEUES[Show(show)], after=after)


def desk_of(organisation: Organisation, *, show: str = "", after: str = "") -> dict[str, Any]:
    """What a page needs to show a desk: its lists as tabs, and one page of the chosen one.

    An unknown `show` is the list of what waits.
    """
    shows = shows_of(organisation)
    chosen = Show(show) if show in shows else Show.WAITING
    found = queue(organisation, show=chosen, after=after)
    url = reverse("cases:queue", args=[organisation.slug])
    return {
        "organisation": organisation,
        "show": chosen,
        "tabs": [
            {"code": s, "label": s.label, "current": s == chosen, "url": f"{url}?show={s}"}
            for s in shows
        ],
        "cases": found.items,
        "next_url": f"{url}?show={chosen}&after={found.next_after}" if found.next_after else "",
        "first_url": f"{url}?show={chosen}" if after else "",
    }


@dataclass(frozen=True)
class Desk:
    organisation: Organisation
    #: The viewer's roles there, in words.
    roles: str
    waiting: int
    oldest_since: datetime | None
    #: Of its own cases, within the last 24 hours, by itself.
    answered_lately: int


def desks(memberships: list[Membership], *, at: datetime) -> list[Desk]:
    """What waits at each organisation somebody works in. Two queries."""
    by_org: dict[int, list[Membership]] = {}
    for membership in memberships:
        by_org.setdefault(membership.organisation_id, []).append(membership)
    waiting = {
        row["holder"]: row
        for row in Case.objects.filter(holder__in=by_org, state__in=WAITING)
        .values("holder")
        .annotate(count=Count("pk"), oldest=Min("waiting_since"))
    }
    answered = dict(
        Step.objects.filter(
            case__holder__in=by_org,
            organisation=F("case__holder"),
            kind=StepKind.ANSWERED,
            at__gte=at - timedelta(hours=24),
        )
        .values("case__holder")
        .annotate(count=Count("pk"))
        .values_list("case__holder", "count")
    )
    return [
        Desk(
            organisation=found[0].organisation,
            roles="、".join(m.get_role_display() for m in found),
            waiting=waiting[pk]["count"] if pk in waiting else 0,
            oldest_since=waiting[pk]["oldest"] if pk in waiting else None,
            answered_lately=answered.get(pk, 0),
        )
        for pk, found in by_org.items()
    ]


def waiting_count(organisation_ids: list[int]) -> int:
    return Case.objects.filter(holder__in=organisation_ids, state__in=WAITING).count()
