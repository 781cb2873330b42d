"""What an organisation has on its desk: the lanes that it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.urls import reverse

from youthvoice.cases.choices import LANE_OPEN, OFF_DESK, LaneKind, LaneState, State
from youthvoice.cases.models import Lane
from youthvoice.counts import queries as counts
from youthvoice.desks.choices import Show
from youthvoice.kit.paging import PAGE_SIZE, Key, Page, by_time, page
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.orgs.queries import organisations_of, region_and_below
from youthvoice.people.models import User
from youthvoice.questions.models import Answer

_FIRST, _LAST = by_time("due_at", descending=False), by_time("due_at")
#: The lists of an organisation's desk: what is owed has the latest or next due first.
QUEUES: dict[Show, Key] = {
    Show.WAITING: _FIRST,
    Show.PAUSED: _FIRST,
    Show.ANSWERED: _LAST,
    Show.ALL: _LAST,
    Show.BELOW: _FIRST,
}
#: The body has had the last word. Its own lane ends with a question that is solved.
_ANSWERED = (LaneState.ANSWERED, LaneState.ENDED)


def shows_of(organisation: Organisation) -> list[Show]:
    """The lists that an organisation's desk has; committees above others see below."""
    shows = [Show.WAITING, Show.PAUSED, Show.ANSWERED, Show.ALL]
    has_below = organisation.kind == OrgKind.LEAGUE and len(_below(organisation)) > 1
    return [*shows, Show.BELOW] if has_below else shows


def _below(organisation: Organisation) -> list[str]:
    return region_and_below(organisation.region_id)


def queue(organisation: Organisation, *, show: str, after: str) -> Page[Lane]:
    """One page of what an organisation holds, or of what waits below it; see Show.

    At most two queries: one for each state that the list has, both ends of an index.
    """
    held = Lane.objects.filter(holder=organisation)
    if show == Show.WAITING:
        return _merged(held, LANE_OPEN, key=_FIRST, after=after)
    if show == Show.PAUSED:
        return _merged(held, [LaneState.PAUSED], key=_FIRST, after=after)
    if show == Show.ANSWERED:
        solved = Q(state=LaneState.ANSWERED) | Q(is_own=True, case__state=State.SOLVED)
        return _merged(held.filter(solved), _ANSWERED, key=_LAST, after=after)
    if show == Show.BELOW:
        below = Lane.objects.own().filter(holder__region_id__in=_below(organisation))
        return _merged(below.exclude(holder=organisation), LANE_OPEN, key=_FIRST, after=after)
    return page(_shown(held), key=_LAST, after=after)


def of_person(person: User, *, after: str) -> Page[Lane]:
    """What somebody has in hand, over all bodies that they work for. Two queries."""
    rows = Lane.objects.filter(person=person, holder__in=organisations_of(person))
    return _merged(rows, [LaneState.MOVING, LaneState.PAUSED], key=_FIRST, after=after)


def _shown(lanes: QuerySet[Lane]) -> QuerySet[Lane]:
    """With what a row shows; nothing that is out of public view, merged or over.

    What peers have answered is no work of the body that looks after it.
    """
    lanes = lanes.exclude(kind=LaneKind.PEER).exclude(case__state__in=OFF_DESK)
    return lanes.select_related(
        "case__question__region", "case__question__author", "holder", "person"
    )


def _merged(
    lanes: QuerySet[Lane], states: Iterable[LaneState], *, key: Key, after: str
) -> Page[Lane]:
    """One page over several states, each read in the order of the index (holder, state, due_at).

    Asked for all states at once, the database would sort all that a desk holds for each page.
    """
    pages = [page(_shown(lanes.filter(state=s)), key=key, after=after) for s in states]
    rows = sorted(
        (lane for found in pages for lane in found.items),
        key=lambda lane: (lane.due_at, lane.pk),
        reverse=key.descending,
    )
    if len(rows) <= PAGE_SIZE and not any(found.next_after for found in pages):
        return Page(rows, "")
    last = rows[PAGE_SIZE - 1]
    return Page(rows[:PAGE_SIZE], f"{key.write(last.due_at)}~{last.pk}")


def desk_of(organisation: Organisation, *, show: str = "", after: str = "") -> dict[str, Any]:
    """What a page needs to show a desk: its lists as tabs, and one page of the chosen one.

    An unknown `show` is the list of what waits.
    """
    shows = shows_of(organisation)
    chosen = Show(show) if show in shows else Show.WAITING
    found = queue(organisation, show=chosen, after=after)
    url = reverse("desks:queue", args=[organisation.slug])
    return {
        "organisation": organisation,
        "heading": organisation.name,
        "may_ask_for": organisation.is_official,
        "show": chosen,
        "tabs": [
            {"code": s, "label": s.label, "current": s == chosen, "url": f"{url}?show={s}"}
            for s in shows
        ],
        "lanes": found.items,
        "next_url": f"{url}?show={chosen}&after={found.next_after}" if found.next_after else "",
        "first_url": f"{url}?show={chosen}" if after else "",
    }


@dataclass(frozen=True)
class Desk:
    organisation: Organisation
    #: The viewer's roles there, in words.
    roles: str
    waiting: int
    #: Since when that asker waits who has waited longest.
    oldest_since: datetime | None
    #: Of what waits.
    late: int
    #: Its own answers within the last 24 hours that stand, to what it was asked.
    answered_lately: int


def desks(memberships: list[Membership], *, at: datetime) -> list[Desk]:
    """What waits at each organisation somebody works in. Two queries, and one for each."""
    by_org: dict[int, list[Membership]] = {}
    for membership in memberships:
        by_org.setdefault(membership.organisation_id, []).append(membership)
    waiting = _waits_at(by_org, at)
    answered = dict(
        Answer.objects.filter(organisation__in=by_org, created_at__gte=at - timedelta(hours=24))
        .filter(question__case__lanes__holder=F("organisation"))
        .filter(deleted_at=None, question__deleted_at=None)
        .order_by()
        .values("organisation")
        .annotate(count=Count("pk", distinct=True))
        .values_list("organisation", "count")
    )
    return [
        Desk(
            organisation=found[0].organisation,
            roles="、".join(m.get_role_display() for m in found),
            waiting=waiting[pk].count,
            oldest_since=waiting[pk].oldest,
            late=waiting[pk].late,
            answered_lately=answered.get(pk, 0),
        )
        for pk, found in by_org.items()
    ]


@dataclass
class _Waits:
    count: int = 0
    oldest: datetime | None = None
    late: int = 0


def _waits_at(bodies: Iterable[int], at: datetime) -> dict[int, _Waits]:
    found = {pk: _Waits() for pk in bodies}
    kept = counts.sums("desk", (f"{pk}:{what}" for pk in found for what in ("waiting", "late")))
    if kept is None:
        rows = waiting_lanes().filter(holder__in=found).order_by().values("holder")
        for row in rows.annotate(
            count=Count("pk"),
            oldest=Min("case__waiting_since"),
            late=Count("pk", filter=Q(due_at__lt=at)),
        ):
            found[row["holder"]] = _Waits(row["count"], row["oldest"], row["late"])
        return found
    for pk, waits in found.items():
        waits.count, waits.late = kept[f"{pk}:waiting"], kept[f"{pk}:late"]
        if waits.count and (first := counts.first_of(f"since:{pk}")):
            waits.oldest = datetime.fromtimestamp(60 * int(first), tz=UTC)
    return found


def waiting_lanes() -> QuerySet[Lane]:
    """What is owed. The clock of what is out of public view stands."""
    return Lane.objects.filter(state__in=LANE_OPEN, stopped_at=None)


def waiting_count(organisation_ids: list[int]) -> int:
    kept = counts.sums("desk", (f"{pk}:waiting" for pk in organisation_ids))
    if kept is None:
        return waiting_lanes().filter(holder__in=organisation_ids).count()
    return sum(kept.values())
