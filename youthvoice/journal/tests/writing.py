"""Entries for tests of the journal."""

from datetime import timedelta

from django.db import transaction

from tests.factories import MONDAY, PersonFactory
from youthvoice.journal.actions import record
from youthvoice.journal.models import Entry, Head


def write(many, *, verb="tests.done"):
    """So many acts of one person, a minute apart."""
    person = PersonFactory()
    return [write_one(person, number, verb=verb) for number in range(many)]


def write_one(person, number=0, *, verb="tests.done"):
    with transaction.atomic():
        return record(
            verb,
            subject=person,
            actor=person,
            at=MONDAY + timedelta(minutes=number),
            data={"number": number},
        )


def chain_again(*, since):
    """Do what somebody would who holds the whole database: hash anew up to the end."""
    last = Entry.objects.get(seq=since - 1).hash
    for entry in Entry.objects.filter(seq__gte=since).order_by("seq"):
        entry.prev_hash = last
        last = entry.hash = entry.digest()
        entry.save()
    Head.objects.update(hash=last)
