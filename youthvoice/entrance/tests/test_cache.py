"""The page cache by itself: one drawing for many, and what may be given when.

The house behind it is played (playing.py). How it behaves with the real one is in tests/pages/.
"""

import asyncio
import time

import pytest

from youthvoice.entrance import cache
from youthvoice.entrance.cache import CONTACT, SOFT, Gone, canonical
from youthvoice.entrance.page import SECOND
from youthvoice.entrance.surrogates import ALL
from youthvoice.entrance.tests.playing import House, Visitor, run


@pytest.fixture
def house(tmp_path, monkeypatch):
    return House(tmp_path, monkeypatch)


def test_fifty_at_once_for_one_cold_page_are_one_drawing(house):
    house.pause = 0.02

    async def all_at_once():
        return await asyncio.gather(*(house.visit() for _ in range(50)))

    visitors = run(all_at_once())

    assert house.count == 1
    assert {visitor.text for visitor in visitors} == {"1 /q/1/"}
    assert len(house.seen) == 50


def test_a_kept_page_is_given_without_drawing_and_counts_as_read(house):
    async def twice():
        return [await house.visit(), await house.visit(accept_encoding="gzip, br")]

    first, second = run(twice())

    assert (house.count, first.text, second.text) == (1, "1 /q/1/", "1 /q/1/")
    assert house.seen == [(("q.1",), "203.0.113.9")] * 2
    assert b"content-encoding" not in first.headers
    assert second.headers[b"content-encoding"] == b"gzip"
    assert second.headers[b"surrogate-key"] == b"all lists q1"
    assert int(second.headers[b"content-length"]) == len(second.sent[1]["body"])


def test_who_has_it_already_is_told_so_in_few_bytes(house):
    async def again():
        first = await house.visit()
        etag = first.headers[b"etag"].decode()
        return [
            await house.visit(if_none_match=etag),
            await house.visit(if_none_match=etag[2:]),
            await house.visit(if_none_match='"another"'),
        ]

    same, strong, other = run(again())

    assert (same.status, same.sent[1]["body"], strong.status) == (304, b"", 304)
    assert other.status == 200
    # It was looked at all the same.
    assert len(house.seen) == 4


def test_a_head_has_no_body_and_is_no_read(house):
    head = run(house.visit(method="HEAD"))

    assert (head.status, head.sent[1]["body"], house.seen) == (200, b"", [])
    assert int(head.headers[b"content-length"]) > 0


def test_what_comes_softly_is_drawn_anew_while_the_old_page_is_still_given(house, monkeypatch):
    monkeypatch.setattr(cache, "_BETWEEN", 0)

    async def story():
        await house.visit()
        house.board.change(["q1"], at_once=False)
        old = await house.visit()
        await asyncio.sleep(0.02)
        return old, await house.visit()

    old, new = run(story())

    assert (old.text, new.text, house.count) == ("1 /q/1/", "2 /q/1/", 2)


def test_an_old_page_is_given_only_for_a_moment_after_a_soft_change(house, monkeypatch):
    monkeypatch.setattr(cache, "SOFT", SOFT // 100)

    async def story():
        await house.visit()
        house.board.change(["lists"], at_once=False)
        await asyncio.sleep(0.02)
        return await house.visit()

    assert run(story()).text == "2 /q/1/"


def test_one_change_after_another_makes_no_old_page_young(house, monkeypatch):
    """A drawing may take long where many are drawn: those who came late wait for it."""
    monkeypatch.setattr(cache, "SOFT", SOFT // 10)

    async def story():
        await house.visit()
        house.pause = 0.3
        found = []
        for _ in range(10):
            house.board.change(["q1"], at_once=False)
            await asyncio.sleep(0.02)
            found.append((await house.visit()).text)
        return found

    found = run(story())

    # Control: at first the old one is given.
    assert found[0] == "1 /q/1/"
    assert found[-1] != "1 /q/1/"
    assert found.count("1 /q/1/") < 6


@pytest.mark.parametrize("key", ["q1", "lists", ALL])
def test_what_leaves_at_once_is_given_to_nobody_again(house, key):
    async def story():
        await house.visit()
        house.board.change([key], at_once=True)
        return await house.visit()

    assert run(story()).text == "2 /q/1/"


def test_a_change_of_something_else_draws_nothing(house):
    async def story():
        await house.visit()
        house.board.change(["q2", "q3"], at_once=True)
        return await house.visit()

    assert run(story()).text == "1 /q/1/"


def test_a_drawing_that_began_before_the_change_is_not_waited_for(house):
    house.pause = 0.05

    async def story():
        before = asyncio.ensure_future(house.visit())
        await asyncio.sleep(0.01)
        house.board.change(["q1"], at_once=True)
        # The first page is not kept yet: by its key nobody could know what it will show.
        await before
        return await house.visit()

    assert run(story()).text == "2 /q/1/"


def test_who_has_just_written_gets_no_page_older_than_their_request(house):
    house.pause = 0.03

    async def story():
        await house.visit()
        others = asyncio.ensure_future(house.visit())
        mine = await house.visit(cookie="a=b; yv_wrote=1")
        return mine, await others, await house.visit()

    mine, others, after = run(story())

    assert (others.text, mine.text, after.text) == ("1 /q/1/", "2 /q/1/", "2 /q/1/")


def test_a_page_outlives_its_life_only_while_it_is_drawn_anew(house, monkeypatch):
    monkeypatch.setattr(cache, "_BETWEEN", 0)

    async def story(since):
        await house.visit()
        (page,) = house.cache.store._new.values() or house.cache.store._wanted.values()
        page.until = time.monotonic_ns() - since
        found = await house.visit()
        await asyncio.sleep(0.02)
        return found, await house.visit()

    old, new = run(story(1))
    assert (old.text, new.text) == ("1 /q/1/", "2 /q/1/")


def test_what_nobody_wanted_for_long_is_drawn_before_it_is_given(house):
    async def story():
        await house.visit()
        (page,) = house.cache.store._new.values()
        page.until = time.monotonic_ns() - cache._GRACE - 1
        return await house.visit()

    assert run(story()).text == "2 /q/1/"


def test_an_old_page_beats_an_error_and_tells_its_age(house):
    async def story():
        await house.visit()
        (page,) = house.cache.store._new.values()
        page.begun -= 7 * SECOND
        page.until = time.monotonic_ns() - cache._GRACE - 1
        house.status = 503
        return await house.visit(), await house.visit("/q/2/")

    old, never = run(story())

    assert (old.status, old.text, old.headers[b"age"]) == (200, "1 /q/1/", b"7")
    assert never.status == 503


def test_no_error_brings_back_what_has_left(house):
    async def story():
        await house.visit()
        house.board.change(["q1"], at_once=True)
        house.status = 503
        return await house.visit()

    assert run(story()).status == 503


def test_without_word_from_the_database_for_long_the_house_speaks_for_itself(house):
    async def story():
        await house.visit()
        silent_since = time.monotonic_ns() - CONTACT - 1
        house.contact = lambda: silent_since
        return await house.visit()

    assert run(story()).is_served is False


@pytest.mark.parametrize(
    "given",
    [
        {"method": "POST"},
        {"path": "/desk/"},
        {"content_length": "5"},
        {"transfer_encoding": "chunked"},
        {"content_type": "text/html; charset=utf-7"},
        {"path": "/q/1/" + "x" * 600},
    ],
)
def test_what_is_not_for_it_is_left_to_the_house(house, given):
    visitor = run(house.visit(**given))

    assert (visitor.is_served, visitor.sent, house.count) == (False, [], 0)


@pytest.mark.parametrize("path", [b"/%6De/bar/", b"/m%65/q/1/", b"/q/%31/", b"/%00/"])
def test_no_other_writing_of_a_path_leads_to_somebodys_piece(path):
    assert cache._keeping(path) is None
    # Control: as our pages write it.
    assert cache._keeping(b"/me/bar/").for_visitors


def test_two_cookie_heads_are_left_to_the_house(house):
    visitor = Visitor("/me/bar/")
    visitor.scope["headers"] += [(b"cookie", b"a=b"), (b"cookie", b"sessionid=c")]

    assert run(house.cache.serve(visitor.scope, visitor.watch, visitor.send)) is False


@pytest.mark.parametrize("status", [301, 404, 500])
def test_what_is_no_page_is_told_to_all_who_wait_and_not_kept(house, status):
    house.status = status

    async def story():
        return [*await asyncio.gather(house.visit(), house.visit()), await house.visit()]

    assert [visitor.status for visitor in run(story())] == [status] * 3
    assert (house.count, len(house.cache.store), house.seen) == (2, 0, [])


def test_a_page_that_sets_a_cookie_is_not_kept(house):
    house.headers = [(b"set-cookie", b"a=b")]

    async def story():
        await house.visit()
        await house.visit()

    run(story())
    assert (house.count, len(house.cache.store)) == (2, 0)


def test_a_visitors_piece_is_kept_without_cookies_and_given_with_the_readers(house):
    house.headers = [(b"set-cookie", b"messages="), (b"cache-control", b"no-store")]

    async def story():
        await house.visit("/me/bar/")
        return await house.visit("/me/bar/"), await house.visit("/me/bar/", cookie="yv_reader=old")

    new, known = run(story())

    assert house.count == 1
    assert new.headers[b"set-cookie"] == b"yv_reader=new"
    assert b"set-cookie" not in known.headers
    assert new.headers[b"cache-control"] == b"no-store"
    assert b"surrogate-key" not in new.headers


def test_a_piece_of_somebody_known_is_left_to_the_house(house):
    house.unknown = False

    assert run(house.visit("/me/bar/")).is_served is False
    assert run(house.visit("/q/1/")).is_served is True


def test_whose_reads_the_house_must_look_at_is_left_to_it(house):
    async def story():
        await house.visit()
        return await house.visit(cookie="a=b; yv_receipts=x")

    assert run(story()).is_served is False


def test_equal_queries_are_one_page_and_unknown_parameters_none(house):
    async def story():
        await house.visit("/", "show=hot&after=5")
        await house.visit("/", "after=5&show=hot")
        await house.visit("/", "after=5&utm_source=x&show=new&show=hot")

    run(story())
    assert house.paths == [(b"/", b"show=hot&after=5")]


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (b"a=1&b=2&c=3", b"b=2&a=1"),
        (b"c=3", b""),
        (b"b=%E5%9B%A2", b"b=%E5%9B%A2"),
        (b"b=", b"b="),
        (b"a=5~6", b"a=5~6"),
        # No UTF-8: the house says what it thinks of it.
        (b"a=%ff", b"a=%ff"),
    ],
)
def test_a_query_is_read_as_far_as_the_view_reads_it(given, plain):
    assert canonical(given, ("b", "a")) == plain


def test_other_hosts_are_other_pages(house):
    async def story():
        await house.visit()
        other = Visitor()
        other.scope["headers"][0] = (b"host", b"evil.example")
        await house.cache.serve(other.scope, other.watch, other.send)

    run(story())
    assert house.count == 2


def test_all_who_waited_have_left(house):
    house.pause = 0.02

    async def story():
        one, other = Visitor(), Visitor()
        one.is_over = other.is_over = True
        flights = [house.cache.serve(v.scope, v.watch, v.send) for v in (one, other)]
        return one, await asyncio.gather(*flights, return_exceptions=True)

    one, found = run(story())

    assert [type(problem) for problem in found] == [Gone, Gone]
    assert one.sent == []
    assert len(house.cache.store) == 0


def test_who_came_late_to_those_who_had_left_gets_a_drawing(house):
    house.pause = 0.02

    async def story():
        gone = Visitor()
        gone.is_over = True
        left = asyncio.ensure_future(house.cache.serve(gone.scope, gone.watch, gone.send))
        await asyncio.sleep(0)
        house.cache._flights[(b"/q/1/", b"", b"example.org", b"")].turns = [gone]
        stays = await house.visit()
        await asyncio.gather(left, return_exceptions=True)
        return stays

    assert run(story()).status == 200


def test_each_drawing_that_many_want_is_packed_more_tightly(house):
    house.shows = "/q/1/ " + "一句话。" * 500

    async def story():
        for _ in range(cache._BROTLI_AFTER):
            await house.visit(accept_encoding="gzip, deflate, br")
        await asyncio.sleep(0)
        before = house.cache.store.size
        return before, await house.visit(accept_encoding="gzip, deflate, br;q=0.9")

    run(story())
    house.board.change(["q1"], at_once=True)
    before, visitor = run(story())

    assert (house.count, visitor.headers[b"content-encoding"]) == (2, b"br")
    assert "一句话" in visitor.text
    assert house.cache.store.size == before
