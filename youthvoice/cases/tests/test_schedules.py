"""No step is told twice and none is missed, whatever the machine's time does.

Random lives of a clock against the plain reference, then some of them through the real action
and the database. `bench/walks.py schedules` takes 10,000 and 200; here are enough to find a
step that is told twice, a clock that isn't stopped and a rung that is one off many times over.
"""

import random
import time as stopwatch
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from tests.factories import MONDAY, ask, member
from tests.walks import far, tell
from youthvoice.cases import actions, ladder
from youthvoice.cases.actions import moving
from youthvoice.cases.choices import Clock, Grade
from youthvoice.cases.models import Escalation
from youthvoice.cases.queries import deadlines
from youthvoice.cases.tests.schedules import DAY, MINUTE, OFFICE, life, plain_told
from youthvoice.cases.tests.working import own
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.workdays.reckoning import WorkCalendar

CALENDAR = WorkCalendar(
    worked=frozenset(), free=frozenset(), hours=OFFICE, zone=ZoneInfo("Asia/Shanghai")
)


def due(clock, at):
    if clock in ("first", "sign"):
        found = CALENDAR.add_hours(at, 2)
        return min(found, at + DAY) if clock == "first" else found
    return CALENDAR.add_days(at, 5 if clock == "five" else 1)


def told_by(one, climb=ladder.climb):
    """What the ladder tells: it remembers three values, and is asked when the worker runs."""
    told = []
    moved, round_, due_at, rung, next_at, left, runs, empty = 0, 0, None, 0, None, None, False, ()
    for minute, event, value in one.ordered():
        at = one.begin + (minute + moved) * MINUTE
        if event == "people":
            empty = value
        elif event == "move":
            moved += value
        elif event == "start":
            round_, due_at, rung, runs = round_ + 1, due(value, at), 0, True
            next_at = ladder.tells_at(due_at, 0, one.hours)
        elif event == "stop" and runs:
            runs, next_at = False, None
            left = CALENDAR.working_time_between(at, due_at)
        elif event == "resume" and not runs:
            runs, due_at = True, CALENDAR.add_hours(at, left)
            next_at = ladder.tells_at(due_at, rung, one.hours)
        elif event == "run":
            steps = climb(
                due_at=due_at,
                rung=rung,
                next_at=next_at,
                at=at,
                hours=one.hours,
                is_empty=lambda rung, empty=empty: rung in empty,
            )
            for step in islice(steps, value):
                rung, next_at = step.rung + 1, step.next_at
                told.append((round_, step.rung, at, step.is_empty))
    return told


@pytest.mark.walk
def test_random_schedules_are_told_as_the_reference_has_them(capsys):
    began = stopwatch.process_time()
    chance, many = random.Random(2026), far(1_000, 10_000)
    wrong = twice = steps = moves = 0
    for _ in range(many):
        one = life(chance)
        told = told_by(one)
        wrong += told != plain_told(one)
        twice += len({row[:2] for row in told}) < len(told)
        steps += len(told)
        moves += sum(event == "move" for _, event, _ in one.ordered())
    seconds = stopwatch.process_time() - began

    tell(
        capsys,
        f"{many} schedules, {moves} jumps of time, {steps} steps told, {wrong} wrong, "
        f"{twice} with one told twice, {seconds:.1f} s",
    )
    assert (wrong, twice) == (0, 0)


def test_a_clock_that_runs_to_the_end_has_told_every_step():
    """None is missed: the last run comes long after everything was due."""
    chance = random.Random(7)
    for _ in range(300):
        one = life(chance)
        last = [event for _, event, _ in one.ordered() if event in ("start", "stop", "resume")][-1]
        if last == "start":
            told = told_by(one)
            newest = max(row[0] for row in told)
            assert [row[1] for row in told if row[0] == newest] == [0, 1, 2, 3]


def forgetful(**kwargs):
    """As the ladder would be if it told of one step a run only."""
    return islice(ladder.climb(**kwargs), 1)


def deaf(*, is_empty, **kwargs):
    """As if it didn't go on at once above an empty place."""
    for step in ladder.climb(is_empty=lambda rung: False, **kwargs):
        yield ladder.Told(step.rung, is_empty(step.rung), step.due, step.next_at)


@pytest.mark.parametrize("broken", [forgetful, deaf])
def test_the_reference_finds_a_broken_ladder(broken):
    """The control: the lives are wild enough to show it."""
    chance = random.Random(3)
    lives = [life(chance) for _ in range(200)]

    assert sum(told_by(one, climb=broken) != plain_told(one) for one in lives) > 10


# --- Through the database ----------------------------------------------------------------


@pytest.fixture
def works(house):
    """Fills the places of the chain but those that are given."""
    places = {
        0: (member(house.city), house.city, Role.ANSWERER),
        1: (member(house.city, Role.LEAD), house.city, Role.LEAD),
        2: (member(house.province, Role.DUTY), house.province, Role.DUTY),
        3: (member(house.province, Role.LEAD), house.province, Role.LEAD),
    }

    def fill(empty):
        Membership.objects.all().delete()
        Membership.objects.bulk_create(
            Membership(person=person, organisation=body, role=role)
            for rung, (person, body, role) in places.items()
            if rung not in empty
        )

    return fill


def database_due(clock, at):
    match clock:
        case "first":
            return deadlines.first_reply_due(at, field="work", kind="help")
        case "sign":
            return deadlines.sign_due(at)
        case "next":
            return deadlines.next_step_due(at, field="work", kind="help")
    return deadlines.referral_due(at, Grade.ORDINARY)


def lived(question, one, works):
    """The life through the actions; what was told of it, rounds counted from 1."""
    before = Escalation.objects.count()
    base = own(question).round
    moved = 0
    for minute, event, value in one.ordered():
        at = one.begin + (minute + moved) * MINUTE
        match event:
            case "people":
                works(value)
            case "move":
                moved += value
            case "start":
                moving.start_clock(own(question), Clock.NEXT_STEP, database_due(value, at), at=at)
            case "stop":
                moving.stop_clock(own(question), at=at)
            case "resume" if not own(question).is_running:
                moving.resume_clock(own(question), at=at)
            case "run":
                actions.escalate_due(at=at)
    moving.stop_clock(own(question), at=at)
    rows = Escalation.objects.order_by("pk").values_list("round", "rung", "at", "told")[before:]
    return [(round_ - base, rung, when, not told) for round_, rung, when, told in rows]


@pytest.mark.django_db
@pytest.mark.databases
@pytest.mark.walk
def test_schedules_through_the_database(house, works, settings, capsys):
    many = far(40 if connection.vendor == "sqlite" else 20, 200)
    question, chance = ask(), random.Random(11)
    moving.stop_clock(own(question), at=MONDAY)
    began, steps, wrong = stopwatch.process_time(), 0, []
    for number in range(many):
        one = life(chance, crashes=False, most=1440)
        settings.ESCALATION_HOURS = list(one.hours)
        told = lived(question, one, works)
        steps += len(told)
        if told != plain_told(one):
            wrong.append(number)

    seconds = stopwatch.process_time() - began
    tell(
        capsys,
        f"{many} schedules through the database, {steps} steps told, {len(wrong)} wrong, "
        f"{seconds:.1f} s",
    )
    assert wrong == []
