"""Pages by key: every row once, whatever ties there are and whatever arrives meanwhile."""

import math
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import MONDAY
from youthvoice.kit.paging import PAGE_SIZE, by_number, by_time, page

# By its name: a floor may not import the floors above it, and kit has no models.
Question = apps.get_model("questions", "Question")

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

KEYS = {
    "newest": by_time("asked_at"),
    "oldest": by_time("asked_at", descending=False),
    "hottest": by_number("hot"),
    "coolest": by_number("hot", descending=False),
}
#: Seven rows, with ties of three and two in both columns.
TIMES = [0, 1, 1, 1, 2, 3, 3]
HEATS = [0.1, -7.25, -7.25, 1e-300, 1e300, 0.1 + 0.2, 0.1 + 0.2]


def make(*rows):
    """Questions from pairs of minutes and heat."""
    return Question.objects.bulk_create(
        Question(
            kind="help",
            field="work",
            title=f"{minutes} {hot}",
            text="",
            asked_at=MONDAY + timedelta(minutes=minutes, microseconds=1),
            hot=hot,
        )
        for minutes, hot in rows
    )


def walk(key, *, size, between=lambda: None):
    """All pages one after another, as somebody who follows the links sees them."""
    pages, after = [], ""
    while True:
        found = page(Question.objects.all(), key=key, after=after, size=size)
        pages.append([q.pk for q in found.items])
        if not found.next_after:
            return pages
        assert len(pages) < 50, "the links lead in a ring"
        after = found.next_after
        between()


def in_order(key):
    sign = "-" if key.descending else ""
    rows = Question.objects.order_by(f"{sign}{key.column}", f"{sign}pk")
    return list(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
def test_every_row_comes_once_and_in_order_even_where_values_tie(name, size):
    make(*zip(TIMES, HEATS, strict=True))

    pages = walk(KEYS[name], size=size)

    assert list(chain(*pages)) == in_order(KEYS[name])
    assert [len(p) for p in pages[:-1]] == [size] * (len(pages) - 1)
    assert len(pages) == math.ceil(len(TIMES) / size)


@pytest.mark.parametrize("name", KEYS)
def test_rows_that_arrive_meanwhile_shift_nothing(name):
    there = [q.pk for q in make(*zip(TIMES, HEATS, strict=True))]
    expected = in_order(KEYS[name])
    # As first as can be in either direction, so that a page by number would repeat a row.
    ahead = (999, 1e305) if KEYS[name].descending else (-999, -1e305)

    seen = list(chain(*walk(KEYS[name], size=2, between=lambda: make(ahead))))

    assert [pk for pk in seen if pk in there] == expected
    assert len(seen) == len(expected)


def test_an_empty_list_is_one_empty_page():
    assert page(Question.objects.all(), key=KEYS["newest"]).items == []
    assert page(Question.objects.all(), key=KEYS["newest"]).next_after == ""


def test_a_full_last_page_leads_nowhere():
    make(*[(n, 0) for n in range(PAGE_SIZE)])

    found = page(Question.objects.all(), key=KEYS["newest"])

    assert (len(found.items), found.next_after) == (PAGE_SIZE, "")


@pytest.mark.parametrize("after", ["", "next"])
def test_a_page_is_one_query(after):
    make((0, 0), (1, 0), (2, 0))
    if after:
        after = page(Question.objects.all(), key=KEYS["newest"], size=1).next_after

    with CaptureQueriesContext(connection) as queries:
        page(Question.objects.all(), key=KEYS["newest"], after=after, size=1)

    assert len(queries) == 1


#: None of these was ever written by us.
HOSTILE = [
    "~", "~1", "1", "1~", "x~1", "1~x", "1~0", "1~-1", "1~9223372036854775808", "1~1e3", "1~1.5",
    "nan~1", "NaN~1", "-nan~1", "inf~1", "-inf~1", "Infinity~1", "1e999~1", "-1e999~1",
    "9" * 400 + "~1", "9" * 5000 + "~1", "1~" + "9" * 5000, "-" + "9" * 400 + "~1",
    "０x1~1", "问~题", "\u202e1~1\u202c!", "\ud800~1", "1~\udfff", "\x00~1", "1~\x00",
    "0x10~1", "1,5~1", "1~1~1", "' OR 1=1 --~1", "%s~1", "😀~😀",
]  # fmt: skip


@pytest.mark.parametrize("after", HOSTILE)
@pytest.mark.parametrize("name", ["newest", "hottest"])
def test_an_after_that_is_not_ours_begins_at_the_top(name, after):
    make((0, 0), (1, 1), (2, 2))

    found = page(Question.objects.all(), key=KEYS[name], after=after, size=2)

    assert [q.pk for q in found.items] == in_order(KEYS[name])[:2]


@pytest.mark.parametrize("after", ["253402300799999999~1", "-62135596800000000~1", "1e308~1"])
@pytest.mark.parametrize("name", KEYS)
def test_a_place_before_or_behind_all_rows_is_no_error(name, after):
    make((0, 0), (1, 1))

    found = page(Question.objects.all(), key=KEYS[name], after=after)

    assert len(found.items) in {0, 2}


@pytest.mark.parametrize("after", ["5e-324~1", "-0.0~1", "2.2250738585072014e-308~7"])
def test_the_smallest_numbers_are_places_too(after):
    make((0, 0.0), (1, 1.0))

    found = page(Question.objects.all(), key=KEYS["coolest"], after=after)

    assert [q.hot for q in found.items] in ([1.0], [0.0, 1.0])


class AnyText(TestCase):
    """Hypothesis wants its own transaction for each example."""

    @hypothesis_settings(max_examples=60, deadline=None)
    @given(
        st.text(max_size=30)
        | st.tuples(st.integers() | st.floats(), st.integers()).map(lambda t: f"{t[0]}~{t[1]}")
    )
    def test_no_after_at_all_is_an_error(self, after):
        make((0, 0), (1, 1))

        for key in KEYS.values():
            assert len(page(Question.objects.all(), key=key, after=after).items) <= 2


@given(
    st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(9999, 12, 30)),  # noqa: DTZ001
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_a_place_is_written_without_loss(moment, number):
    moment = moment.replace(tzinfo=UTC)
    time, heat = by_time("asked_at"), by_number("hot")

    assert time.read(time.write(moment)) == moment
    assert heat.read(heat.write(number)) == number
