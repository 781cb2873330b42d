"""Who may promise. Rights follow from working in the body whose reply it is."""

from youthvoice.cases.choices import WAITING, State
from youthvoice.cases.models import Case
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.policy import Anyone
from youthvoice.questions.choices import AnswerKind
from youthvoice.questions.models import Answer

#: Whose replies may carry a promise: the League's offices and government departments.
PROMISING = (AnswerKind.OFFICIAL, AnswerKind.GOVERNMENT)
#: Where a case stands that may still be promised something.
PROMISED_IN = (*WAITING, State.REFERRED, State.PROMISED, State.ANSWERED)


def is_promising(answer: Answer, case: Case | None) -> bool:
    """A reply that may carry a promise, whoever of its body makes it."""
    return (
        case is not None
        and case.state in PROMISED_IN
        and answer.kind in PROMISING
        and answer.organisation_id is not None
        and answer.deleted_at is None
    )


def may_promise(user: Anyone, answer: Answer, case: Case | None) -> bool:
    """Members of the body whose reply it is."""
    return is_promising(answer, case) and orgs_policy.is_member(user, answer.organisation_id)
