"""The staff write down what somebody asks who called, came or wrote."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from youthvoice.cases import policy
from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.models import OnBehalf
from youthvoice.journal.actions import record
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Question


def ask_on_behalf(
    *, organisation: Organisation, channel: str, by: User, at: datetime, **asked: Any
) -> questions.Asked:
    """Ask without a name for somebody who agreed that it becomes public.

    `asked` is what `questions.actions.ask_question` takes besides. Who it was is asked of
    nobody and stored nowhere; the receipt is theirs. Raises UnableToMove.
    """
    if not policy.may_ask_on_behalf(by, organisation):
        raise UnableToMove(_("只有团组织的工作人员能代为提出。"))
    # A whole second: no moment of the asker's stands in a row with somebody's number in it.
    at = at.replace(microsecond=0)

    def note(question: Question) -> None:
        made = OnBehalf.objects.create(
            question=question,
            organisation=organisation,
            by=by,
            channel=channel,
            consented_at=at,
        )
        data = {"question": question.pk, "organisation": organisation.pk, "channel": channel}
        record("case.asked_for", subject=made, actor=by, at=at, data=data)

    return questions.ask_question(author=None, at=at, also=note, **asked)
