"""Visitors with telephones of their own, on browser contexts that are used again.

Beginning a context and its first page costs a browser as much as four more pages. So a context
goes from one visitor to the next: signed out and with nothing stored.
"""

import re
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

#: Fragments come after the page. Waiting until nothing is loaded any more takes half a second.
NOTE_FRAGMENTS = """
document.addEventListener("htmx:afterRequest", (event) => { event.target.came = true; });
"""
#: What came is in its place, and its own forms and links are ready.
FRAGMENTS_HAVE_COME = """
() => document.readyState === "complete"
  && [...document.querySelectorAll("[hx-trigger=load]")].every((one) => one.came)
  && !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling")
"""
_AGENT = "Mozilla/5.0 (Linux; Android 13) Chrome/120"
#: Of the house, so that the page keeps its process; no script runs there.
_QUIET = "/static/img/favicon.svg"


@dataclass
class Visitor:
    """Somebody with a browser of their own; what the browser complains of is kept."""

    context: BrowserContext
    page: Page
    base: str
    scripts: bool
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def go_for(self, path: str, words: str) -> None:
        """Go there until it tells these words: what somebody else has just done is on a public
        page within two seconds."""
        until = time.monotonic() + 2
        self.go(path)
        while words not in self.page.content() and time.monotonic() < until:
            time.sleep(0.1)
            self.go(path)
        assert words in self.page.content()

    def settle(self) -> None:
        """Wait until the page's fragments have come; without scripts there are none."""
        if self.scripts:
            self.page.wait_for_function(FRAGMENTS_HAVE_COME)

    def tap_in_as(self, role: str) -> None:
        """One tap on the demo's page."""
        self.go("/demo/")
        self.page.locator(f"form:has([name=role][value={role}]) button").click()
        self.page.wait_for_url(lambda url: "/demo/" not in url)

    def sign_in_as(self, role: str) -> None:
        """The same requests, without drawing the pages: most stories begin after them."""
        form = self.context.request.get(f"{self.base}/demo/").text()
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert found, form
        sent = {"csrfmiddlewaretoken": found[1], "role": role}
        answer = self.context.request.post(f"{self.base}/demo/sign-in/", form=sent)
        assert answer.ok
        assert "/demo/" not in answer.url

    def complain(self, what: str) -> None:
        self.complaints.append(what)


@dataclass
class _Seat:
    """A context with one page; whoever sits there hears its complaints."""

    context: BrowserContext
    page: Page
    visitor: Visitor | None = None

    def tell(self, what: str) -> None:
        if self.visitor is not None:
            self.visitor.complain(what)


class Seats:
    """The contexts of one browser, lent to one visitor after the other."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[tuple[bool, int], list[_Seat]] = {}

    @contextmanager
    def lend(
        self, name: str, base: str, *, scripts: bool, width: int, fresh: bool = False
    ) -> Iterator[Visitor]:
        """A visitor without cookies; a `fresh` one's context is their own, and so is its user
        agent, by which readers are told apart."""
        free = self.free.setdefault((scripts, width), [])
        if fresh:
            agent = f"{_AGENT} {name}-{uuid.uuid4().hex[:8]}"
            seat = self._make(scripts=scripts, width=width, agent=agent)
        else:
            seat = free.pop() if free else self._make(scripts=scripts, width=width, agent=_AGENT)
        found = seat.visitor = Visitor(seat.context, seat.page, base, scripts)
        yield found
        seat.visitor = None
        # What a test that failed leaves behind is not worth cleaning up.
        if not fresh and self._clear(seat, base):
            free.append(seat)
        else:
            seat.context.close()

    def _make(self, *, scripts: bool, width: int, agent: str) -> _Seat:
        context = self.browser.new_context(
            viewport={"width": width, "height": 844},
            user_agent=agent,
            java_script_enabled=scripts,
            locale="zh-CN",
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        context.add_init_script(NOTE_FRAGMENTS)
        seat = _Seat(context, context.new_page())
        seat.page.on(
            "console",
            lambda message: seat.tell(message.text) if message.type == "error" else None,
        )
        seat.page.on("pageerror", lambda error: seat.tell(str(error)))
        return seat

    def _clear(self, seat: _Seat, base: str) -> bool:
        if seat.page.is_closed() or len(seat.context.pages) != 1:
            return False
        seat.page.unroute_all()
        seat.page.goto(base + _QUIET)
        seat.context.clear_cookies()
        # Of this tab alone; no command of the browser's clears it.
        seat.page.evaluate("sessionStorage.clear()")
        devtools = seat.context.new_cdp_session(seat.page)
        devtools.send("Storage.clearDataForOrigin", {"origin": base, "storageTypes": "all"})
        devtools.send("Page.resetNavigationHistory")
        devtools.detach()
        return True
