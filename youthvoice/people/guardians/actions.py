"""The guardian of a child under 14: asked by a letter, answering with yes or no."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.kit.clock import start_of_day
from youthvoice.people.choices import VERSIONS, AgeBand, Document
from youthvoice.people.guardians import queries
from youthvoice.people.models import Guardianship, User
from youthvoice.people.queries import hash_of


class UnableToAskGuardian(Exception):
    """A refusal in the person's language."""


def ask_guardian(*, person: User, address: str, at: datetime) -> str:
    """Keep where the guardian is reached and give the secret of a new link, which is stored
    nowhere; an earlier link dies. Raises UnableToAskGuardian.

    Mostly a part of signing up, of which nothing tells the moment: so there is no entry, and
    the day is kept in place of the minute.
    """
    if person.age_band != AgeBand.UNDER_14:
        raise UnableToAskGuardian(_("满 14 岁，不需要监护人同意。"))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        asked, _made = Guardianship.objects.get_or_create(person=person)
        asked.address, asked.token_hash = address.lower(), hash_of(token)
        asked.sent_at = start_of_day(at)
        asked.save(update_fields=["address", "token_hash", "sent_at"])
    return token


def answer_as_guardian(*, token: str, agrees: bool, at: datetime) -> bool:
    """Use up a link: the child may write under a name, or the account is erased.

    False when the link opens nothing any more.
    """
    with transaction.atomic():
        asked = queries.asked_guardian(token, at=at)
        if asked is None:
            return False
        # Compare-and-set: of two answers at once the first one holds.
        used = Guardianship.objects.filter(pk=asked.pk, token_hash=asked.token_hash).update(
            token_hash=None,
            address="",
            address_proof=salted_hmac(
                "youthvoice.guardians", asked.address, algorithm="sha256"
            ).hexdigest(),
            version=VERSIONS[Document.PRIVACY].name if agrees else "",
            agreed_at=start_of_day(at) if agrees else None,
            # The day of the letter is mostly that of signing up.
            sent_at=None,
            erase_at=None,
        )
        if not used:
            return False
        if agrees:
            record("guardian.agreed", subject=asked.person, actor=None, at=at,
                   data={"version": VERSIONS[Document.PRIVACY].name})  # fmt: skip
        else:
            _erase(asked.person, "guardian.refused", at)
    return True


def erase_unanswered(*, at: datetime) -> int:
    """Erase the accounts whose guardians didn't answer in time; gives how many."""
    erased = 0
    for pk in list(queries.unanswered(at=at)):
        with transaction.atomic():
            person = User.objects.select_for_update().filter(pk=pk).first()
            # Answered between the list and the lock: then it stays.
            if person is None or not queries.unanswered(at=at).filter(person_id=pk).exists():
                continue
            _erase(person, "guardian.silent", at)
            erased += 1
    return erased


def _erase(person: User, verb: str, at: datetime) -> None:
    """Remove the account. Where it has acted in public before it said its age, the row stays
    for what others answered, and names nobody."""
    record(verb, subject=person, actor=None, at=at)
    if person.participated_at is None:
        person.delete()
        return
    EmailAddress.objects.filter(user=person).delete()
    Guardianship.objects.filter(person=person).delete()
    person.username, person.nickname, person.email = f"erased:{person.pk}", _("已注销"), ""
    person.age_band, person.age_said, person.is_active = "", None, False
    person.set_unusable_password()
    person.save()
