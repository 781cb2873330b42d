"""Random lives of one clock, and who is told when, said as plainly and slowly as can be.

The reference shares nothing with what it checks: it walks every minute, looks up due dates in
a list of worked minutes, and keeps what was told in a set.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from youthvoice.workdays.tests import reference

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OFFICE = ((time(8, 30), time(12)), (time(14, 30), time(18)))
#: Around which lives begin: a leap day, year's ends, holidays, and years that nobody knows.
TURNS = (
    datetime(2024, 2, 28, 12, tzinfo=UTC),
    datetime(2025, 12, 31, 12, tzinfo=UTC),
    datetime(2026, 2, 15, 12, tzinfo=UTC),
    datetime(2026, 9, 30, 14, 10, tzinfo=UTC),
    datetime(2026, 12, 31, 12, tzinfo=UTC),
    # A leap day in a year whose holidays aren't published.
    datetime(2028, 2, 28, 12, tzinfo=UTC),
)
#: What a new clock counts to.
CLOCKS = ("first", "sign", "next", "five")
#: Who may be missing: without members there is no lead either.
EMPTIES = ((), (), (), (1,), (2,), (3,), (1, 2), (2, 3), (0, 1), (0, 1, 2, 3))


@dataclass
class Life:
    """What happens in which minute; `run` is the worker's, the rest is other people's."""

    begin: datetime
    length: int
    hours: tuple[int, ...]
    events: dict[int, list[tuple[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def ordered(self):
        """Each event with the minute in which it happens."""
        for minute in sorted(self.events):
            for event, value in self.events[minute]:
                yield minute, event, value


def life(chance: random.Random, *, crashes: bool = True, most: int = 4 * 1440) -> Life:
    turn = chance.choice(TURNS) + chance.randrange(-2 * 1440, 1440) * MINUTE
    made = Life(
        begin=turn,
        length=chance.choice([most // 4, most // 2, most]),
        hours=chance.choice([(0, 2, 4, 8), (0, 1, 2, 3), (1, 5, 24, 48)]),
    )
    at, events = (lambda: chance.randrange(made.length)), made.events
    events[0] = [("people", chance.choice(EMPTIES)), ("start", chance.choice(CLOCKS))]
    for _ in range(chance.randrange(7)):
        event = chance.choice(["start", "stop", "stop", "resume", "resume", "move", "people"])
        value = {
            "start": chance.choice(CLOCKS),
            "move": chance.choice([-1440, 1440, -60, 60]),
            "people": chance.choice(EMPTIES),
        }.get(event)
        events[at()].append((event, value))
    every, sleeps, wakes = chance.choice([7, 30, 90, 300]), at(), at()
    minute = chance.randrange(every)
    while minute < made.length:
        if not sleeps < minute < wakes:
            cut = chance.randrange(1, 4) if crashes and chance.random() < 0.05 else None
            events[minute].append(("run", cut))
            if chance.random() < 0.1:  # a second worker
                events[minute].append(("run", None))
        minute += chance.randrange(1, 2 * every)
    # Long afterwards, so that whatever was missed shows.
    events[made.length + 40 * 1440] = [("run", None)]
    return made


@cache
def _worked() -> list[datetime]:
    return reference.worked_minutes(date(2024, 2, 20), date(2024, 4, 30), OFFICE, {}) + [
        minute
        for first, last in (
            (date(2025, 12, 20), date(2026, 4, 30)),
            (date(2026, 9, 20), date(2027, 3, 31)),
            (date(2028, 2, 20), date(2028, 4, 30)),
        )
        for minute in reference.worked_minutes(first, last, OFFICE, {})
    ]


def plain_due(clock: str, at: datetime) -> datetime:
    if clock in ("first", "sign"):
        due = reference.add_hours(_worked(), at, 2 * HOUR)
        return min(due, at + DAY) if clock == "first" else due
    return reference.add_days(at, 5 if clock == "five" else 1, OFFICE, {})


def plain_told(one: Life) -> list[tuple[int, int, datetime, bool]]:
    """Round, rung, by the machine's time when, and whether nobody was there: minute by minute."""
    told: list[tuple[int, int, datetime, bool]] = []
    done: dict[tuple[int, int], bool] = {}
    handed: dict[int, datetime] = {}
    moved, round_, due, left, runs = 0, 0, one.begin, timedelta(0), False
    empty: Any = ()
    last = max(one.events)
    minute = 0
    while minute <= last:
        for event, value in one.events.get(minute, ()):
            now = one.begin + (minute + moved) * MINUTE
            if event == "people":
                empty = value
            elif event == "move":
                moved += value
            elif event == "start":
                round_, due, runs, handed = round_ + 1, plain_due(value, now), True, {}
            elif event == "stop" and runs:
                runs = False
                left = reference.working_time(_worked(), now, due) if now < due else timedelta(0)
            elif event == "resume" and not runs:
                runs, due, handed = True, reference.add_hours(_worked(), now, left), {}
            elif event == "run" and runs:
                steps = 0
                for rung in range(4):
                    if (round_, rung) in done:
                        continue
                    moment = handed.get(rung, due + one.hours[rung] * HOUR)
                    if now < moment or steps == value:
                        break
                    done[round_, rung] = rung in empty
                    if rung in empty:
                        handed[rung + 1] = moment
                    told.append((round_, rung, now, rung in empty))
                    steps += 1
        minute += 1
        if minute == one.length:
            # Nothing happens but the last run.
            minute = last
    return told
