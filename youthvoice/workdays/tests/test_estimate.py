"""Years without a list: what is free by law, what is guessed, and that it is told as a guess."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from youthvoice.workdays.choices import Source
from youthvoice.workdays.estimate import guessed_days, law_days
from youthvoice.workdays.reckoning import PUBLISHED
from youthvoice.workdays.tests.test_reckoning import PLAIN, UNKNOWN, calendar, local, told

__all__ = ["told"]


def entered(overrides, *years):
    return replace(calendar(overrides), entered=frozenset(years))


def days_of(year):
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365)]


def test_a_single_day_that_is_entered_makes_no_year_known():
    some = calendar({date(UNKNOWN, 3, 2): False})

    assert not some.knows(UNKNOWN)
    assert not some.is_workday(date(UNKNOWN, 3, 2))
    # The festivals that nobody has entered are free all the same.
    assert not some.is_workday(date(UNKNOWN, 10, 2))


def test_a_list_that_is_entered_makes_its_year_known(told):
    days = {date(UNKNOWN, 3, 2): False, date(UNKNOWN, 1, 7): True}
    known = entered(days, UNKNOWN)

    assert (known.knows(UNKNOWN), known.knows(UNKNOWN + 1)) == (True, False)
    assert not known.is_workday(date(UNKNOWN, 3, 2))
    assert known.is_workday(date(UNKNOWN, 1, 7))
    # By law, whatever a list lacks; but no guess is left.
    assert not known.is_workday(date(UNKNOWN, 10, 2))
    guesses = guessed_days(UNKNOWN) - set(law_days(UNKNOWN))
    assert guesses
    assert all(known.is_workday(day) for day in guesses if day.weekday() < 5)
    assert told == []


#: Their dates stand in the calendars of both years; the notices are of later.
SPRING = {
    2027: (date(2027, 2, 5), date(2027, 2, 8)),
    2028: (date(2028, 1, 25), date(2028, 1, 28)),
}


@pytest.mark.parametrize("year", SPRING)
def test_the_spring_festival_of_a_year_without_a_list_is_no_working_time(year):
    eve, third = SPRING[year]
    days = [eve + timedelta(days=n) for n in range((third - eve).days + 1)]
    without = replace(PLAIN, unseen=frozenset({year}))

    assert not any(without.is_workday(day) for day in days)
    assert {without.source(day) for day in days} == {Source.LAW}
    # Monday to Friday would have made a workday of each of these.
    assert [day for day in days if day.weekday() < 5]


def test_days_in_lieu_are_guessed_and_no_weekend_is_worked():
    without = replace(PLAIN, unseen=frozenset({2027}))
    free = {date(2027, 2, 9), date(2027, 2, 10), date(2027, 5, 3), date(2027, 10, 5)}
    weekends = [day for day in days_of(2027) if day.weekday() >= 5]

    assert not any(without.is_workday(day) for day in [*free, *weekends])
    assert {without.source(day) for day in free} == {Source.ESTIMATED}


@pytest.mark.parametrize("year", [2027, 2028, 2090, 2150])
def test_the_laws_thirteen_days_are_free_in_every_year_to_come(year):
    law = law_days(year)
    names = "、".join(law.values())

    assert all(not PLAIN.is_workday(day) for day in law)
    assert {date(year, 1, 1), date(year, 5, 2), date(year, 10, 3)} <= set(law)
    if year < 2100:  # for later ones nobody has reckoned the moon
        assert 12 <= len(law) <= 13
        assert all(name in names for name in ("除夕", "春节", "清明", "端午", "中秋", "国庆"))


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_laws_days_are_those_of_the_lists_since_the_law_has_them(year):
    assert all(not PLAIN.is_workday(day) for day in law_days(year))


def test_the_source_of_each_day_is_told():
    days = {date(2026, 3, 4): False, date(UNKNOWN, 3, 3): False}
    known, unknown = entered(days, UNKNOWN), calendar(days)

    assert known.source(date(2026, 3, 3)) == Source.PUBLISHED
    assert known.source(date(2026, 10, 1)) == Source.PUBLISHED
    assert known.source(date(2026, 3, 4)) == Source.ENTERED
    assert {known.source(date(UNKNOWN, *day)) for day in [(3, 3), (3, 4)]} == {Source.ENTERED}
    assert unknown.source(date(UNKNOWN, 3, 4)) == Source.ESTIMATED
    assert unknown.source(date(UNKNOWN, 10, 1)) == Source.LAW


def test_what_falls_due_in_an_unknown_year_is_an_estimate():
    last = max(PUBLISHED)
    new_year = local(1, 1, year=last + 1)

    assert not PLAIN.is_estimated(new_year)  # 24:00 of the last day that is known
    assert PLAIN.is_estimated(new_year + timedelta(microseconds=1))
    assert PLAIN.is_estimated(local(3, 2, 18, year=last + 1))
    assert not PLAIN.is_estimated(local(3, 2, 18, year=last))
    assert not entered({}, last + 1).is_estimated(local(3, 2, 18, year=last + 1))
    assert PLAIN.known_until(local(3, 2)) == new_year
    assert entered({}, last + 1).known_until(local(3, 2)) == local(1, 1, year=last + 2)
    assert PLAIN.known_until(local(3, 2, year=UNKNOWN)) == local(1, 1, year=UNKNOWN)
