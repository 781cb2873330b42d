"""Whose a question is, by the table of routes."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from youthvoice.cases.models import Case, Route
from youthvoice.journal.actions import subject_of
from youthvoice.journal.models import Entry
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import all_regions
from youthvoice.readymade.prepared import prepared


class NoRoute(Exception):
    """No row of the table, not even the one for everything, names a holder."""


def holder_for(*, region_code: str | None, field: str, kind: str) -> Organisation:
    """The organisation that the table names for a question; see Route for the order.

    Raises NoRoute when the table lacks its last row (any region, any field, any kind).
    """
    chain = [*region_chain(region_code), None]
    regions = [code for code in chain if code]
    given = {"regions": regions} if regions else {}
    rows: list[Route] = _routes(fields=["", field], kinds=["", kind], **given)
    best = min(
        rows,
        key=lambda row: (chain.index(row.region_id), row.field == "", row.kind == ""),
        default=None,
    )
    if best is None:
        raise NoRoute("The table of routes has no row for everything; run load-instance.")
    return best.holder


@prepared("fields", "kinds", "regions")
def _routes(fields: list[str], kinds: list[str], regions: Sequence[str] = ()) -> QuerySet[Route]:
    where = Q(region__in=regions) | Q(region=None) if regions else Q(region=None)
    rows = Route.objects.filter(where, field__in=fields, kind__in=kinds, holder__is_active=True)
    return rows.select_related("holder")


def owner_by_table(case: Case) -> Organisation | None:
    """Whose it would be if it was asked as it is now; None where they hold it."""
    asked = case.question
    found = holder_for(region_code=asked.region_id, field=asked.field, kind=asked.kind)
    return found if found.pk != case.holder_id else None


def owner_put_right(case: Case) -> Organisation | None:
    """The same where its asker has changed field or region since it came to its holder. Two
    queries at most."""
    acts = Entry.objects.filter(subject=subject_of(case.question), at__gte=case.held_at)
    data = acts.filter(verb="question.supplemented").values_list("data", flat=True)
    is_put_right = any("field" in what or "region" in what for what in data)
    return owner_by_table(case) if is_put_right else None


def region_chain(code: str | None) -> list[str]:
    """A region and those above it, the nearest first."""
    regions = all_regions()
    found = []
    while code and code in regions and code not in found:
        found.append(code)
        code = regions[code].parent_id
    return found
