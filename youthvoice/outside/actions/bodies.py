"""Bodies in which nobody has an account: a letter's link and code, and what they open."""

from datetime import datetime
from enum import Enum

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from youthvoice.cases.actions import UnableToMove, moving, referring
from youthvoice.cases.models import Hop
from youthvoice.journal.actions import record
from youthvoice.outside import codes, policy, queries
from youthvoice.outside.actions import links, mail_to_bodies
from youthvoice.outside.choices import NotSent
from youthvoice.outside.models import OutsideCode
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Answer, Question


class Tried(Enum):
    """What came of trying a code."""

    RIGHT = "right"
    WRONG = "wrong"
    #: No such link, or one that has ended: nobody is told which.
    GONE = "gone"


def issue_code(*, hop: Hop, by: User, at: datetime) -> tuple[str, str]:
    """A link's token and its code, which are nowhere else from now on; earlier ones end.

    A letter that waits to go by mail goes no more: its link would end this one.

    Raises UnableToMove.
    """
    if not policy.may_issue_code(by, hop):
        raise UnableToMove(_("这件事现在不能由你发信：要还没办完，对方单位也没有人注册。"))
    code = codes.new_code()
    with transaction.atomic():
        moving.lock(hop.lane.case)
        mail_to_bodies.stop(hop, why=NotSent.REPLACED, at=at)
        token = links.put_link(hop, code=code, at=at)
        record("case.code_issued", subject=hop, actor=by, at=at, data=_data(hop))
    return token, code


def use_code(*, token: str, code: str, at: datetime) -> Tried:
    """Try a code: the right one opens once, and queries.TRIES_MOST wrong ones end the link."""
    # Counted before it is looked at: of many at once no more pass than may.
    if not queries.links_in_force(token, at=at).update(tries=F("tries") + 1):
        return Tried.GONE
    found = OutsideCode.objects.select_related("hop__lane__case").get(
        token_digest=codes.token_digest(token)
    )
    if not codes.is_right(token, code, bytes(found.code_digest)):
        return Tried.WRONG
    with transaction.atomic():
        if not OutsideCode.objects.filter(
            pk=found.pk, token_digest=found.token_digest, used_at=None
        ).update(used_at=at):
            return Tried.GONE
        record("case.code_used", subject=found.hop, actor=None, at=at, data=_data(found.hop))
    return Tried.RIGHT


def sign_outside(*, hop: Hop, at: datetime) -> None:
    """The body signs for what it was asked. Raises UnableToMove, and SomebodyWasFirst."""
    with transaction.atomic():
        _check(hop)
        referring.sign(hop=hop, at=at)


def return_outside(*, hop: Hop, reason: str, at: datetime) -> None:
    """The body gives it back and says why. Raises UnableToMove, and SomebodyWasFirst."""
    with transaction.atomic():
        _check(hop)
        referring.return_lane(hop=hop, reason=reason, by=None, at=at)


def reply_outside(*, hop: Hop, text: str, at: datetime) -> Answer:
    """The body answers in public and in its own name, which ends the hop.

    Raises UnableToMove, SomebodyWasFirst, and questions' UnableToAnswer.
    """
    with transaction.atomic():
        question = _check(hop)
        if not hop.is_open:
            raise moving.first_words(hop.lane.case)
        return questions.answer_for_body(
            question=question, text=text, organisation=hop.receiver, at=at
        )


def _check(hop: Hop) -> Question:
    """Lock the question and look anew: it may have gone out of view, or the hop have ended."""
    moving.lock(hop.lane.case)
    hop.refresh_from_db(fields=["state"])
    question = Question.objects.get(pk=hop.lane.case.question_id)
    if question.deleted_at is not None or question.withheld_at is not None:
        raise UnableToMove(_("这个提问现在不公开，先不用办。"))
    return question


def _data(hop: Hop) -> dict[str, int]:
    return {"question": hop.lane.case.question_id, "to": hop.receiver_id}
