"""A new password: told to the journal, and an end to what was counted against the old one."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from youthvoice.journal.actions import record
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.people.models import User


def record_password_changed(*, person: User, at: datetime) -> None:
    with transaction.atomic():
        record("person.password_changed", subject=person, actor=person, at=at)


def unlock(person: User) -> None:
    """Whoever has made a new password by a letter is the rightful owner."""
    addresses = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    for login in {person.username, person.email, *addresses}:
        limits.clear(What.SIGN_IN, who=login.lower())
