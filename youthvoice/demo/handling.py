"""How the demo's staff handle its questions: the moves of a row's `case`, one at a time."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from youthvoice.cases import actions
from youthvoice.cases.choices import HOP_OPEN, Grade
from youthvoice.cases.models import Case, Hop, Lane
from youthvoice.gathering import actions as gathering
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.questions.models import Question


def make_move(
    move: Mapping[str, Any],
    *,
    question: Question,
    bodies: Mapping[str, Organisation],
    staff_of: Callable[[Organisation], User],
    at: datetime,
) -> None:
    """One of `claim`, `transfer`, `refer`, `sign`, `return`, `ask_back`.

    By somebody of the holder's, or where it names one, of a `body` that was asked; who signs
    does so by letter, without an account.
    """
    case = Case.objects.select_related("holder", "question").get(question=question)
    body = bodies[move["body"]] if "body" in move else case.holder
    by = staff_of(body)
    lane = case.lanes.get(holder=body, is_own="body" not in move)
    act = move["act"]
    if act == "claim":
        actions.claim(lane=lane, by=by, at=at)
    elif act == "ask_back":
        actions.ask_back(lane=lane, text=move["text"], by=by, at=at)
    elif act == "transfer":
        actions.transfer(case=case, to=bodies[move["to"]], reason=move["reason"], by=by, at=at)
    elif act == "refer":
        asked = [bodies[slug] for slug in move["to"]]
        grade = Grade(move.get("grade", Grade.ORDINARY))
        actions.refer(case=case, to=asked, reason=move["reason"], grade=grade, by=by, at=at)
    elif act == "sign":
        actions.sign(hop=_open_hop(lane), at=at)
    elif act == "return":
        actions.return_lane(hop=_open_hop(lane), reason=move["reason"], by=by, at=at)
    else:
        raise ValueError(f"{act}: no such move")


def make_topic(
    row: Mapping[str, Any],
    *,
    questions: Mapping[str, Question],
    host: Organisation,
    by: User,
    at: datetime,
) -> None:
    """A row of `topics.json`: what of the demo's questions somebody of the host's gathered."""
    asked = [questions[key] for key in row["questions"]]
    cases = list(Case.objects.select_related("holder", "question").filter(question__in=asked))
    gathering.make_topic(cases=cases, name=row["name"], intro=row["intro"], host=host, by=by, at=at)


def _open_hop(lane: Lane) -> Hop:
    return lane.hops.select_related("lane__case__question", "lane__holder").get(state__in=HOP_OPEN)
