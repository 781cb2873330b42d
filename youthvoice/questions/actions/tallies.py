"""The exact numbers of the pulse, moved within the act that changes them."""

from django.db.models import Model

from youthvoice.orgs import policy as orgs_policy
from youthvoice.people import actions as people_actions
from youthvoice.questions.choices import TallyName
from youthvoice.questions.models import Tally, who_took_part
from youthvoice.readymade.writing import add


def bump(name: TallyName, by: int = 1) -> None:
    if not add(Tally, name, value=by):
        Tally.objects.bulk_create([Tally(name=name, value=0)], ignore_conflicts=True)
        add(Tally, name, value=by)


def count_participant(by: Model) -> None:
    """Count whoever takes part by what was just done (a row of ACTS), once and for all.

    Staff are counted apart: who works in an organisation is no participant.
    """
    person, at = who_took_part(by)
    if person is None or person.participated_at is not None:
        return
    if orgs_policy.is_counted_as_staff(person):
        return
    if people_actions.note_participation(person=person, at=at):
        person.participated_at = at
        bump(TallyName.PEOPLE)
