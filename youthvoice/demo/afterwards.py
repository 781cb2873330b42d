"""What comes of the demo's questions later: promises, call-backs, merging, notes; and the clock.

The rows are `content/handled.json`, each with how many hours ago it was. What askers say came of
an answer is written there, word for word.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from youthvoice.callbacks import actions as callbacks
from youthvoice.callbacks import queries as callbacks_queries
from youthvoice.callbacks.choices import Channel, Satisfied
from youthvoice.cases.models import Case
from youthvoice.demo.choices import DemoRole, username_of
from youthvoice.demo.handling import make_move
from youthvoice.demo.staffing import lead_of
from youthvoice.desks import actions as desks
from youthvoice.gathering import actions as gathering
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.promises import actions as promises
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Answer, Question
from youthvoice.questions.policy import Viewer

#: So often the worker comes by while the demo's past goes on.
_TURN = timedelta(hours=6)

Move = Mapping[str, Any]
Event = tuple[datetime, int, Callable[[datetime], None]]


class House(Protocol):
    """Who and what there is while the demo is loaded."""

    now: datetime
    organisations: dict[str, Organisation]
    questions: dict[str, Question]

    def staff_of(self, organisation: Organisation) -> User: ...


def events(house: House, moves: list[Move], *, since: datetime) -> Iterator[Event]:
    """Each move at its time, and between them the worker's steps from `since` on."""
    for number, move in enumerate(moves):

        def act(at: datetime, move: Move = move) -> None:
            _ACTS.get(move["act"], _handle)(house, move, at)

        # Whatever was asked and answered in that moment comes first.
        yield house.now - timedelta(hours=move["hours_ago"]), 10**10 + number, act
    turn = since + _TURN
    while turn < house.now:
        yield turn, -1, _turn
        turn += _TURN


def _turn(at: datetime) -> None:
    """What is late it tells once the house runs: each step once, however late."""
    callbacks.plan_merged(at=at)
    callbacks.open_due(at=at)


def ask_for(*, by_way: str, at: datetime, **asked: Any) -> questions.Asked:
    """A duty member writes down what somebody asks who called."""
    by = _role(DemoRole.DUTY)
    office = by.memberships.select_related("organisation").get().organisation
    return desks.ask_on_behalf(organisation=office, channel=by_way, by=by, at=at, **asked)


def _role(role: DemoRole) -> User:
    return User.objects.get(username=username_of(role))


def _case(house: House, key: str) -> Case:
    number = house.questions[key].pk
    return Case.objects.select_related("holder", "question__author").get(question=number)


def _asker(question: Question) -> tuple[Viewer, Channel]:
    """Whoever has no name comes by the receipt."""
    if question.author is None:
        return Viewer(AnonymousUser(), frozenset({question.pk})), Channel.RECEIPT
    return Viewer(question.author), Channel.PAGE


def _handle(house: House, move: Move, at: datetime) -> None:
    make_move(
        move,
        question=house.questions[move["question"]],
        bodies=house.organisations,
        staff_of=house.staff_of,
        at=at,
    )


def _promise(house: House, move: Move, at: datetime) -> None:
    """Under the last answer of the holder."""
    case = _case(house, move["question"])
    answers = Answer.objects.filter(question=case.question, organisation=case.holder)
    promises.promise(
        answer=answers.order_by("-created_at", "-pk")[0],
        text=move["text"],
        due_on=timezone.localdate(at) + timedelta(days=move["due_days"]),
        by=house.staff_of(case.holder),
        at=at,
    )


def _decide(house: House, move: Move, at: datetime) -> None:
    """The asker says of the last promise whether it was kept."""
    case = _case(house, move["question"])
    promise = case.promises.order_by("-made_at", "-pk")[0]
    promise.case = case
    promises.decide(promise=promise, kept=move["kept"], by=_asker(case.question)[0], at=at)


def _call_back(house: House, move: Move, at: datetime) -> None:
    case = _case(house, move["question"])
    row = callbacks_queries.current(case, at=at)
    if row is None:
        raise ValueError(f"{move['question']}: nothing is asked of its asker")
    row.case = case
    by, channel = _asker(case.question)
    stars = move.get("satisfied")
    callbacks.call_back(
        callback=row,
        by=by,
        channel=channel,
        at=at,
        solved=move.get("solved"),
        satisfied=Satisfied(stars).value if stars else None,
        missing=move.get("missing", ""),
    )


def _merge(house: House, move: Move, at: datetime) -> None:
    lead = _case(house, move["question"])
    cases = [_case(house, key) for key in move["with"]]
    gathering.merge(cases=cases, into=lead, by=house.staff_of(lead.holder), at=at)


def _note(house: House, move: Move, at: datetime) -> None:
    """By a lead or whoever writes for the holder."""
    lane = _case(house, move["question"]).lanes.get(is_own=True)
    by = lead_of(lane.holder) if move["by"] == "lead" else house.staff_of(lane.holder)
    desks.write_note(lane=lane, text=move["text"], by=by, at=at)


def _keep_reply(house: House, move: Move, at: datetime) -> None:
    body = house.organisations[move["body"]]
    desks.keep_reply(
        organisation=body,
        reply=None,
        title=move["title"],
        text=move["text"],
        by=lead_of(body),
        at=at,
    )


_ACTS: dict[str, Callable[[House, Move, datetime], None]] = {
    "promise": _promise,
    "decide": _decide,
    "call_back": _call_back,
    "merge": _merge,
    "note": _note,
    "keep_reply": _keep_reply,
}
