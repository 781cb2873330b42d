"""Slow visitors hold no thread, and a connection no longer than something moves."""

import asyncio
import io
import threading

import pytest

from youthvoice.entrance import front
from youthvoice.entrance.front import Front, environ_of
from youthvoice.entrance.tests.visiting import MEGABYTE, THREADS, House, Visitor, behind, run


class ThreadFirst(Front):
    """As it was: a thread is taken at the head, and waits for the body."""

    async def _receive(self, request, receive, body):
        loop = asyncio.get_running_loop()
        reading = super()._receive(request, receive, body)
        await loop.run_in_executor(
            self._threads, asyncio.run_coroutine_threadsafe(reading, loop).result
        )


class ThreadLast(Front):
    """As it was: a thread sends its answer itself."""

    async def _sent(self, send, answer):
        loop = asyncio.get_running_loop()
        sending = super()._sent(send, answer)
        await loop.run_in_executor(
            self._threads, asyncio.run_coroutine_threadsafe(sending, loop).result
        )


def slow_sender():
    return Visitor(b"half a form", stalls=True)


def slow_reader():
    return Visitor(method="GET", takes=0)


@pytest.mark.parametrize(
    ("kind", "visitor", "answered"),
    [
        (Front, slow_sender, True),
        (Front, slow_reader, True),
        # The controls: what the site was shut by shuts it here.
        (ThreadFirst, slow_sender, False),
        (ThreadLast, slow_reader, False),
    ],
)
def test_others_are_answered_while_visitors_stall(kind, visitor, answered):
    async def story():
        served = behind(House(lambda environ: [b"x" * MEGABYTE]), kind)
        crowd = [visitor() for _ in range(THREADS)]
        held = [asyncio.create_task(one.opens(served)) for one in crowd]
        for one in crowd:
            await one.stalling.wait()
        other = Visitor(b"a", method="POST")
        task, loop, at = asyncio.create_task(other.opens(served)), asyncio.get_running_loop(), []
        task.add_done_callback(lambda _: at.append(loop.time()))
        await asyncio.gather(task, *held)
        # Before the time of the stalled is over, and only then, somebody else was answered.
        return at[0] < front.PACE_SECONDS / 2, [one.status for one in crowd]

    (found, statuses), _ = run(story())

    assert found is answered
    assert statuses == [408 if visitor is slow_sender else 200] * THREADS


@pytest.mark.parametrize(
    ("visitor", "least", "most"),
    [
        (lambda: Visitor(b"half", stalls=True), 30, 30),
        # A byte now and then.
        (lambda: Visitor(*[b"x"] * 10_000, every=5), 30, 35),
        # All but the end at once.
        (lambda: Visitor(b"x" * 5 * MEGABYTE, stalls=True), 30, 30),
        # Half the least speed.
        (lambda: Visitor(*[b"x" * 512] * 10_000, every=1), 30, 31),
    ],
)
def test_a_body_that_does_not_move_is_given_up_with_a_sentence(visitor, least, most):
    house = House()

    async def story():
        one = visitor()
        await one.opens(behind(house))
        return one

    one, seconds = run(story())

    assert (one.status, house.asked) == (408, [])
    assert least <= seconds <= most
    assert "请检查网络" in one.answer.decode()
    assert one.told[b"connection"] == b"close"


def test_five_megabytes_at_twenty_kilobytes_a_second_get_through():
    """A picture from a train, with a tunnel in the middle."""
    house = House(lambda environ: [b"thanks"])
    sent = [b"%09d " % n * 1000 for n in range(500)]

    async def story():
        one = Visitor(*sent, every=0.5)
        task = asyncio.create_task(one.opens(behind(house)))
        await asyncio.sleep(100)
        one.every = 25
        await asyncio.sleep(25)
        one.every = 0.5
        await task
        return one

    one, seconds = run(story())

    assert (one.status, one.answer) == (200, b"thanks")
    assert house.asked[0][1] == b"".join(sent)
    assert seconds > 250


@pytest.mark.parametrize(
    ("takes", "whole"), [(20_000, True), (2_000, True), (500, False), (0, False)]
)
def test_an_answer_is_sent_for_as_long_as_it_is_read(takes, whole):
    async def story():
        served = behind(House(lambda environ: [b"x" * MEGABYTE]))
        one = Visitor(method="GET", takes=takes)
        await one.opens(served)
        return one, served

    (one, served), seconds = run(story())

    assert (one.answer == b"x" * MEGABYTE) is whole
    assert seconds >= MEGABYTE / takes if whole else seconds <= 60
    assert served._answers_room._left == front.IN_FILES


def test_what_waits_in_files_has_a_bound_and_small_things_pass(monkeypatch):
    monkeypatch.setattr(front, "IN_FILES", 3 * MEGABYTE)
    house = House()

    async def story():
        served = behind(house)
        large, small = Visitor(b"x" * 4 * MEGABYTE), Visitor(b"x" * 1000)
        after = Visitor(b"x" * MEGABYTE)
        for one in (large, small, after):
            await one.opens(served)
        return large, small, after, served

    (refused, small, after, served), _ = run(story())

    assert (refused.status, small.status, after.status) == (503, 200, 200)
    assert "请过几分钟再试" in refused.answer.decode()
    assert after.answer == b"x" * MEGABYTE
    assert served._room._left == 3 * MEGABYTE


class NobodyGivesWay(Front):
    """As it was: who came first keeps the room, and answers want the same."""

    def __init__(self, *given, **more):
        super().__init__(*given, **more)
        self._answers_room = self._room

    def _write(self, body, piece):
        body.write(piece)


@pytest.mark.parametrize(("kind", "status"), [(Front, 200), (NobodyGivesWay, 503)])
def test_who_has_sent_much_and_stands_still_gives_way(monkeypatch, kind, status):
    """A few who send nearly all of their longest bodies, and then a byte now and then."""
    monkeypatch.setattr(front, "IN_FILES", 3 * MEGABYTE + 100)
    house = House(lambda environ: [b"x" * MEGABYTE])

    async def story():
        served = behind(house, kind)
        large = [Visitor(b"x" * (MEGABYTE - 1), *[b"x"] * 9, every=9) for _ in range(3)]
        held = [asyncio.create_task(one.opens(served)) for one in large]
        await asyncio.sleep(20)
        others = [Visitor(*[b"x" * MEGABYTE] * 2), Visitor(method="GET")]
        for one in others:
            one.task = asyncio.create_task(one.opens(served))
        found = []
        for one in others:
            try:
                await one.task
            except front.NoRoom:  # the server says 500 then
                one.status = 503
            found.append(one.status)
        await asyncio.gather(*held)
        return found, [one.status for one in large], served

    (found, slow, served), _ = run(story())

    assert found == [status] * 2
    assert slow == [408] * 3
    assert served._room._left == 3 * MEGABYTE + 100
    assert served._coming == {} or kind is NobodyGivesWay


class Unwatched(Front):
    """As it was: nobody looks whether those who wait are still there."""

    def _answered(self, environ, body, turns):
        return super()._answered(environ, body, [front.Turn()])


@pytest.mark.parametrize(("kind", "served"), [(Front, 0), (Unwatched, 9)])
def test_who_has_left_before_it_was_their_turn_takes_no_thread(kind, served):
    """But for who has sent something: it came whole, and is read."""
    at_work, go_on = threading.Semaphore(0), threading.Event()

    def says(environ):
        if environ["REQUEST_METHOD"] == "PUT":
            at_work.release()
            go_on.wait(20)
        return [b"page"]

    house = House(says)

    async def story():
        behind_it = behind(house, kind)
        busy = [Visitor(b"a", method="PUT") for _ in range(THREADS)]
        held = [asyncio.create_task(one.opens(behind_it)) for one in busy]
        await asyncio.to_thread(lambda: [at_work.acquire(timeout=20) for _ in busy])
        crowd = [Visitor(method="GET") for _ in range(9)]
        crowd += [Visitor(method="GET"), Visitor(b"words")]
        held += [asyncio.create_task(one.opens(behind_it)) for one in crowd]
        for one in (*crowd[:9], crowd[-1]):
            one.hangs_up.set()
        await asyncio.sleep(1)
        go_on.set()
        await asyncio.gather(*held)

    run(story())

    asked = [environ["REQUEST_METHOD"] for environ, _ in house.asked]
    assert (asked.count("GET"), asked.count("POST")) == (1 + served, 1)


def test_who_hangs_up_in_the_middle_has_asked_nothing():
    house = House()

    async def story():
        one = Visitor(b"half", stalls=True)
        one.hangs_up.set()
        await one.opens(behind(house))
        return one

    one, _ = run(story())

    assert (one.status, house.asked) == (None, [])


@pytest.mark.parametrize(
    "headers",
    [
        {"content-length": str(201 * MEGABYTE)},
        {"content-length": str(2 * MEGABYTE), "content-type": "application/x-www-form-urlencoded"},
        {"content-length": "x"},
        {"content-length": "9" * 30},
        {"content-length": "", "transfer-encoding": "chunked"},
        {"transfer-encoding": "chunked"},
    ],
)
def test_what_the_house_will_refuse_is_not_read(headers):
    house = House()

    async def story():
        one = Visitor(b"x" * 1000, stalls=True, **headers)
        await one.opens(behind(house))
        return one

    one, seconds = run(story())

    assert (house.asked[0][1], one.pieces, seconds) == (b"", [b"x" * 1000], 0)


def opened(visitor, house):
    async def story():
        await visitor.opens(behind(house))

    run(story())
    return visitor


def test_a_file_of_the_disk_is_sent_as_it_is(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(range(256)) * 1000)
    files = []

    def says(environ):
        files.append(path.open("rb"))
        files[0].seek(10)
        return environ["wsgi.file_wrapper"](files[0])

    one = opened(Visitor(method="GET"), House(says))

    assert one.answer == path.read_bytes()[10:]
    assert files[0].closed


def test_a_file_in_memory_and_a_stream_are_sent_whole_with_their_length():
    stream = [b"%d," % n for n in range(50_000)]
    in_memory = io.BytesIO(b"packet")
    for says, whole in (
        (lambda environ: iter(stream), b"".join(stream)),
        (lambda environ: environ["wsgi.file_wrapper"](in_memory), b"packet"),
        (lambda environ: [], b""),
    ):
        house = House(says)
        one = opened(Visitor(method="GET"), house)
        assert (one.answer, one.told[b"content-length"]) == (whole, b"%d" % len(whole))
        assert house.closed or in_memory.closed


def test_head_gets_no_body():
    house = House(lambda environ: [b"body"])
    one = opened(Visitor(method="HEAD"), house)

    assert (one.status, one.answer, house.closed) == (200, b"", 1)


def test_what_a_request_says_is_said_alike():
    scope = Visitor().scope | {
        "raw_path": b"/q/%E9%97%AE/%ff/",
        "query_string": b"a=%ff",
        "headers": [
            (b"host", b"voice.example.org"),
            (b"content-type", b"text/plain"),
            (b"content-length", b"5"),
            (b"content-length", b"6"),
            (b"cookie", b"a=1"),
            (b"cookie", b"b=2"),
            (b"x-forwarded-for", b"192.0.2.1"),
            (b"x-forwarded-for", b"192.0.2.2"),
            # Would pass for what our proxy said.
            (b"x_forwarded_for", b"198.51.100.1"),
            (b"x-forwarded_for", b"198.51.100.1"),
        ],
    }
    environ = environ_of(scope)

    assert environ["PATH_INFO"].encode("latin-1") == "/q/问/".encode() + b"\xff/"
    assert (environ["QUERY_STRING"], environ["REMOTE_ADDR"]) == ("a=%ff", "192.0.2.7")
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("127.0.0.1", "80")
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1,192.0.2.2"
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("text/plain", "5,6")
    assert environ["HTTP_HOST"] == "voice.example.org"


def test_these_stories_are_told_also_where_a_loop_runs():
    """As in a process that has had a browser."""

    async def already_running():
        return run(asyncio.sleep(1, "told"))

    assert run(already_running())[0] == ("told", 1)
