"""What people say of their age, and what staff read of those who are not of age."""

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.people import policy
from youthvoice.people.choices import GUARDIAN_WAIT, AgeBand
from youthvoice.people.models import Guardianship, User


class UnableToSayAge(Exception):
    """A refusal in the person's language."""


def say_age(*, person: User, band: AgeBand, at: datetime) -> None:
    """Keep the band and the year in which it was said. Under 14, the wait for a guardian
    begins; who is older needs none. Raises UnableToSayAge."""
    year = timezone.localtime(at).year
    if not policy.may_say_age(person, band, year=year):
        raise UnableToSayAge(_("今年已经选过更小的年龄段。到了年龄，明年再来改。"))
    with transaction.atomic():
        keep_age(person=person, band=band, at=at)
        record("person.age_said", subject=person, actor=person, at=at)


def keep_age(*, person: User, band: AgeBand, at: datetime) -> None:
    """A step of an act, within its transaction."""
    person.age_band, person.age_said = band, timezone.localtime(at).year
    person.save(update_fields=["age_band", "age_said"])
    if band == AgeBand.UNDER_14:
        Guardianship.objects.get_or_create(person=person, defaults={"erase_at": at + GUARDIAN_WAIT})
    else:
        Guardianship.objects.filter(person=person).delete()


def note_minor_read(*, person: User, by: models.Model, at: datetime) -> None:
    """Call it wherever staff are shown what is private (sign-in name, address, …) of somebody
    who isn't known to be of age. Nothing for others, and for oneself."""
    if not policy.is_protected(person) or not policy.has_private_side(person):
        return
    if person.pk == by.pk:
        return
    with transaction.atomic():
        record("minor.read", subject=person, actor=by, at=at)
