"""A whole demo house as ./run starts it, and visitors with telephones of their own."""

import os
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, sync_playwright

from config import settings as real
from tests.browser.visitors import Seats, Visitor
from tests.scripts.house import ROOT, House, run
from tests.scripts.prepared import Shelf
from tests.sealing import WORDS
from youthvoice.sealed import keyfiles

#: Who opens what is sealed, by the demo's roles: the first place and the second.
OPENERS = {"lead": "first", "operator": "second"}
#: Operators who have set up no second factor yet, one for each story of one; their password.
OPERATORS = ["op-app", "op-passkey", "op-plain"]
OPERATOR_PASSWORD = "kaifeng-baozi-7"


def make_keys(data: Path) -> dict[str, Path]:
    """The public keys go into the house's folder; gives the openers' own files."""
    folder = data / "keys" / "sealed"
    folder.mkdir(parents=True)
    files = {}
    for role, place in OPENERS.items():
        # What the house itself will ask of a passphrase.
        with override_settings(SEALED_HASH_COST=real.SEALED_HASH_COST):
            pair = keyfiles.make(WORDS[place])
        files[role] = data.with_name(f"demo-{role}.key")
        files[role].write_text(pair.private_text)
        (folder / f"demo-{role}.pub").write_text(pair.public_text)
    return files


def make_operators(data: Path, environ: dict[str, str]) -> None:
    environ = {**os.environ, **environ, "YOUTHVOICE_DATA": str(data)}
    environ |= {"OPERATOR_PASSWORD": OPERATOR_PASSWORD, "PYTHONPATH": str(ROOT)}
    done = run(sys.executable, "-m", "tests.browser.operators", *OPERATORS, env=environ)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def started_once(
    shelf: Shelf, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, dict[str, str]]]:
    """The folder of a house that has been started with the demo before, and its variables."""
    data = tmp_path_factory.mktemp("browser") / "data"
    with shelf.copied(data, name="demo") as environ:
        yield data, environ


@pytest.fixture(scope="session")
def sealing_keys(started_once: tuple[Path, dict[str, str]]) -> dict[str, Path]:
    """The files of those who open what is sealed; their public keys are in the house."""
    return make_keys(started_once[0])


@pytest.fixture(scope="session")
def demo_house(
    started_once: tuple[Path, dict[str, str]],
    sealing_keys: dict[str, Path],
    django_db_setup: None,
) -> Iterator[House]:
    """One house with demo content, and one that seals, for all stories of this process.

    On PostgreSQL in a database of its own.
    """
    data, own = started_once
    environ = own | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "READS_FLUSH_SECONDS": "1",
        "SEALED_RECORDS": "on",
        "SEALED_OPENERS": ",".join(f"demo-{role}" for role in OPENERS),
    }
    make_operators(data, environ)
    with House(data, **environ) as house:
        yield house
        house.stop()


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
                "--in-process-gpu",
                "--disable-extensions",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield found
        found.close()


@pytest.fixture(scope="session")
def seats(browser: Browser) -> Seats:
    return Seats(browser)


_VISITORS = pytest.StashKey[list[Visitor]]()
_HOUSE = pytest.StashKey[House]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, Any]:
    """What each visitor saw when a story broke off, and what the house said then."""
    report = yield
    if report.when == "call" and report.failed:
        for one in item.stash.get(_VISITORS, []):
            seen = f"{one.page.url}\n{one.page.locator('body').inner_text()[:1500]}"
            report.sections.append(("seen by a visitor", seen))
        if house := item.stash.get(_HOUSE, None):
            report.sections.append(("said by the house", house.log()[-4000:]))
    return report


@pytest.fixture
def visitor(seats: Seats, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors of the demo house; in the end none of them may have heard a complaint."""
    made = request.node.stash[_VISITORS] = []
    with ExitStack() as stack:

        def make(
            name: str = "somebody", *, scripts: bool = True, width: int = 390, fresh: bool = False
        ) -> Visitor:
            house = request.node.stash[_HOUSE] = request.getfixturevalue("demo_house")
            base = f"http://127.0.0.1:{house.port}"
            lent = seats.lend(name, base, scripts=scripts, width=width, fresh=fresh)
            made.append(stack.enter_context(lent))
            return made[-1]

        yield make
    assert [c for one in made for c in one.complaints] == []
