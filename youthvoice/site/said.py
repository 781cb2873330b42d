"""What the question's page tells beside its answers, wherever else these are read."""

from youthvoice.cases.models import Case
from youthvoice.gathering import queries as gathering
from youthvoice.kit import clock
from youthvoice.promises import queries as promises
from youthvoice.questions.models import Answer, Question
from youthvoice.site import beside

#: Answers of a lead that are told with what hangs on it.
_LEADS_ANSWERS = 5


def of_lead(lead: Case | None) -> dict[str, object]:
    """The question that one is handled with, and what bodies answered there. One query."""
    question = lead.question if lead is not None else None
    answers = beside.bodies_answers(question, most=_LEADS_ANSWERS) if question else []
    promises.add_promises(answers, today=clock.today())
    return {"lead_question": question, "lead_answers": answers}


def with_answers(question: Question, answers: list[Answer]) -> dict[str, object]:
    """Promises under the answers, and those of the lead. Up to four queries."""
    promises.add_promises(answers, today=clock.today())
    told: dict[str, object] = {"answer_more": "site/_answer_more.html"}
    case: Case | None = getattr(question, "case", None)
    lead = gathering.lead_of(case) if case is not None else None
    return told | of_lead(lead) | {"said_more": "site/_said_more.html"} if lead else told
