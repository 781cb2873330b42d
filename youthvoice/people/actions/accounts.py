"""Making accounts, naming, shutting and erasing them."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from youthvoice.journal.actions import record
from youthvoice.kit.clock import start_of_month
from youthvoice.kit.holdings import Leaver
from youthvoice.people.actions.ages import keep_age
from youthvoice.people.choices import VERSIONS, AgeBand, Origin
from youthvoice.people.models import Consent, User


def sign_up(*, person: User, nickname: str, band: AgeBand, at: datetime) -> None:
    """What a new account said of itself, and that it agreed to both pages.

    The month is enough for a proof, and no entry tells the moment: nothing that is kept says
    on which day somebody signed up.
    """
    with transaction.atomic():
        person.nickname = nickname
        person.save(update_fields=["nickname"])
        keep_age(person=person, band=band, at=at)
        Consent.objects.bulk_create(
            Consent(person=person, what=what, version=now.name, given_at=start_of_month(at))
            for what, now in VERSIONS.items()
        )


def rename(*, person: User, nickname: str, at: datetime) -> None:
    """Give a person another nickname; their public words show it from now on."""
    with transaction.atomic():
        person.nickname = nickname
        person.save(update_fields=["nickname"])
        record("person.renamed", subject=person, actor=person, at=at)


def create_person(
    *, username: str, nickname: str, password: str | None, at: datetime, email: str = ""
) -> User:
    """Make an account by hand (an operator's command, the demo). No password: no sign-in."""
    with transaction.atomic():
        # Sign-in looks both up in small letters; `Boss` beside `boss` would be a disguise.
        person = User(username=username.lower(), nickname=nickname, email=email.lower())
        if password is None:
            person.set_unusable_password()
        else:
            person.set_password(password)
        person.save()
        record("person.created", subject=person, actor=None, at=at)
    return person


def find_or_import(*, code: str, at: datetime) -> User:
    """The imported person with this code; made when missing, and never able to sign in."""
    found = User.objects.filter(import_code=code).first()
    if found is not None:
        return found
    person = User(
        username=f"imported:{code}",
        nickname="网友",
        origin=Origin.IMPORTED,
        import_code=code,
        is_active=False,
        date_joined=start_of_month(at),
    )
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def note_participation(*, person: User, at: datetime) -> bool:
    """Mark a person's first public act under their name; True if this was the first.

    Compare-and-set, within the transaction of the act itself.
    """
    first = User.objects.filter(pk=person.pk, participated_at=None, origin=Origin.LOCAL).update(
        participated_at=at
    )
    return bool(first)


def forget_participation(person: int) -> bool:
    """Somebody who leaves is no participant any more; True if they were counted as one.

    Compare-and-set, within the transaction that lowers the count.
    """
    counted = User.objects.filter(pk=person, origin=Origin.LOCAL, participated_at__isnull=False)
    return bool(counted.update(participated_at=None))


def shut_account(person: User) -> bool:
    """No page lets them in from here on, and no session of before does when it is opened again;
    False if it is shut already."""
    standing = User.objects.filter(pk=person.pk, is_active=True)
    return bool(standing.update(is_active=False, session_stamp=secrets.token_hex(16)))


def open_account(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=True)


def erase_accounts(leavers: Sequence[Leaver], *, at: datetime) -> None:
    """The last step of erasing: the accounts themselves, each with its entry."""
    with transaction.atomic():
        rows = User.objects.filter(pk__in=[leaver.pk for leaver in leavers]).order_by("pk")
        there = list(rows.select_for_update().values_list("pk", flat=True))
        rows.delete()
        for leaver in leavers:
            if leaver.pk in there:
                data = {"answers_too": leaver.answers_too}
                record("person.erased", subject=User(pk=leaver.pk), actor=None, at=at, data=data)
