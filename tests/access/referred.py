"""What was referred to a body in which nobody has an account, and the letters about it."""

from tests.factories import MONDAY, House, OrganisationFactory, ask
from youthvoice.cases.actions import refer
from youthvoice.cases.choices import Grade
from youthvoice.cases.models import Case, Hop
from youthvoice.kit import clock
from youthvoice.orgs.models import Organisation
from youthvoice.outside import actions
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Question

#: The bodies' own addresses: operators read them in /admin/, and nobody on any page.
BOXES = ("bureau@box.test", "library@box.test")


def build_hops(people: dict[str, User], house: House) -> dict[str, tuple[object, ...]]:
    """One hop waits with its letter, one went by mail; one is of a question that is out of
    public view now. And a question whose asker wrote their number."""
    body, library = (
        OrganisationFactory.create(
            slug=box.partition("@")[0], kind="expert", short_name=name, contact_email=box
        )
        for box, name in zip(BOXES, ("某局", "某馆"), strict=True)
    )
    open_, private = ask(title="转给某局的提问"), ask(title="转走以后不公开的标题")
    hops = {
        "hop": _refer(open_, body, people),
        "hop_private": _refer(private, body, people),
        "hop_mailed": _refer(open_, library, people),
    }
    at, holder = clock.now(), people["holder"]
    token, _code = actions.issue_code(hop=hops["hop"], by=holder, at=at)
    actions.order_mail(hop=hops["hop_mailed"], code_follows=False, by=holder, at=at)
    actions.send_mailings(at=at)
    questions.withhold_question(question=private, by=None, at=MONDAY)
    numbered = ask(by=people["asker"], title="写了电话的提问", text="请打 13912340000。")
    return {name: (hop.pk,) for name, hop in hops.items()} | {
        "out": (token,),
        "numbered": (numbered.pk,),
    }


def _refer(question: Question, body: Organisation, people: dict[str, User]) -> Hop:
    return refer(
        case=Case.objects.select_related("question", "holder").get(question=question),
        to=[body],
        reason="请某局回复。",
        grade=Grade.ORDINARY,
        by=people["holder"],
        at=clock.now(),
    )[0]
