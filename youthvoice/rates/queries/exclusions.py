"""What the rates leave out as unreasonable requests, and what waits for a second person."""

from youthvoice.cases.models import Case
from youthvoice.kit.paging import Page, by_time, page
from youthvoice.orgs.choices import OrgKind, Role
from youthvoice.orgs.policy import Anyone
from youthvoice.orgs.queries import memberships_of, province_committee, region_and_below
from youthvoice.rates.models import Exclusion

_CONFIRMED = by_time("confirmed_at")
_WAITING = by_time("asked_at", descending=False)
_WITH = ("case__question__region", "case__question__author", "case__holder")


def exclusion_of(case: Case) -> Exclusion | None:
    """The one that holds or waits. One query."""
    rows = Exclusion.objects.select_related(*_WITH)
    return rows.filter(case=case, ended_at=None).first()


def excluded(*, after: str = "") -> Page[Exclusion]:
    """Those that hold, of questions that everybody may know of; the latest first. One query."""
    rows = Exclusion.objects.filter(confirmed_at__isnull=False, ended_at=None)
    rows = rows.filter(case__question__withheld_at=None, case__question__deleted_at=None)
    return page(rows.select_related(*_WITH), key=_CONFIRMED, after=after)


def exclusions_waiting(user: Anyone, *, after: str = "") -> Page[Exclusion]:
    """What waits for a lead of the League's office above; the oldest first."""
    works = [
        m.organisation
        for m in memberships_of(user)
        if m.role == Role.LEAD and m.organisation.kind == OrgKind.LEAGUE
    ]
    regions: set[str] = set()
    top = province_committee()
    for office in works:
        below = region_and_below(office.region_id)
        regions.update(below if top is not None and office.pk == top.pk else below[1:])
    rows = Exclusion.objects.filter(confirmed_at=None, ended_at=None)
    rows = rows.filter(case__holder__region_id__in=regions, case__question__withheld_at=None)
    return page(rows.select_related(*_WITH), key=_WAITING, after=after)
