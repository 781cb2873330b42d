"""Months begin by the house's clock, and years turn."""

from datetime import UTC, date, datetime, timedelta

from youthvoice.kit import months


def test_a_month_begins_at_midnight_of_the_house():
    first = datetime(2026, 3, 31, 16, tzinfo=UTC)

    assert months.begin(date(2026, 4, 1)) == first
    assert months.month_of(first) == date(2026, 4, 1)
    assert months.month_of(first - timedelta(seconds=1)) == date(2026, 3, 1)


def test_years_turn():
    assert months.next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert months.next_month(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert months.next_month(date(2026, 3, 1), -11) == date(2025, 4, 1)
