"""Who works at the demo's committees, so that what is late there finds somebody to tell."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from youthvoice.orgs.actions import committee_slug, join
from youthvoice.orgs.choices import Level, OrgKind, Role
from youthvoice.orgs.models import Organisation
from youthvoice.people.actions import create_person
from youthvoice.people.models import User

_LEADS = [f"{family}书记" for family in "秦何许冯孙吕曹彭邓薛范方石姚谭廖"]


def staff_committees(
    rows: Iterable[Mapping[str, Any]],
    *,
    bodies: Mapping[str, Organisation],
    also: Iterable[Organisation],
    at: datetime,
) -> None:
    """A lead for each committee that the questions come to, and for its city's; the province's
    are roles of the demo. Whoever answers there comes with the first answer. And a lead for
    each of the bodies `also`, in which somebody of the demo answers what is referred to them. Every
    body has a telephone, so that whoever sees its row can call.

    They have agreed to nothing yet: nobody signs in as one of them.
    """
    for body in [*_committees(rows, bodies), *also]:
        name = _LEADS[body.pk % len(_LEADS)]
        lead = create_person(username=f"lead-{body.slug}", nickname=name, password=None, at=at)
        join(person=lead, organisation=body, role=Role.LEAD, by=None, at=at)
    for body in bodies.values():
        # Nobody's: no number at the end of a line begins with 0.
        body.contact_phone = body.contact_phone or f"0371-0000 {body.pk:04}"
    Organisation.objects.bulk_update(bodies.values(), ["contact_phone"])


def lead_of(body: Organisation) -> User:
    return User.objects.get(memberships__organisation=body, memberships__role=Role.LEAD)


def _committees(
    rows: Iterable[Mapping[str, Any]], bodies: Mapping[str, Organisation]
) -> list[Organisation]:
    found = set(_asked(rows, bodies))
    cities = {body.region.parent_id for body in found if body.region.level == Level.COUNTY}
    found |= {bodies[committee_slug(code)] for code in cities if code is not None}
    below = (body for body in found if body.region.level != Level.PROVINCE)
    return sorted(below, key=lambda body: body.slug)


def _asked(
    rows: Iterable[Mapping[str, Any]], bodies: Mapping[str, Organisation]
) -> Iterator[Organisation]:
    for row in rows:
        if row["region"]:
            yield bodies[committee_slug(row["region"])]
        for move in row.get("case", []):
            if move["act"] == "transfer" and bodies[move["to"]].kind == OrgKind.LEAGUE:
                yield bodies[move["to"]]
