"""Times and numbers as people say them, at the borders of each way of saying."""

from datetime import UTC, datetime, timedelta

import pytest

from youthvoice.kit import clock
from youthvoice.kit.templatetags import kit_tags

#: A Thursday in July, 15:30 in Zhengzhou.
NOW = datetime(2026, 7, 2, 7, 30, tzinfo=UTC)
MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "—"),
        (-5, "不到 1 分钟"),
        (0, "不到 1 分钟"),
        (MINUTE - 0.1, "不到 1 分钟"),
        (MINUTE, "1 分钟"),
        (HOUR - 1, "59 分钟"),
        (HOUR, "1 小时"),
        (HOUR + MINUTE, "1 小时 1 分"),
        (DAY - 1, "23 小时 59 分"),
        (DAY, "1 天"),
        (DAY + HOUR, "1 天 1 小时"),
        (10 * DAY - 1, "9 天 23 小时"),
        (10 * DAY, "10 天"),
        (10 * DAY + 5 * HOUR, "10 天"),
        (400 * DAY, "400 天"),
    ],
)
def test_a_duration_has_two_units_at_most(seconds, words):
    assert kit_tags.duration(seconds) == words


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(hours=-1), "刚刚"),
        (timedelta(seconds=59), "刚刚"),
        (timedelta(seconds=60), "1 分钟前"),
        (timedelta(minutes=59, seconds=59), "59 分钟前"),
        (timedelta(hours=1), "1 小时前"),
        (timedelta(hours=15, minutes=30), "15 小时前"),
        (timedelta(hours=15, minutes=31), "昨天 23:59"),
        (timedelta(days=1, hours=15, minutes=30), "昨天 00:00"),
        (timedelta(days=1, hours=15, minutes=31), "2 天前"),
        (timedelta(days=6), "6 天前"),
        (timedelta(days=7), "6月25日"),
        (timedelta(days=182, hours=15, minutes=30), "1月1日"),
        (timedelta(days=182, hours=15, minutes=31), "2025年12月31日"),
    ],
)
def test_how_long_ago_by_the_calendar_of_here(before, words):
    assert kit_tags.ago(NOW - before) == words


def test_just_after_midnight_minutes_are_still_minutes(monkeypatch):
    midnight = datetime(2026, 7, 1, 16, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: midnight)

    assert kit_tags.ago(midnight - timedelta(minutes=59)) == "59 分钟前"
    assert kit_tags.ago(midnight - timedelta(minutes=60)) == "昨天 23:00"


def test_no_time_says_nothing():
    assert (kit_tags.ago(None), kit_tags.waited(None), kit_tags.clock_time(None)) == ("", "", "")


def test_waiting_is_told_up_to_now():
    assert kit_tags.waited(NOW - timedelta(hours=2, minutes=10)) == "2 小时 10 分"


def test_the_whole_time_is_that_of_here():
    assert kit_tags.clock_time(datetime(2026, 7, 2, 1, 5, tzinfo=UTC)) == "2026年7月2日 09:05"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (999, "999"),
        (9_999, "9,999"),
        (10_000, "1 万"),
        (10_499, "1 万"),
        (10_600, "1.1 万"),
        (128_000, "12.8 万"),
        (100_000, "10 万"),
        (3_995_000, "399.5 万"),
    ],
)
def test_large_numbers_are_told_in_ten_thousands(value, words):
    assert kit_tags.short_number(value) == words


def here(text):
    """A moment by the house's clock."""
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        # From Thursday, 2 July 2026, 15:30.
        ("2026-07-02 16:00", "今天 16:00"),
        ("2026-07-02 00:00", "今天 00:00"),
        ("2026-07-02 23:59", "今天 23:59"),
        ("2026-07-03 00:00", "明天 00:00"),
        ("2026-07-04 10:30", "后天 10:30"),
        ("2026-07-05 23:59", "周日 23:59"),
        ("2026-07-06 00:00", "下周一 00:00"),
        ("2026-07-12 23:59", "下周日 23:59"),
        ("2026-07-13 00:00", "7月13日 00:00"),
        ("2026-12-31 23:59", "12月31日 23:59"),
        ("2027-01-01 00:00", "2027年1月1日 00:00"),
        ("2026-07-01 18:00", "昨天 18:00"),
        ("2026-06-30 18:00", "6月30日 18:00"),
        ("2025-12-31 23:59", "2025年12月31日 23:59"),
    ],
)
def test_a_deadline_is_told_by_its_day_and_hour(at, words):
    assert kit_tags.due(here(at)) == words


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-07-03 18:00", "下周三 10:00"),
        ("2026-07-05 23:59", "下周三 10:00"),
        ("2026-07-06 00:00", "后天 10:00"),
    ],
)
def test_a_week_begins_on_its_monday(monkeypatch, now, words):
    monkeypatch.setattr(clock, "now", lambda: here(now))

    assert kit_tags.due(here("2026-07-08 10:00")) == words


def test_no_deadline_is_no_words():
    assert kit_tags.due(None) == ""
