"""The exact numbers of the pulse, moved within the act that changes them."""

from datetime import datetime

from django.db.models import F

from youthvoice.orgs import policy as orgs_policy
from youthvoice.people import actions as people_actions
from youthvoice.people.models import User
from youthvoice.questions.choices import TallyName
from youthvoice.questions.models import Tally


def bump(name: TallyName, by: int = 1) -> None:
    if not Tally.objects.filter(pk=name).update(value=F("value") + by):
        Tally.objects.bulk_create([Tally(name=name, value=0)], ignore_conflicts=True)
        Tally.objects.filter(pk=name).update(value=F("value") + by)


def count_participant(*, person: User, at: datetime) -> None:
    """Count a person who takes part under their own name, once and for all.

    Staff are counted apart: who works in an organisation is no participant.
    """
    if person.participated_at is not None or orgs_policy.is_counted_as_staff(person):
        return
    if people_actions.note_participation(person=person, at=at):
        person.participated_at = at
        bump(TallyName.PEOPLE)
