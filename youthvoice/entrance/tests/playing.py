"""A page cache before a house that is played: `House.draw` is what a thread would do."""

import asyncio
import gzip
import time
from concurrent.futures import ThreadPoolExecutor

import brotli

from youthvoice.entrance import cache as page_cache
from youthvoice.entrance.cache import Gone, PageCache
from youthvoice.entrance.nonces import Nonces
from youthvoice.entrance.own import Own
from youthvoice.entrance.page import Drawn, page_of
from youthvoice.entrance.surrogates import Board
from youthvoice.kit import clock
from youthvoice.kit.public import Keeping, Note

PLAIN = Keeping(parameters=("show", "after"), keys=("lists",))


def run(story):
    """What a story gives, in a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()


class Visitor:
    """A request and all that it was sent."""

    def __init__(self, path="/q/1/", query="", *, method="GET", **headers):
        self.scope = {
            "method": method,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [
                (b"host", b"example.org"),
                *((k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()),
            ],
            "client": ("203.0.113.9", 5),
        }
        self.sent = []
        self.is_over = False
        self.is_served = None

    async def send(self, message):
        self.sent.append(message)

    def watch(self):
        return self, asyncio.get_running_loop().create_future()

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def headers(self):
        return dict(self.sent[0]["headers"])

    @property
    def text(self):
        body = self.sent[1]["body"]
        how = self.headers.get(b"content-encoding")
        return {b"gzip": gzip.decompress, b"br": brotli.decompress}.get(how, bytes)(body).decode()


class House:
    """What is drawn is the number of the drawing, and a link to what it shows."""

    def __init__(self, tmp_path, monkeypatch, *, most=10_000_000):
        self.board = Board(tmp_path / "surrogates")
        self.count = 0
        self.shows, self.status, self.headers, self.pause = "/q/1/", 200, [], 0.0
        self.targets, self.about, self.until = ("q.1",), [], clock.glance()
        self.seen, self.unknown, self.contact = [], True, time.monotonic_ns
        self.paths, self.note_own = [], "p1"
        self.nonces = Nonces(tmp_path / "nonces")
        self.cache = PageCache(
            most=most,
            board=self.board,
            draw=self.draw,
            in_thread=self.in_thread,
            visitors=self,
            contact=lambda: self.contact(),
            is_https=False,
            tells_loopback=False,
            own=Own(self.nonces, session="sessionid", kept_as=str, alone=["yv_awake", "messages"]),
        )
        monkeypatch.setattr(page_cache, "_keeping", lambda path: self.keeping(path))

    def keeping(self, path):
        if path == b"/desk/":
            return None
        return Keeping(for_visitors=True) if path.startswith(b"/me/") else PLAIN

    async def draw(self, keeping, scope, turns):
        self.count += 1
        self.paths.append((scope["raw_path"], scope["query_string"]))
        number = self.count
        await asyncio.sleep(self.pause)
        if turns and all(turn.is_over for turn in turns):
            raise Gone
        body = f"{number} {self.shows}".encode()
        note = Note(
            targets=list(self.targets), about=self.about, until=self.until, own=self.note_own
        )
        make = keeping.for_one or page_of
        return make(keeping, scope, Drawn(self.status, self.headers, body), note)

    async def in_thread(self, work):
        work()

    # What counts visitors, played.
    def saw(self, targets, headers, address):
        self.seen.append((targets, address))

    def is_told_apart(self, cookies):
        return b"yv_receipts=" in cookies

    def is_unknown(self, cookies):
        return self.unknown

    def cookie(self, cookies, *, is_secure):
        return b"yv_reader=new" if not cookies else None

    async def visit(self, *given, **headers):
        visitor = Visitor(*given, **headers)
        visitor.is_served = await self.cache.serve(visitor.scope, visitor.watch, visitor.send)
        return visitor
