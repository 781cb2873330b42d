"""Many clients of the staff who all take the oldest cases, and a look at what came of it."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection, connections

from tests.factories import MONDAY
from youthvoice.cases import actions
from youthvoice.cases.actions import SomebodyWasFirst
from youthvoice.cases.choices import Clock, LaneKind, LaneState, State, StepKind
from youthvoice.cases.models import Case, Lane, Step
from youthvoice.journal.models import Entry
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.people.models import User
from youthvoice.questions.models import Question

PATIENCE = 120
_CHUNK = 500


@dataclass
class Outcome:
    """What the clients were told: each case with whoever was told that they have it."""

    told: list[tuple[int, int]] = field(default_factory=list)
    #: How often a client was told that somebody was first.
    late: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.told + other.told, self.late + other.late)


def staff(body: Organisation, many: int) -> list[User]:
    people = User.objects.bulk_create(
        User(username=f"racer{n}", nickname=f"赛{n}", password="!") for n in range(many)
    )
    Membership.objects.bulk_create(
        Membership(person=person, organisation=body) for person in people
    )
    return people


def waiting(body: Organisation, many: int) -> None:
    """So many cases that wait at the body, as asking makes them, but quickly and unrecorded."""
    for first in range(0, many, _CHUNK):
        numbers = range(first, min(first + _CHUNK, many))
        asked = Question.objects.bulk_create(
            Question(
                kind="help",
                field="work",
                title=f"第 {n} 个",
                text="…",
                is_nameless=True,
                asked_at=MONDAY + timedelta(seconds=n),
            )
            for n in numbers
        )
        cases = Case.objects.bulk_create(
            Case(
                question=one,
                holder=body,
                held_at=one.asked_at,
                waiting_since=one.asked_at,
                first_due_at=one.asked_at,
            )
            for one in asked
        )
        due = timedelta(hours=2)
        Lane.objects.bulk_create(
            Lane(
                case=case,
                kind=LaneKind.LEAGUE,
                is_own=True,
                holder=body,
                since=case.held_at,
                clock=Clock.FIRST_REPLY,
                due_at=case.held_at + due,
                escalate_at=case.held_at + due,
                moved_at=case.held_at,
            )
            for case in cases
        )
        Step.objects.bulk_create(
            Step(case=case, kind=StepKind.ASKED, at=case.held_at) for case in cases
        )


def run(
    clients: Iterable[User],
    body: Organisation,
    *,
    seen: int,
    start: Callable[[], object],
    most: int | None = None,
) -> Outcome:
    """Each client, in a thread of its own, claims until nothing is left, or `most` times.

    It looks at the `seen` oldest that nobody has and takes one of them. All begin together
    once they have looked.
    """
    people = list(clients)

    def one(person: User) -> Outcome:
        chance, found = random.Random(person.pk), Outcome()
        try:
            lane = _look(body, seen, chance)
            start()
            tries = 0
            while lane is not None and (most is None or tries < most):
                tries += 1
                try:
                    actions.claim(lane=lane, by=person, at=MONDAY + timedelta(hours=1))
                    found.told.append((lane.case_id, person.pk))
                except SomebodyWasFirst:
                    found.late += 1
                lane = _look(body, seen, chance)
        finally:
            connections.close_all()
        return found

    with ThreadPoolExecutor(len(people)) as pool:
        return sum(pool.map(one, people), Outcome())


def _look(body: Organisation, seen: int, chance: random.Random) -> Lane | None:
    connection.ensure_connection()
    free = Lane.objects.filter(holder=body, state=LaneState.ASKED, is_own=True)
    oldest = list(free.order_by("due_at", "pk").values_list("pk", flat=True)[:seen])
    if not oldest:
        return None
    lanes = Lane.objects.select_related("case__question", "holder")
    return lanes.get(pk=chance.choice(oldest))


def barrier(many: int) -> Callable[[], object]:
    meeting = threading.Barrier(many)
    return lambda: meeting.wait(PATIENCE)


@dataclass(frozen=True)
class Verdict:
    claims: int
    #: Cases of which two clients were told that they have them.
    doubles: int
    #: Cases that a client was told to have and doesn't, or without one entry and one line.
    lost: int


def judge(found: Outcome) -> Verdict:
    """By the rows as they are now."""
    told = set(found.told)
    owners = dict(
        Lane.objects.filter(is_own=True, state=LaneState.MOVING, case__state=State.HELD)
        .exclude(person=None)
        .values_list("case", "person")
    )
    lines = Counter(Step.objects.filter(kind=StepKind.CLAIMED).values_list("case", flat=True))
    lanes = dict(Lane.objects.filter(is_own=True).values_list("pk", "case"))
    subjects = Entry.objects.filter(verb="case.claimed").values_list("subject", "actor")
    entries = Counter((lanes[int(subject.partition(":")[2])], actor) for subject, actor in subjects)
    cases = Counter(case for case, _person in told)
    lost = {
        case
        for case, person in told
        if owners.get(case) != person or lines[case] != 1 or entries[case, person] != 1
    }
    # Nor may anything have happened that no client was told of.
    lost |= set(owners) - set(cases) | set(lines) - set(cases)
    return Verdict(len(told), sum(many > 1 for many in cases.values()), len(lost))
