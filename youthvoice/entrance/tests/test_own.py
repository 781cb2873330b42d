"""A person's own pieces in the page cache: whom they are given to, and when no more.

The house behind it is played (playing.py). How it behaves with the real one is in tests/pages/.
"""

import asyncio
import time

import pytest

from youthvoice.entrance import own, wrote
from youthvoice.entrance.nonces import person_name, place_of, session_name
from youthvoice.entrance.page import SECOND, Drawn, Page
from youthvoice.entrance.store import Store
from youthvoice.entrance.surrogates import ALL
from youthvoice.entrance.tests.playing import PLAIN, House, Visitor, run
from youthvoice.kit.public import Note

PIECE = "/me/q/1/"
MINE = "sessionid=abc; csrftoken=t; yv_reader=r"


@pytest.fixture
def house(tmp_path, monkeypatch):
    made = House(tmp_path, monkeypatch)
    made.unknown = False
    return made


def texts(house, *cookies, path=PIECE):
    async def all_of_them():
        return [await house.visit(path, cookie=cookie) for cookie in cookies]

    return [one.text if one.is_served else None for one in run(all_of_them())]


def test_a_piece_is_drawn_once_and_given_only_to_the_very_cookies_it_was_drawn_with(house):
    others = (
        "sessionid=abd; csrftoken=t; yv_reader=r",
        "sessionid=abc; csrftoken=u; yv_reader=r",
        "sessionid=abc; csrftoken=t; yv_reader=r; yv_own=1",
        "sessionid=abc; csrftoken=t",
        "csrftoken=t; sessionid=abc; yv_reader=r",
    )

    found = texts(house, MINE, MINE, *others, MINE)

    assert found == [
        "1 /q/1/", "1 /q/1/", "2 /q/1/", "3 /q/1/", "4 /q/1/", "5 /q/1/", "6 /q/1/", "1 /q/1/",
    ]  # fmt: skip
    # Each was read, drawn or not.
    assert len(house.seen) == 8


@pytest.mark.parametrize(
    "cookies",
    [
        "csrftoken=t; else=1",
        "sessionid=abc; sessionid=abd",
        "sessionid=",
        "sessionid=a%20b",
        "sessionid=abc; yv_awake=1",
        "sessionid=abc; messages=1",
        "sessionid=abc; yv_receipts=1",
        f"sessionid=abc; long={'x' * 2000}",
    ],
)
def test_who_has_no_session_or_more_than_that_is_left_to_django(house, cookies):
    assert texts(house, cookies, cookies) == [None, None]
    assert house.count == 0


def test_what_the_view_does_not_allow_is_given_once_and_then_left_to_django(house):
    house.note_own = ""
    assert texts(house, MINE, MINE, MINE) == ["1 /q/1/", None, None]
    assert len(house.seen) == 1
    # Others are asked for themselves.
    house.note_own = "p1"
    assert texts(house, "sessionid=b", "sessionid=b", MINE) == ["2 /q/1/", "2 /q/1/", None]


def test_who_may_no_longer_is_left_to_django_though_there_was_a_piece(house):
    assert texts(house, MINE, MINE) == ["1 /q/1/"] * 2
    house.note_own = ""
    house.nonces.change([place_of(person_name(1))])

    assert texts(house, MINE, MINE, MINE) == ["2 /q/1/", None, None]
    assert len(house.cache.store) == 0


def test_whom_it_leaves_alone_it_looks_at_again_and_it_remembers_so_many(house, monkeypatch):
    monkeypatch.setattr(own, "_LEFT_ALONE", 0)
    monkeypatch.setattr(own, "_REMEMBERED", 3)
    house.note_own = ""

    found = texts(house, MINE, MINE, *(f"sessionid={n}" for n in range(9)))

    assert found == [f"{n} /q/1/" for n in range(1, 12)]
    assert len(house.cache._own._refused) == 3
    assert len(house.cache.store) == 0


@pytest.mark.parametrize(
    ("cookie", "is_kept"),
    [
        (b" csrftoken=t; Path=/; Max-Age=9", True),
        (b"csrftoken=u; Path=/", False),
        (b"sessionid=new; Path=/", False),
        (b'messages=""; Max-Age=0', False),
        (b"yv_own=1", False),
    ],
)
def test_what_sets_a_cookie_is_not_kept_but_for_one_that_is_there_already(house, cookie, is_kept):
    house.headers = [(b"set-cookie", cookie)]

    async def twice():
        return await house.visit(PIECE, cookie=MINE), await house.visit(PIECE, cookie=MINE)

    first, second = run(twice())

    assert (first.text, second.text) == ("1 /q/1/", "1 /q/1/" if is_kept else "2 /q/1/")
    if is_kept:
        assert b"set-cookie" not in second.headers
    else:
        assert first.headers[b"set-cookie"] == second.headers[b"set-cookie"] == cookie


@pytest.mark.parametrize("status", [302, 404, 410, 500])
def test_only_a_whole_piece_is_kept(house, status):
    house.status = status
    assert texts(house, MINE, MINE) == ["1 /q/1/", "2 /q/1/"]
    assert len(house.cache.store) == 0


def test_many_at_once_of_one_browser_are_one_drawing_if_it_may_be_kept(house):
    house.pause = 0.02

    async def all_at_once():
        return await asyncio.gather(*(house.visit(PIECE, cookie=MINE) for _ in range(20)))

    assert {one.text for one in run(all_at_once())} == {"1 /q/1/"}
    assert (house.count, len(house.seen)) == (1, 20)


def test_what_is_said_once_is_said_to_one_of_those_who_wait(house):
    house.pause, house.note_own = 0.02, ""

    async def all_at_once():
        return await asyncio.gather(*(house.visit(PIECE, cookie=MINE) for _ in range(20)))

    found = run(all_at_once())

    assert [one.is_served for one in found].count(True) == 1
    assert (house.count, len(house.seen)) == (1, 1)


@pytest.mark.parametrize("name", [person_name(1), session_name("abc")])
def test_a_change_of_the_person_or_the_session_ends_it_at_once(house, name):
    assert texts(house, MINE, MINE) == ["1 /q/1/"] * 2
    house.nonces.change([place_of(name)])
    assert texts(house, MINE, MINE) == ["2 /q/1/"] * 2
    house.nonces.change([place_of(person_name(2)), place_of(session_name("abd"))])
    assert texts(house, MINE) == ["2 /q/1/"]


def test_a_change_while_it_is_drawn_is_one_after_it(house):
    """Also for who joins: a drawing that was begun before the change is none for them."""
    house.pause = 0.02

    async def changing():
        first = asyncio.ensure_future(house.visit(PIECE, cookie=MINE))
        await asyncio.sleep(0.005)
        house.nonces.change([place_of(person_name(1))])
        after = await house.visit(PIECE, cookie=MINE)
        await first
        return after, await house.visit(PIECE, cookie=MINE)

    after, later = run(changing())

    assert (after.text, later.text) == ("2 /q/1/", "2 /q/1/")


@pytest.mark.parametrize("key", [ALL, "q1"])
def test_what_leaves_a_question_leaves_its_pieces_at_once(house, key):
    """Also those that lead nowhere: they are of the question in their address."""
    house.shows = "nothing"
    assert texts(house, MINE, MINE) == ["1 nothing"] * 2
    house.board.change([key], at_once=True)
    assert texts(house, MINE) == ["2 nothing"]


def test_a_writer_is_given_nothing_of_before(house):
    wrote = f"{MINE}; yv_wrote=1"
    assert texts(house, MINE, wrote, wrote, MINE) == [
        "1 /q/1/", "2 /q/1/", "3 /q/1/", "3 /q/1/",
    ]  # fmt: skip


def test_its_life_is_short_and_nobody_is_given_an_older_one(house, monkeypatch):
    monkeypatch.setattr(own, "LIFE", 0)
    assert texts(house, MINE, MINE) == ["1 /q/1/", "2 /q/1/"]


def test_an_error_is_told_and_not_covered_by_what_was_before(house):
    assert texts(house, MINE) == ["1 /q/1/"]
    house.status = 503
    house.nonces.change([place_of(person_name(1))])

    async def once():
        return await house.visit(PIECE, cookie=MINE)

    assert run(once()).status == 503


def test_it_has_neither_the_readers_cookie_nor_words_for_other_caches(house):
    house.headers = [(b"cache-control", b"no-store")]

    async def twice():
        await house.visit("/me/bar/", cookie=MINE)
        return await house.visit("/me/bar/", cookie=MINE)

    told = run(twice()).headers

    assert told[b"cache-control"] == b"no-store"
    assert b"Cookie" in told[b"vary"]
    assert not {b"set-cookie", b"surrogate-key"} & told.keys()


def test_it_lies_at_hand_for_the_line(house):
    async def story():
        asked = (b"GET", PIECE.encode(), b"", Visitor(cookie=MINE).scope["headers"], "203.0.113.9")
        before = house.cache.at_hand(*asked, dict)
        await house.visit(PIECE, cookie=MINE)
        found = house.cache.at_hand(*asked, dict)
        house.nonces.change([place_of(session_name("abc"))])
        return before, found, house.cache.at_hand(*asked, dict)

    before, found, after = run(story())

    assert (before, after) == (None, None)
    assert found is not None
    assert found[0].startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_packed_piece_tells_its_length_to_nobody(house):
    """Else who can have words beside the token in it could try its signs one by one."""
    lengths = set()
    for _ in range(30):
        texts(house, MINE)
        (page,) = house.cache.store._new.values()
        lengths.add(len(page.readies[b"gzip"].body))
        house.nonces.change([place_of(person_name(1))])

    assert len(lengths) > 5


def test_pieces_push_no_page_out_that_others_want():
    store = Store(400_000)

    def a_page(*, marks=()):
        page = Page(PLAIN, Drawn(200, [], b"x" * 500), Note(), begun=time.monotonic_ns())
        page.marks = marks
        return page

    hot = [f"/q/{n}/" for n in range(30)]
    for key in hot:
        store.put(key, a_page())
        assert store.get(key)
    for n in range(2000):
        store.put(("piece", n), a_page(marks=((1, 1),)))
        assert store.get(("piece", n))
        assert store.get(("piece", n))

    assert all(store.get(key) for key in hot)
    assert store.size <= 400_000


def test_the_cookie_of_what_was_sent_outlives_what_was_kept_before():
    assert wrote._OWN_SECONDS * SECOND > 2 * own.LIFE
