"""What happens to the pages while a crowd reads them, and whether they tell it in time."""

import html
import re
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from bench.rig.crowd import Crowd, Page, Visitor, fetch

#: Seconds after which what was accepted must be on the page.
IN_TIME = 2.0
#: So many of them wait for an answer at a time.
SIDE_BY_SIDE = 24
_NEXT = re.compile(r'href="(/q/\d+/\?after=[^"]+)" rel="next"')


@dataclass
class Seen:
    done: int = 0
    #: Sent and not accepted.
    refused: int = 0
    #: Pages that told it too late, and those told to the writer himself at once.
    stale: int = 0
    stale_to_writer: int = 0
    looks: int = 0
    what: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    @property
    def told(self) -> str:
        return f"{self.stale} stale of {self.looks} looks after {IN_TIME:.0f} s" + (
            f", {self.refused} refused" if self.refused else ""
        )


class Meanwhile:
    """Does `act` again and again, `rate` a second, while the context lasts."""

    def __init__(self, act: Callable[[int], None], rate: float) -> None:
        self._act, self._pause = act, 1 / rate
        self._stop = threading.Event()

    def __enter__(self) -> "Meanwhile":
        self._pool = ThreadPoolExecutor(SIDE_BY_SIDE)
        self._thread = threading.Thread(target=self._go)
        self._thread.start()
        return self

    def _go(self) -> None:
        n, due = 0, time.monotonic()
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            self._pool.submit(self._act, n)
            n, due = n + 1, due + self._pause

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        # What waits for its turn stays undone; what has begun is looked at to its end.
        self._pool.shutdown(cancel_futures=True)


def _again(visitor: Visitor, page: Page) -> Visitor:
    """The same browser after this page."""
    return replace(visitor, cookies=visitor.cookies | page.cookies)


class Changes:
    """Acts on the pages of one house, each looked at afterwards; counted in `seen`."""

    def __init__(self, port: int, crowd: Crowd) -> None:
        self.port, self.crowd, self.seen = port, crowd, Seen()
        self.people, self.readers = crowd.people(), crowd.readers()[:50]
        self._lock = threading.Lock()
        self._own = [(int(pk), at) for pk, at in crowd.told["own"].items()]
        crowd.dice.shuffle(self._own)

    def answer(self, n: int, question: int) -> None:
        """Somebody answers; it must be on the page that shows it."""
        # Not the first, whose question the hot one is.
        person = self.people[1 + n % (len(self.people) - 2)]
        mark = f"回声{secrets.token_hex(6)}"
        form = {"text": f"{mark}，先去劳动监察问一问，带上合同和打卡记录。"}
        sent = self._send(person, f"/q/{question}/answer/", form)
        if sent is not None:
            place, writer = sent.where.partition("#")[0], _again(person, sent)
            self._look(f"answer to {question}", place, lambda text: mark in text, by=writer)

    def change(self, n: int) -> None:
        """One question in turn is edited by its asker, or hidden by another process."""
        question, author = self._own[n % len(self._own)]
        place, mark = f"/q/{question}/", f"改过{secrets.token_hex(6)}"
        person = self.people[author]
        before = fetch(self.port, self.readers[n % 50], place)
        if before.status != 200:
            return
        if n % 2:
            form = {
                "title": f"试用期的事再问一次 {mark}",
                "text": f"{mark}，补充几句。",
                "seen": "",
            }
            sent = self._send(person, f"{place}edit/", form)
            if sent is not None:
                writer = _again(person, sent)
                self._look(f"edit of {question}", place, lambda text: mark in text, by=writer)
            return
        title, begun = self._hide(question), time.monotonic()
        self._note(begun)
        self._look(f"hiding of {question}", place, lambda text: title not in text)

    def _hide(self, question: int) -> str:
        """As moderation does it, in this process; gives the words that must be gone."""
        from django.db import connection

        from youthvoice.kit import clock
        from youthvoice.moderation.actions import flag, hide
        from youthvoice.people.models import User
        from youthvoice.questions.choices import HideReason
        from youthvoice.questions.models import Question

        found = Question.objects.get(pk=question)
        title, reason = found.title, HideReason.values[0]
        item = flag(words=found, reason=HideReason(reason), at=clock.now())
        assert item is not None
        operator = User.objects.get(pk=self.crowd.told["operator"])
        hide(item=item, reason=HideReason(reason), by=operator, at=clock.now())
        connection.close()
        return title

    def _send(self, person: Visitor, path: str, form: dict[str, str]) -> Page | None:
        """What the house says when it has accepted it; None if it hasn't."""
        begun = time.monotonic()
        try:
            answer = fetch(self.port, person, path, form)
        except OSError:
            answer = None
        accepted = answer is not None and answer.status == 302 and "/login" not in answer.where
        with self._lock:
            self.seen.refused += not accepted
        if not accepted or answer is None:
            return None
        self._note(begun)
        return answer

    def _note(self, begun: float) -> None:
        with self._lock:
            self.seen.done += 1
            self.seen.milliseconds.append((time.monotonic() - begun) * 1000)

    def _look(
        self, what: str, place: str, tells: Callable[[str], bool], by: Visitor | None = None
    ) -> None:
        """The writer looks at once, the others after two seconds."""
        begun = time.monotonic()
        if by is not None and not self._tells(by, place, tells):
            with self._lock:
                self.seen.stale_to_writer += 1
        time.sleep(max(0.0, begun + IN_TIME - time.monotonic()))
        for reader in self.crowd.dice.sample(self.readers, 2):
            told = self._tells(reader, place, tells)
            with self._lock:
                self.seen.looks += 1
                if not told:
                    self.seen.stale += 1
                    self.seen.what.append(what)

    def _tells(self, reader: Visitor, place: str, tells: Callable[[str], bool]) -> bool:
        """Whether a page does, or one of those behind it: the latest answer is on the last."""
        try:
            while not tells(text := fetch(self.port, reader, place).text):
                following = _NEXT.search(text)
                if following is None:
                    return False
                place = html.unescape(following[1])
        except OSError:
            pass  # nobody was told anything
        return True
