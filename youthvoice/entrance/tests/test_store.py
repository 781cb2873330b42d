"""What is kept stays within its bounds, and when what it shows has changed."""

import time
from itertools import pairwise

from youthvoice.entrance.page import Drawn, Page
from youthvoice.entrance.store import Store
from youthvoice.entrance.surrogates import Board
from youthvoice.kit.public import Keeping, Note

PLAIN = Keeping(parameters=("show", "after"), keys=("lists",))

# --- Bounds ----------------------------------------------------------------------------------


def a_page(size=1000):
    body = bytes(range(256)) * (size // 256 + 1)
    return Page(PLAIN, Drawn(200, [], body), Note(), begun=time.monotonic_ns())


def test_a_hundred_thousand_made_up_addresses_push_nothing_out_that_is_wanted():
    store = Store(1_000_000)
    page = a_page()
    hot = [f"/q/{number}/" for number in range(100)]
    for key in hot:
        store.put(key, a_page())
        assert store.get(key) is not None

    for number in range(100_000):
        page = Page.__new__(Page)
        page.size, page.begun, page.is_wanted, page.given = 4000, 1, False, 0
        store.put(f"/?after={number}", page)
        assert store.size <= 1_000_000

    assert all(store.get(key) for key in hot)
    # Control: they do push out each other.
    assert len(store) < 300


def test_what_is_wanted_is_bounded_too():
    store = Store(100_000)
    for number in range(200):
        store.put(number, a_page())
        store.get(number)

    assert store.size <= 100_000
    assert store.get(199) is not None
    assert store.get(0) is None


def test_one_large_page_is_not_worth_all_the_others():
    store = Store(50_000)
    large = a_page()
    large.size = 10_000
    store.put("large", large)

    assert len(store) == 0


def test_a_later_drawing_is_not_replaced_by_an_earlier_one():
    store = Store(100_000)
    earlier, later = a_page(), a_page()
    store.put("/", later)
    store.put("/", earlier)

    assert store.get("/") is later
    assert store.size == later.size


# --- The board -------------------------------------------------------------------------------


def test_no_two_moments_are_alike(tmp_path):
    board = Board(tmp_path / "board")
    moments = []
    for _ in range(1000):
        board.change(["q1"], at_once=False)
        moments.append(board.latest)

    assert all(one < other for one, other in pairwise(moments))


def test_a_change_is_seen_by_another_process_of_the_machine(tmp_path):
    ours, theirs = Board(tmp_path / "board"), Board(tmp_path / "board")
    places, begun = Board.places(["q7"]), time.monotonic_ns()
    assert not ours.changed_since(places, begun, at_once=True)

    theirs.change(["q7"], at_once=True)

    assert ours.changed_since(places, begun, at_once=True)
    assert not ours.changed_since(places, begun, at_once=False)
    assert not ours.changed_since(Board.places(["q8"]), begun, at_once=True)
    assert ours.latest == theirs.latest


def test_moments_of_before_the_machine_was_started_anew_mend_themselves(tmp_path):
    board = Board(tmp_path / "board")
    places = Board.places(["q7"])
    for place in places:
        board._moments[place] = time.monotonic_ns() + 10**15

    assert board.changed_since(places, time.monotonic_ns(), at_once=False)
    time.sleep(0.001)
    assert not board.changed_since(places, time.monotonic_ns(), at_once=False)
