"""A month's questions of every class, written at once: hundreds of them, each its own way."""

import random
from datetime import date, datetime, timedelta, timezone

from tests.factories import House, OrganisationFactory, PersonFactory
from youthvoice.callbacks.choices import Day
from youthvoice.callbacks.models import Callback
from youthvoice.cases.choices import Clock, LaneKind, LaneState, State
from youthvoice.cases.models import Case, Lane
from youthvoice.desks.models import OnBehalf
from youthvoice.orgs.models import Organisation
from youthvoice.questions.choices import Field, HideReason, Kind, Origin, Outcome
from youthvoice.questions.models import Question
from youthvoice.rates.models import Exclusion

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARCH = date(2026, 3, 1)
#: The house's own time.
_HERE = timezone(timedelta(hours=8))
BEGAN = datetime(2026, 3, 1, tzinfo=_HERE)
#: From when tests look at it.
NOW = datetime(2026, 3, 31, 12, tzinfo=_HERE)
_PLACES = ["410000", "410100", "410100", "410122", "410200", None]


def make(house: House, *, seed: int, count: int) -> list[Question]:
    """`count` questions of March 2026, and one of each neighbouring month's edge."""
    dice = random.Random(seed)
    bodies = [house.city] * 9 + [house.county] * 5 + [house.province] * 3
    bodies += [OrganisationFactory.create(region_id="410200") for _ in range(3)]
    times = [BEGAN + dice.random() * (31 * DAY - HOUR) for _ in range(count - 2)]
    times += [BEGAN - timedelta(seconds=1), BEGAN + 31 * DAY]
    rows = Question.objects.bulk_create(_question(dice, at) for at in times)
    cases = Case.objects.bulk_create(_case(dice, row, dice.choice(bodies)) for row in rows)
    Lane.objects.bulk_create(_lane(dice, case) for case in cases)
    one, two = PersonFactory.create(), PersonFactory.create()
    OnBehalf.objects.bulk_create(
        OnBehalf(question=q, organisation=house.city, channel="call", consented_at=q.asked_at)
        for q in dice.sample(rows, count // 30)
    )
    Exclusion.objects.bulk_create(
        Exclusion(
            case=case,
            reason="要求超出法律。",
            asked_by=one,
            asked_at=NOW,
            confirmed_by=two if dice.random() < 0.6 else None,
            confirmed_at=NOW if dice.random() < 0.6 else None,
            ended_at=NOW if dice.random() < 0.3 else None,
        )
        for case in dice.sample(cases, count // 15)
    )
    Callback.objects.bulk_create(c for case in cases for c in _callbacks(dice, case))
    return list(rows)


def _question(dice: random.Random, at: datetime) -> Question:
    outcome = dice.choices(Outcome.values, [5, 4, 2])[0]
    said = outcome != Outcome.OPEN or dice.random() < 0.1
    gone = dice.random() < 0.06
    return Question(
        kind=Kind.HELP,
        field=dice.choice([*Field.values, *[Field.WORK] * 4, *[Field.LIFE] * 3]),
        region_id=dice.choice(_PLACES),
        title="一个提问",
        text="内容。",
        is_nameless=True,
        asked_at=at,
        origin=Origin.IMPORTED if dice.random() < 0.05 else Origin.LOCAL,
        outcome=outcome,
        outcome_at=at + dice.random() * 4 * DAY if said else None,
        deleted_at=NOW if gone else None,
        hidden_reason=HideReason.ABUSE if gone and dice.random() < 0.5 else "",
        withheld_at=NOW if dice.random() < 0.03 else None,
        official_count=int(dice.random() < 0.6),
        peer_count=int(dice.random() < 0.2),
    )


def _case(dice: random.Random, question: Question, holder: Organisation) -> Case:
    at = question.asked_at
    return Case(
        question=question,
        holder=holder,
        state=dice.choices([State.HELD, State.ANSWERED, State.ASKING, State.MERGED], [5, 9, 2, 1])[
            0
        ],
        held_at=at,
        waiting_since=at,
        first_due_at=at + dice.choice([2 * HOUR, DAY, 3 * DAY]),
        first_reply_at=at + dice.random() * 2 * DAY if dice.random() < 0.7 else None,
    )


def _lane(dice: random.Random, case: Case) -> Lane:
    paused = case.state == State.ASKING
    return Lane(
        case=case,
        kind=LaneKind.LEAGUE,
        is_own=True,
        holder=case.holder,
        state=LaneState.PAUSED if paused else LaneState.MOVING,
        since=case.held_at,
        clock=Clock.FIRST_REPLY,
        due_at=case.first_due_at,
        stopped_at=case.held_at + dice.random() * 2 * DAY if paused else None,
        moved_at=case.held_at,
    )


def _callbacks(dice: random.Random, case: Case) -> list[Callback]:
    """None, one or both of a pair; answered, rated, or met with silence."""
    found = []
    for day in tuple(Day)[: dice.choice([0, 0, 1, 1, 2])]:
        answered = NOW - dice.random() * 2 * DAY if dice.random() < 0.6 else None
        stars = dice.choice([None, 1, 2, 3, 4, 5, 5]) if answered else None
        due_at = case.held_at + day * HOUR
        found.append(
            Callback(
                case=case,
                round=1,
                day=day,
                due_at=due_at,
                opened_at=due_at,
                answered_at=answered,
                satisfied=stars,
            )
        )
    return found
