"""Agreeing to the rules and the privacy page, and taking it back as easily."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from youthvoice.journal.actions import record
from youthvoice.kit.clock import start_of_day
from youthvoice.people.choices import VERSIONS, Document
from youthvoice.people.models import Consent, User


def give_consents(*, person: User, what: Iterable[Document], at: datetime) -> None:
    """Agree to the present version of each; what stands already is left as it is.

    The rows keep the day only, as everything does that somebody does before they ask.
    """
    day = start_of_day(at)
    with transaction.atomic():
        for document in what:
            version = VERSIONS[document].name
            # Twice at once is once: the row of the person is the queue.
            User.objects.select_for_update().filter(pk=person.pk).first()
            standing = Consent.objects.filter(person=person, what=document, withdrawn_at=None)
            if standing.filter(version=version).exists():
                continue
            standing.update(withdrawn_at=day)
            Consent.objects.create(person=person, what=document, version=version, given_at=day)
            record(
                "consent.given",
                subject=person,
                actor=person,
                at=at,
                data={"what": document.value, "version": version},
            )


def withdraw_consent(*, person: User, what: Document, at: datetime) -> None:
    """Take it back. The account can read, export and erase, but not write, until given again."""
    with transaction.atomic():
        standing = Consent.objects.filter(person=person, what=what, withdrawn_at=None)
        versions = list(standing.values_list("version", flat=True))
        if not standing.update(withdrawn_at=start_of_day(at)):
            return
        record(
            "consent.withdrawn",
            subject=person,
            actor=person,
            at=at,
            data={"what": what.value, "version": versions[0]},
        )
