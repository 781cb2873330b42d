"""Months begin by the house's clock, and years turn."""

from datetime import UTC, date, datetime, timedelta

import pytest

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


class Counted:
    def __init__(self, year, month, count):
        self.first, self.count = date(year, month, 1), count


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([3, 0, 0, 0, 2], [3, "2025年11月到2026年1月", 2]),
        ([0, 0, 5, 0, 4], ["2026年1月到2月", 5, "2025年11月", 4]),
        ([0, 0, 0, 0, 0], ["2025年10月到2026年2月"]),
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ([], []),
    ],
)
def test_months_of_zeros_are_one_line(counts, shown):
    latest = date(2026, 2, 1)
    firsts = [months.next_month(latest, -n) for n in range(len(counts))]
    rows = [Counted(f.year, f.month, n) for f, n in zip(firsts, counts, strict=True)]

    found = months.folded(rows, is_quiet=lambda row: not row.count)

    assert [getattr(row, "count", None) or row.name for row in found] == shown
