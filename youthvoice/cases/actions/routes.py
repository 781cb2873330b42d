"""The table of routes, as an instance begins with it."""

from datetime import datetime

from django.db import transaction

from youthvoice.cases.models import Route
from youthvoice.journal.actions import record
from youthvoice.orgs import actions as orgs_actions
from youthvoice.orgs.actions import Imported, Rows
from youthvoice.orgs.choices import Level, OrgKind
from youthvoice.orgs.models import Organisation


def import_bodies(*, rows: Rows, at: datetime, dry_run: bool = False) -> Imported:
    """Take organisations from a table, and route each new township to its own committee.

    What is asked from a township without one goes upward, as from every region without a row.
    """
    with transaction.atomic():
        told = orgs_actions.import_bodies(rows=rows, at=at, dry_run=dry_run)
        if told.regions and not told.errors and not dry_run:
            load_routes(regions=told.regions, at=at)
    return told


def load_routes(*, regions: list[str], at: datetime) -> int:
    """Route each of the new `regions` to its own committee, and all else to the province's.

    What operators made, changed or removed stays so, but for the row for everything: no
    question may be without a holder. Gives how many rows were added.
    """
    committees = Organisation.objects.filter(kind=OrgKind.LEAGUE).select_related("region")
    have = set(Route.objects.filter(field="", kind="").values_list("region_id", flat=True))
    with transaction.atomic():
        new = [
            Route(region_id=committee.region_id, holder=committee)
            for committee in committees.filter(region__in=regions)
            if committee.region_id not in have
        ]
        top = committees.filter(region__level=Level.PROVINCE).first()
        if None not in have and top is not None:
            new.append(Route(region=None, holder=top))
        Route.objects.bulk_create(new)
        if new and top is not None:
            record("cases.routes_loaded", subject=top, actor=None, at=at, data={"rows": len(new)})
    return len(new)
