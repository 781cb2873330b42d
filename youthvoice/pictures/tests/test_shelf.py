"""What waits for a form: how long, how much, and that nothing of it leads to anybody."""

from datetime import timedelta

import pytest

from youthvoice.clock import registry
from youthvoice.kit import clock
from youthvoice.pictures import shelf
from youthvoice.pictures.child import Made
from youthvoice.pictures.shelf import Full, Shelf

HOUR = timedelta(hours=1)
KEY, BROWSER = "a" * 32, "b" * 32


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.HELD_ROOT = tmp_path / "held"
    return settings.HELD_ROOT


def made(words="full"):
    return Made((3, 2, 1, 1), words.encode(), b"small")


def held(at, key=KEY, browser=BROWSER):
    return [one.made for one in Shelf(key, browser).held(at=at)]


def test_what_was_put_comes_back_in_its_order_and_once():
    now = clock.now()
    first = Shelf(KEY, BROWSER).put([made("b"), made("a"), made("b")], at=now)
    again = Shelf(KEY, BROWSER).put([made("c"), made("b")], at=now)

    assert held(now) == [made("b"), made("a"), made("c")]
    assert again[1] == first[0]


@pytest.mark.parametrize(
    ("key", "browser"), [("c" * 32, BROWSER), (KEY, "c" * 32), (KEY, ""), ("", "")]
)
def test_only_both_keys_together_open_it(key, browser):
    now = clock.now()
    Shelf(KEY, BROWSER).put([made()], at=now)

    assert held(now, key, browser) == []


@pytest.mark.parametrize(
    ("signs", "looked", "there"),
    [
        ([], 0.9, True),
        ([], 1.2, False),
        ([0.9], 1.8, True),
        ([0.9], 2.2, False),
        ([1.3], 1.4, False),  # too late for a sign of life
        ([0.9, 1.8, 2.7], 2.9, True),
        ([0.9, 1.8, 2.7, 3.1], 3.3, False),  # the longest
    ],
)
def test_it_goes_an_hour_after_the_last_sign_of_life_and_after_three(root, signs, looked, there):
    now = clock.now()
    Shelf(KEY, BROWSER).put([made()], at=now)
    for after in signs:
        shelf.purge(at=now + after * HOUR)
        Shelf(KEY, BROWSER).touch(at=now + after * HOUR)

    shelf.purge(at=now + looked * HOUR)

    assert bool(held(now + looked * HOUR)) == there
    assert any(path.is_file() for path in root.rglob("*-*")) == there


def test_what_is_over_is_not_shown_before_it_is_purged_and_not_revived():
    now = clock.now()
    Shelf(KEY, BROWSER).put([made("old")], at=now)
    later = now + 2 * HOUR

    assert held(later) == []
    Shelf(KEY, BROWSER).put([made("new")], at=later)
    assert held(later) == [made("new")]


def test_all_together_are_bound_and_what_is_over_makes_room(settings):
    now = clock.now()
    settings.HELD_BYTES_MOST = 100
    Shelf(KEY, BROWSER).put([made("x" * 40)], at=now)

    with pytest.raises(Full):
        Shelf("c" * 32, BROWSER).put([made("y" * 40)], at=now)
    assert held(now, "c" * 32) == []
    Shelf("c" * 32, BROWSER).put([made("y" * 40)], at=now + 2 * HOUR)
    assert held(now + 2 * HOUR, "c" * 32) == [made("y" * 40)]


def test_neither_names_nor_times_nor_modes_tell_anything(root):
    now = clock.now()
    Shelf(KEY, BROWSER).put([made("one"), made("two")], at=now)
    Shelf("c" * 32, BROWSER).put([made("one")], at=now)

    assert list(shelf.strange(at=now)) == []
    paths = [path for path in root.rglob("*") if path.name != ".lock"]
    assert {path.stat().st_mtime % 600 for path in paths} == {0}
    assert {path.stat().st_mode & 0o077 for path in [root, *paths]} == {0}
    names = " ".join(str(path.relative_to(root)) for path in paths)
    assert not any(key in names for key in (KEY, BROWSER))
    # The same picture in two forms has two names.
    files = [path.name[4:] for path in paths if path.is_file()]
    assert len(files) == len(set(files)) == 3


def test_the_worker_erases_what_was_left():
    [step] = [step for step in registry.steps() if step.name == "pictures.held"]
    now = clock.now()
    Shelf(KEY, BROWSER).put([made()], at=now)

    assert step.every <= timedelta(minutes=10)
    assert step.work(at=now) == 0
    assert step.work(at=now + 2 * HOUR) == 1
