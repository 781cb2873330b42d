from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from youthvoice.journal.models import Entry
from youthvoice.people.models import User
from youthvoice.yours.models import Export, Hold, Leaving


def latest_export(person: User) -> Export | None:
    return Export.objects.filter(person=person).order_by("-asked_at", "-pk").first()


def leaving_of(account: int) -> Leaving | None:
    return Leaving.objects.filter(account=account).first()


def holds_on(account: int) -> QuerySet[Hold]:
    """What forbids erasing somebody for now."""
    return Hold.objects.filter(person=account, is_lifted=False).order_by("pk")


def erased() -> Iterator[tuple[int, bool, datetime]]:
    """Number, whether answers went too, and when: all who were ever erased, from the journal."""
    entries = Entry.objects.filter(verb="person.erased").order_by("seq")
    for entry in entries.iterator(chunk_size=1000):
        account = int(entry.subject.rpartition(":")[2])
        yield account, bool(entry.data.get("answers_too")), entry.at
