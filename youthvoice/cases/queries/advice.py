"""Whom one might ask about a case: what floors above have to say of it."""

from collections.abc import Callable

from youthvoice.cases.models import Case
from youthvoice.orgs.models import Organisation

#: They join when they are set up (`apps.py`), the nearest body first.
advisers: list[Callable[[Case], list[Organisation]]] = []


def advised_bodies(case: Case) -> list[Organisation]:
    """Bodies that might be asked for their part; never the holder itself."""
    found = {body.pk: body for adviser in advisers for body in adviser(case)}
    found.pop(case.holder_id, None)
    return list(found.values())
