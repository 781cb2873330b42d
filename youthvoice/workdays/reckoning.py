"""Counting working time, over the published holidays and the operators' own days.

Everything here is pure: no database, no clock, no settings. Moments that come out are in UTC.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

import structlog
from chinese_calendar import holidays, workdays

from youthvoice.workdays.choices import Source
from youthvoice.workdays.estimate import guessed_days, law_days

#: Hours of a day, in order and apart: (from, to). 00:00 as the last `to` is the day's end, 24:00.
Spans = tuple[tuple[time, time], ...]

#: Years whose arrangement the package has. Its newest data may hold a day or two of the next
#: year, so that one day alone is no sign: the National Day stands for the whole.
PUBLISHED = frozenset(day.year for day in holidays if (day.month, day.day) == (10, 1))
#: Nothing of ours falls due later; a mistaken sum must not walk to the end of time.
_DAYS_MOST = 3660
_DAY = timedelta(days=1)
_NOTHING = timedelta(0)
_log = structlog.get_logger("youthvoice.workdays")


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked, and sums of working time. Never changes: ask for it anew.

    Published days are those of the State Council (国务院办公厅关于部分节假日安排的通知), as the
    package chinesecalendar has them: holidays, and weekends that are worked in exchange. Where
    it doesn't know a year, the list that operators entered of the notice stands for it. What
    they said of single days goes before both. In a year whose list nobody has, the days that
    are free by law are free, and those that probably are: an estimate. The first look at such a
    year in a process is an ERROR line in the log.
    """

    #: Days that operators say are worked, and those that they say are free.
    worked: frozenset[date]
    free: frozenset[date]
    #: The working hours of the house, where no others are given.
    hours: Spans
    zone: tzinfo
    #: Years whose list operators entered; its days are among `worked` and `free`.
    entered: frozenset[int] = frozenset()
    #: Years of which it does as if they weren't published, to see what was estimated.
    unseen: frozenset[int] = frozenset()

    def knows(self, year: int) -> bool:
        """Whether its holidays are published, in the package or in what operators entered."""
        return year in self.entered or (year in PUBLISHED and year not in self.unseen)

    def known_until(self, at: datetime) -> datetime:
        """The first moment, from the year of `at` on, of a year that it doesn't know."""
        year = self._day_of(_utc(at)).year
        while self.knows(year):
            year += 1
        return self._moment(date(year, 1, 1), time(0))

    def source(self, day: date) -> Source:
        """Where it is from whether a day is worked."""
        if day in self.worked or day in self.free:
            return Source.ENTERED
        if day.year not in self.unseen and (day in holidays or day in workdays):
            return Source.PUBLISHED
        if self.knows(day.year):
            return Source.ENTERED if day.year in self.entered else Source.PUBLISHED
        return Source.LAW if day in law_days(day.year) else Source.ESTIMATED

    def is_estimated(self, at: datetime) -> bool:
        """Whether what falls due then rests on a guess: the list of its year isn't there."""
        # A span's end at 24:00 is the next day's first moment.
        day = self._day_of(_utc(at) - timedelta(microseconds=1))
        return not self.knows(day.year) and self.source(day) != Source.ENTERED

    def is_workday(self, day: date) -> bool:
        """Raises TypeError for a datetime: which day that is depends on the zone."""
        if isinstance(day, datetime):
            raise TypeError("is_workday takes a date, not a moment")
        if day in self.worked:
            return True
        if day in self.free:
            return False
        if day.year in PUBLISHED and day.year not in self.unseen:
            return day in workdays or (day.weekday() < 5 and day not in holidays)
        if self.source(day) == Source.PUBLISHED:
            # A year's list may say of a day or two of the next.
            return day in workdays
        if day.weekday() >= 5 or day in law_days(day.year):
            return False
        if self.knows(day.year):
            return True
        _tell_unknown(day.year)
        return day not in guessed_days(day.year)

    def add_hours(
        self, at: datetime, hours: float | timedelta, spans: Spans | None = None
    ) -> datetime:
        """The moment at which so much working time has passed since `at`; `hours` or a timedelta.

        Counting begins at `at`, or where it lies outside at the next working moment. A span's
        end belongs to it: time that is used up there falls due there, not at the next start,
        and with no hours at all an end stays as it is. Exact, also to the microsecond of `at`.
        Raises ValueError for less than nothing, for a naive `at`, and beyond ten years.
        """
        left = hours if isinstance(hours, timedelta) else timedelta(hours=hours)
        if left < _NOTHING:
            raise ValueError(f"there are no {hours} hours to add")
        at = _utc(at)
        # From the day before: its span may end at 24:00, which is this day's first moment.
        day = self._day_of(at) - _DAY
        for _ in range(_DAYS_MOST):
            for start, end in self._open(day, spans):
                if end < at:
                    continue
                begin = max(start, at)
                if left <= end - begin:
                    return begin + left
                left -= end - begin
            day += _DAY
        raise ValueError(f"{hours} hours after {at} is more than ten years ahead")

    def add_days(self, at: datetime, days: int, spans: Spans | None = None) -> datetime:
        """The end of working hours on the `days`-th workday after the day of `at`.

        The rule: the day of `at`, by the house's clock, is day zero, whether it is worked or
        not and however late it is; the next workday after it is day one. So one day from a
        Friday's morning, a Friday's midnight, a Saturday or a Sunday is always the Monday's end.
        So has it the 民法典: the day on which a term begins doesn't count (第二百零一条), and where
        there are business hours it ends when they end (第二百零三条).
        Raises ValueError for less than one day, for a naive `at`, and beyond ten years.
        """
        if days < 1:
            raise ValueError(f"a term has at least one day, not {days}")
        day = self._day_of(_utc(at))
        for _ in range(_DAYS_MOST):
            day += _DAY
            if self.is_workday(day):
                days -= 1
                if not days:
                    return max(end for _, end in self._open(day, spans))
        raise ValueError(f"so many workdays after {at} are more than ten years")

    def working_time_between(
        self, a: datetime, b: datetime, spans: Spans | None = None
    ) -> timedelta:
        """How much working time lies between two moments; none where `b` is not after `a`.

        `working_time_between(at, add_hours(at, hours))` is `hours`: so a clock that is stopped
        keeps what was left of it. Raises ValueError for naive moments.
        """
        a, b = _utc(a), _utc(b)
        found = _NOTHING
        day, last = self._day_of(a), self._day_of(b)
        while day <= last:
            for start, end in self._open(day, spans):
                found += max(min(end, b) - max(start, a), _NOTHING)
            day += _DAY
        return found

    def _day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _open(self, day: date, spans: Spans | None) -> Iterator[tuple[datetime, datetime]]:
        """The working hours of a day as moments; none on a day that is free."""
        if not self.is_workday(day):
            return
        for start, end in self.hours if spans is None else spans:
            yield self._moment(day, start), self._moment(day if end > start else day + _DAY, end)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)


def _utc(at: datetime) -> datetime:
    """Sums are done here: two moments of one zone would be subtracted by their walls' clocks."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(UTC)


@cache
def _tell_unknown(year: int) -> None:
    """Once a year and process: a page must not fill the log."""
    _log.error("workdays.year_unknown", year=year, counted="by an estimate")
