"""What was referred to a body in which nobody has an account, and the letters about it."""

from tests.factories import MONDAY, House, OrganisationFactory, ask
from youthvoice.cases import actions
from youthvoice.cases.choices import Grade
from youthvoice.cases.models import Hop
from youthvoice.kit import clock
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Question


def build_hops(people: dict[str, User], house: House) -> dict[str, tuple[object, ...]]:
    """One hop waits with its letter; one is of a question that is out of public view now."""
    body = OrganisationFactory.create(slug="bureau", kind="expert", short_name="某局")
    open_, private = ask(title="转给某局的提问"), ask(title="转走以后不公开的标题")
    hops = {"hop": _refer(open_, body, people), "hop_private": _refer(private, body, people)}
    token, _code = actions.issue_code(hop=hops["hop"], by=people["holder"], at=clock.now())
    questions.withhold_question(question=private, by=None, at=MONDAY)
    return {name: (hop.pk,) for name, hop in hops.items()} | {"out": (token,)}


def _refer(question: Question, body, people: dict[str, User]) -> Hop:
    return actions.refer(
        case=question.case,
        to=[body],
        reason="请某局回复。",
        grade=Grade.ORDINARY,
        by=people["holder"],
        at=clock.now(),
    )[0]
