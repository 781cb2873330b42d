"""A whole demo house as ./run starts it, and visitors with telephones of their own."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.scripts.conftest import postgres
from tests.scripts.house import House


@contextmanager
def a_house(data: Path, **environ: str) -> Iterator[House]:
    """A house with demo content; on PostgreSQL in a database of its own."""
    environ = {"DJANGO_SETTINGS_MODULE": "config.settings", **environ}
    given = os.environ.get("DATABASE_URL")
    own = ""
    if given:
        name = f"/youthvoice_browser_{uuid.uuid4().hex[:12]}"
        own = urlunsplit(urlsplit(given)._replace(path=name))
        postgres("make", own)
        environ["DATABASE_URL"] = own
    with House(data, **environ) as house:
        yield house
        house.stop()
    if own:
        postgres("drop", own)


@pytest.fixture(scope="session")
def demo_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all browser tests of this process."""
    with a_house(tmp_path_factory.mktemp("browser") / "data") as house:
        yield house


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Its loop runs in this thread from now on; nothing of ours is asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        found = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield found
        found.close()


@dataclass
class Visitor:
    """Somebody with a browser of their own; what the browser complains of is kept."""

    context: BrowserContext
    page: Page
    complaints: list[str]
    base: str

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def settle(self) -> None:
        """Wait until the page's fragments have come."""
        self.page.wait_for_load_state("networkidle")

    def sign_in_as(self, role: str) -> None:
        """One tap on the demo's page."""
        self.go("/demo/")
        self.page.locator(f"form:has([name=role][value={role}]) button").click()
        self.page.wait_for_url(lambda url: "/demo/" not in url)


@pytest.fixture
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors; each has cookies and a user agent of their own, so each is counted."""
    made: list[Visitor] = []

    def make(
        name: str = "somebody",
        *,
        scripts: bool = True,
        width: int = 390,
        house: House | None = None,
    ) -> Visitor:
        house = house or request.getfixturevalue("demo_house")
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            user_agent=f"Mozilla/5.0 (Linux; Android 13) Chrome/120 {name}-{uuid.uuid4().hex[:8]}",
            java_script_enabled=scripts,
            locale="zh-CN",
        )
        complaints: list[str] = []
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        found = Visitor(context, page, complaints, f"http://127.0.0.1:{house.port}")
        made.append(found)
        return found

    yield make
    for one in made:
        one.context.close()
    assert [c for one in made for c in one.complaints] == []
