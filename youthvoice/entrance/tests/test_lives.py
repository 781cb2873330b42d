"""How long a kept page lives: as long as it reads the same by the clock, and tells what came."""

from datetime import timedelta

import pytest

from youthvoice.entrance.page import SECOND, Drawn, Page
from youthvoice.entrance.tests.playing import PLAIN, House, run
from youthvoice.kit import clock
from youthvoice.kit.public import Note
from youthvoice.kit.templatetags.kit_tags import ago, due, waited


@pytest.fixture
def house(tmp_path, monkeypatch):
    return House(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("left", "life"),
    [(None, 600), (timedelta(hours=2), 600), (timedelta(seconds=200), 200), (timedelta(0), 60)],
)
def test_a_page_lives_for_as_long_as_it_reads_the_same(left, life):
    until = None if left is None else clock.glance() + left

    page = Page(PLAIN, Drawn(200, [], b"x"), Note(until=until), begun=0)

    assert 0.89 * life < page.until / SECOND < 1.11 * life


def until_of(draw):
    with clock.watched() as watched:
        draw()
    return watched.until


@pytest.mark.parametrize(
    ("since", "left"),
    [
        (timedelta(seconds=20), timedelta(seconds=40)),
        (timedelta(minutes=5, seconds=20), timedelta(seconds=40)),
        (timedelta(hours=5, minutes=20), timedelta(minutes=40)),
        (timedelta(days=1), timedelta(hours=10)),
        (timedelta(days=400), timedelta(hours=10)),
    ],
)
def test_words_that_tell_the_time_say_how_long_they_stand(monkeypatch, since, left):
    at = clock.start_of_day(clock.glance()) + timedelta(hours=14)
    monkeypatch.setattr(clock.timezone, "now", lambda: at)

    until = until_of(lambda: ago(at - since))

    assert until == at + left
    # Control: by then it reads otherwise, if only because a year may have begun.
    monkeypatch.setattr(clock.timezone, "now", lambda: until)
    later = ago(at - since)
    monkeypatch.setattr(clock.timezone, "now", lambda: until - timedelta(seconds=1))
    assert later != ago(at - since) or since > timedelta(days=2)


@pytest.mark.parametrize(
    ("since", "left"),
    [
        (timedelta(minutes=5, seconds=20), timedelta(seconds=40)),
        (timedelta(days=2, minutes=20), timedelta(minutes=40)),
        (timedelta(days=12, hours=4), timedelta(hours=20)),
    ],
)
def test_a_wait_says_how_long_its_words_stand(monkeypatch, since, left):
    at = clock.glance()
    monkeypatch.setattr(clock.timezone, "now", lambda: at)

    until = until_of(lambda: waited(at - since))

    assert until == at + left
    told = waited(at - since)
    for later, same in ((left - timedelta(seconds=1), True), (left, False)):
        monkeypatch.setattr(clock.timezone, "now", lambda later=later: at + later)
        assert (waited(at - since) == told) is same


def test_a_deadline_reads_the_same_until_midnight(monkeypatch):
    at = clock.start_of_day(clock.glance()) + timedelta(hours=14)
    monkeypatch.setattr(clock.timezone, "now", lambda: at)

    assert until_of(lambda: due(at + timedelta(hours=3))) == at + timedelta(hours=10)


def test_who_asks_what_time_it_is_stands_a_minute_and_the_shortest_counts(monkeypatch):
    at = clock.start_of_day(clock.glance()) + timedelta(hours=14)
    monkeypatch.setattr(clock.timezone, "now", lambda: at)

    def draw():
        clock.today()
        clock.now()
        clock.today()

    assert until_of(draw) == at + timedelta(minutes=1)
    assert until_of(lambda: None) is None
    # Outside nobody notes anything.
    clock.now()
    assert until_of(lambda: None) is None


@pytest.mark.parametrize(
    ("key", "at_once", "drawn"),
    [("q1", False, 2), ("q2", False, 1), ("q2", True, 2), ("lists", False, 2), ("all", False, 2)],
)
def test_what_a_page_only_leads_to_changes_it_when_words_leave(
    house, monkeypatch, key, at_once, drawn
):
    monkeypatch.setattr("youthvoice.entrance.cache.SOFT", 0)
    house.shows, house.about = "/q/1/ and /q/2/", ["q1"]

    async def story():
        await house.visit()
        house.board.change([key], at_once=at_once)
        return await house.visit()

    run(story())

    assert house.count == drawn
