"""After an answer: that it is out, and what to take up next."""

from dataclasses import dataclass

from django.db.models import Q

from youthvoice.cases.choices import LANE_OPEN
from youthvoice.cases.models import Case, Lane
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import organisations_of
from youthvoice.people.models import User
from youthvoice.questions.models import Answer


@dataclass(frozen=True)
class Sent:
    answer: Answer
    #: What is due first at the body's desk; None where nothing waits there.
    next: Lane | None


def sent_of(case: Case, user: User, *, answer: str) -> Sent | None:
    """What a page says after the viewer's body has answered; None where it has not.

    `answer` is a number as it came.
    """
    if not (answer.isascii() and answer.isdigit()) or len(answer) > 18:
        return None
    mine = organisations_of(user)
    rows = Answer.objects.filter(question=case.question_id, organisation__in=mine, deleted_at=None)
    found = rows.select_related("organisation").filter(pk=int(answer)).first()
    if found is None or found.organisation is None:
        return None
    return Sent(found, next_lane(found.organisation, user, but=case))


def next_lane(body: Organisation, user: User, *, but: Case) -> Lane | None:
    """What is due first at a desk, and in no colleague's hand. A query for each open state."""
    rows = Lane.objects.filter(holder=body, stopped_at=None).exclude(case=but)
    rows = rows.filter(Q(person=None) | Q(person=user)).select_related("case__question")
    # One state at a time, in the order of the index.
    firsts = [rows.filter(state=s).order_by("due_at", "pk").first() for s in LANE_OPEN]
    return min((lane for lane in firsts if lane), key=lambda lane: lane.due_at, default=None)
