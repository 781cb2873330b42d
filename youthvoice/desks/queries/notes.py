"""Notes, for those who may read them."""

from django.db.models import Q

from youthvoice.cases.models import Case
from youthvoice.desks.models import Mention, Note
from youthvoice.kit.paging import Page, by_time, page
from youthvoice.orgs.choices import Role
from youthvoice.orgs.queries import memberships_of, organisations_of
from youthvoice.people.models import User

_LATEST = by_time("at")


def notes_of(case: Case, user: User, *, after: str) -> Page[Note]:
    """Those of the viewer's bodies; all of them for the leads of the holder. The latest first."""
    works = memberships_of(user)
    leads = any(m.role == Role.LEAD and m.organisation_id == case.holder_id for m in works)
    rows = Note.objects.filter(case=case)
    if not leads:
        rows = rows.filter(body__in={m.organisation_id for m in works})
    return page(rows.select_related("author", "body"), key=_LATEST, after=after)


def mentions_of(person: User, *, after: str) -> Page[Mention]:
    """Notes that call somebody, in bodies that they still work for. The latest first."""
    known = Q(note__case__question__withheld_at=None)
    rows = Mention.objects.filter(known, person=person, note__body__in=organisations_of(person))
    rows = rows.select_related("note__author", "note__body", "note__case__question")
    return page(rows, key=_LATEST, after=after)
