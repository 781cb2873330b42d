"""The exact numbers of the pulse, moved within the act that changes them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from youthvoice.orgs import policy as orgs_policy
from youthvoice.people import actions as people_actions
from youthvoice.people.choices import Origin as PersonOrigin
from youthvoice.people.models import User
from youthvoice.questions.choices import Origin, TallyName
from youthvoice.questions.models import Question, Tally


@dataclass(frozen=True)
class Drift:
    name: str
    kept: int
    counted: int


def bump(name: TallyName, by: int = 1) -> None:
    if not Tally.objects.filter(pk=name).update(value=F("value") + by):
        Tally.objects.bulk_create([Tally(name=name, value=0)], ignore_conflicts=True)
        Tally.objects.filter(pk=name).update(value=F("value") + by)


def count_participant(*, person: User, at: datetime) -> None:
    """Count a person who takes part under their own name, once and for all.

    Staff are counted apart: who works in an organisation is no participant.
    """
    if person.participated_at is not None or orgs_policy.is_staff(person):
        return
    if people_actions.note_participation(person=person, at=at):
        person.participated_at = at
        bump(TallyName.PEOPLE)


def _counted() -> dict[TallyName, int]:
    local = Question.objects.filter(origin=Origin.LOCAL)
    return {
        TallyName.QUESTIONS: local.listed().count(),
        TallyName.IMPORTED: Question.objects.filter(origin=Origin.IMPORTED).listed().count(),
        TallyName.PEOPLE: User.objects.filter(
            origin=PersonOrigin.LOCAL, participated_at__isnull=False
        ).count(),
        TallyName.NAMELESS: local.filter(is_nameless=True).count(),
    }


def recount() -> list[Drift]:
    """Count all tallies anew from the rows, set them, and tell those that were wrong."""
    with transaction.atomic():
        kept = dict(Tally.objects.select_for_update().values_list("name", "value"))
        drifts = [
            Drift(name, kept.get(name, 0), counted)
            for name, counted in _counted().items()
            if kept.get(name, 0) != counted
        ]
        for drift in drifts:
            Tally.objects.update_or_create(name=drift.name, defaults={"value": drift.counted})
    return drifts
