"""The table of routes, as an instance begins with it."""

from datetime import datetime

from django.db import transaction

from youthvoice.cases.models import Route
from youthvoice.journal.actions import record
from youthvoice.orgs.choices import Level, OrgKind
from youthvoice.orgs.models import Organisation


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
