"""What somebody can do who wants to do harm: docs/operating.md tells it, here it is counted."""

from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice

import pytest
from django.http import HttpResponse

from tests.docs.test_docs import OPERATING, bare, table
from tests.factories import MONDAY
from youthvoice.limits.actions import TooMany
from youthvoice.limits.choices import LIMITS, What
from youthvoice.limits.networks import COOKIE, WAIT, WIDER, Visit, Wait, ceilings, take

HEAD = (
    "what",
    "an ordinary browser",
    "one address",
    "a /24 of IPv4",
    "a /48 of IPv6",
    "before: browser or address",
    "before: a /24",
    "before: a /48",
)
HOUR = timedelta(hours=1)
ADDRESSES = {
    "one address": ["203.0.113.5"],
    "a /24 of IPv4": [f"203.0.113.{n}" for n in range(256)],
    "a /48 of IPv6": [f"2001:db8:1:{n:x}::" for n in range(300)],
}


def told():
    """By act: the numbers of its line."""
    rows = table(OPERATING, *HEAD)
    return {
        What(bare(row[0].rpartition("(")[2].rstrip(")"))): [
            int(n.replace(",", "")) for n in row[1:]
        ]
        for row in rows
    }


def gets_through(visit, what, at):
    """Whether one act passes for who waits when asked to. Raises TooMany."""
    try:
        take(visit, what, at=at)
    except Wait as wait:
        ticket = wait.mark(HttpResponse()).cookies[COOKIE].value
        take(replace(visit, ticket=ticket), what, at=at + WAIT)


def attack(what, addresses, *, browser=""):
    """All that passes within the hour, from addresses in turn: as fast as the house allows."""
    done, at, within = 0, MONDAY, LIMITS[what].within
    while at < MONDAY + HOUR:
        turns = cycle(addresses)
        for network in islice(turns, 100_000):
            try:
                gets_through(Visit(network, browser), what, at)
            except TooMany:
                break
            done += 1
        at += within + timedelta(minutes=1) - timedelta(seconds=at.second)
        if at >= MONDAY + HOUR - timedelta(minutes=5):
            break
    return done


@pytest.mark.parametrize("where", ADDRESSES)
@pytest.mark.parametrize("what", [What.ASK, What.SIGN_IN_NETWORK])
def test_what_a_script_does_in_an_hour_is_what_is_told(what, where):
    """It shows another browser each time, and waits when it is asked to."""
    expected = told()[what][HEAD.index(where) - 1]

    assert attack(what, ADDRESSES[where]) == expected


def test_what_an_ordinary_browser_does_in_an_hour_is_what_is_told():
    assert attack(What.ASK, ADDRESSES["one address"], browser="one") == told()[What.ASK][0]


def test_every_line_follows_from_the_table_of_limits():
    lines = told()

    assert set(lines) == {
        what for what, limit in LIMITS.items() if limit.each
    } - {What.OPENED, What.PICTURES, What.HELD, What.CHANGE_NAMELESS}  # fmt: skip
    for what, (browser, one, four, six, *before) in lines.items():
        limit = LIMITS[what]
        times = HOUR // limit.within
        most = ceilings(what, "203.0.113.5")[1]
        assert (browser, one) == (limit.each * times, most * times)
        assert four == six == most * times * WIDER
        assert before[1:] == [before[0] * 256, before[0] * 65_536]
