"""What every test stands on: no way out to the network, and a browser only where there is one."""

import gc
import ipaddress
import os
import random
import shutil
import socket
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import coverage
import pytest

from tests.dealing import ByFile, when
from tests.second_database import can_differ, could_differ

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from tests.factories import House
    from tests.sealing import Sealing
    from youthvoice.reads.actions import Recorder

#: The first has no windows, nor their services: it takes half the processor time of the others.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def browser_path() -> str | None:
    """The Chromium of this machine (`CHROMIUM` names another), or None."""
    names = (os.environ.get("CHROMIUM"), *BROWSERS)
    return next((path for name in names if name and (path := shutil.which(name))), None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--second-database",
        action="store_true",
        help="leave out what can't differ from the run on the first database (.ci/run)",
    )
    parser.addoption(
        "--shuffle", type=int, metavar="SEED", help="run files and their tests in another order"
    )


#: Signs of one value in the name of a test, as the terminal writes them.
_NAMED_MOST = 60


def pytest_make_parametrize_id(val: object) -> str | None:
    """A value of thousands of signs isn't the name of its test: logs and lists carry that."""
    if not isinstance(val, str | bytes) or len(written := ascii(val)) <= _NAMED_MOST:
        return None
    return f"{written[:_NAMED_MOST]}...{len(val)}"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """On the second database most files have no test to run, and importing them takes seconds."""
    if not config.getoption("--second-database") or not collection_path.name.startswith("test_"):
        return None
    return None if could_differ(collection_path) else True


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile | None:
    if config.getvalue("dist") != "loadgroup":
        return None
    # In the order of pytest_collection_modifyitems, and not the file of most tests first.
    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """All that comes with collecting stays to the end of the run: Django, the apps, the tests.

    Python's search for cycles would go through it again and again as it grows, and later while
    the tests run. What a test leaves behind is searched as ever.
    """
    gc.disable()
    try:
        with _only_ours_counted(session.config):
            return (yield)
    finally:
        gc.freeze()
        gc.enable()
        # Each page leaves thousands of objects that need no search: one in fifty is soon enough.
        gc.set_threshold(50_000, 10, 10)


@contextmanager
def _only_ours_counted(config: pytest.Config) -> Iterator[None]:
    """Of what is imported, lines are counted in modules of ours alone.

    Else pytest's own work at three hundred files of tests would take twice its time.
    """
    plugin = config.pluginmanager.getplugin("_cov")
    controller = getattr(plugin, "cov_controller", None)
    if controller is None or config.getoption("dist", "no") != "no":
        yield
        return
    depth = 0
    real = SourceFileLoader.exec_module

    def exec_module(loader: SourceFileLoader, module: ModuleType) -> None:
        nonlocal depth
        if module.__name__.partition(".")[0] != "youthvoice":
            real(loader, module)
            return
        depth += 1
        if depth == 1:
            controller.resume()
        try:
            real(loader, module)
        finally:
            depth -= 1
            if depth == 0:
                controller.pause()

    controller.pause()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SourceFileLoader, "exec_module", exec_module)
            yield
    finally:
        controller.resume()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--second-database"):
        config.hook.pytest_deselected(items=[item for item in items if not can_differ(item)])
        items[:] = [item for item in items if can_differ(item)]
    items.sort(key=when)
    if seed := config.getoption("--shuffle"):
        # A file's tests stay together, for they may share what takes long to make.
        dice = random.Random(seed)  # noqa: S311 - no secret
        order: dict[str, float] = defaultdict(dice.random)
        items.sort(key=lambda item: (order[str(item.path)], order[item.nodeid]))
    if browser_path():
        return
    skip = pytest.mark.skip(reason="no Chromium here; ./test says how to get one")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(skip)


#: They go through pages whose lines the apps' own tests count, thousands of times.
_WALKS = tuple(
    Path(__file__).parent / "tests" / name
    for name in ("access", "browser", "flows", "hostile", "namelessness")
)
#: A file's tests are counted until so many one after the other have run no new line.
_IN_VAIN = 4
_seen: set[tuple[Path, str]] = set()
_in_vain: Counter[Path] = Counter()


def counts(item: pytest.Item) -> bool:
    """Whether the lines that a test runs are counted, which doubles its time on Python 3.11.

    Not those of walks, and not of tests that would add nothing: a test with many parameters
    counts once, and a file until its tests bring nothing new (in each process). So what is
    told is the least that is covered.
    """
    if item.get_closest_marker("walk") or any(map(item.path.is_relative_to, _WALKS)):
        return False
    name = (item.path, getattr(item, "originalname", item.name))
    is_first = name not in _seen
    _seen.add(name)
    return is_first and _in_vain[item.path] < _IN_VAIN


def _count_once() -> None:
    """In a worker of xdist three measurements begin: its own as a process (`patch` in
    pyproject.toml), pytest-cov's of a run without workers, and then the worker's. The first two
    see the lines that run on import; were they to go on, they would count all that `counts`
    leaves out.
    """
    while measuring := coverage.Coverage.current():
        measuring.stop()
        measuring.save()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    plugin = item.config.pluginmanager.getplugin("_cov")
    controller = getattr(plugin, "cov_controller", None)
    if controller is None:
        return (yield)
    if counts(item):
        before = _lines(controller)
        try:
            return (yield)
        finally:
            is_new = _lines(controller) > before
            _in_vain[item.path] = 0 if is_new else _in_vain[item.path] + 1
    controller.pause()
    try:
        # Nor are the processes counted that it starts.
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
            return (yield)
    finally:
        controller.resume()


def _lines(controller: Any) -> int:
    """How many lines this process has counted."""
    return sum(len(lines) for lines in controller.cov._collector.data.values())


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser for tests marked `browser`."""
    path = browser_path()
    assert path, "mark the test with pytest.mark.browser"
    return path


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may reach another machine: a forgotten call must fail here, not be slow."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}

    def guard(name: str) -> Any:
        def guarded(self: socket.socket, where: Any) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(where[0]):
                raise AssertionError(f"a test wants to reach {where[0]}")
            return real[name](self, where)

        return guarded

    for name in real:
        monkeypatch.setattr(socket.socket, name, guard(name))


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: "DjangoDbBlocker",
) -> Iterator[None]:
    """In place of pytest-django's: a copy of what tests/database.py furnished once."""
    from django.test import TransactionTestCase

    from tests.database import of_this_process

    database = of_this_process()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        database.make()
        # What a test has committed goes with its copy; flushing would take the house, too.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: database.restore())
        yield
        database.remove()


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        _count_once()


def pytest_sessionstart(session: pytest.Session) -> None:
    _forget_template(session.config)


def pytest_sessionfinish(session: pytest.Session) -> None:
    _forget_template(session.config)


def _forget_template(config: pytest.Config) -> None:
    """By the process that began the run, before and after the others."""
    if os.environ.get("DATABASE_URL") and not hasattr(config, "workerinput"):
        from tests.database import forget_template

        forget_template()


@pytest.fixture
def house(db: None) -> "House":
    """A small province with committees and routes; see tests.factories.House."""
    from tests.factories import build_house

    return build_house()


@pytest.fixture
def bare(db: None) -> None:
    """A database in which nobody is yet, not even the small house."""
    from tests.factories import remove_house

    remove_house()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stops the house's clock at MONDAY, or sets it to another moment."""
    from tests.factories import MONDAY
    from youthvoice.kit import clock

    def set_time(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_time(MONDAY)
    return set_time


@pytest.fixture
def sealing(house: "House", settings: Any) -> "Sealing":
    """The house seals who asks without a name; see tests.sealing."""
    from tests.sealing import turn_on

    return turn_on(settings, house)


@pytest.fixture
def held_reads(monkeypatch: pytest.MonkeyPatch) -> "Recorder":
    """The reads' recorder, written only when a test says so.

    Its thread would write beside the test's transaction, and outlive the test.
    """
    from youthvoice.reads import actions

    recorder = actions.Recorder()
    recorder._thread = threading.main_thread()
    monkeypatch.setattr(actions, "recorder", recorder)
    return recorder


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    """A store of pictures of the test's own: others may draw at the same time."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def stored(store: Path) -> Callable[[], set[str]]:
    """Gives the names of the files that are in the store."""
    return lambda: {path.name for path in store.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What a process keeps between requests, in memory or beside the database, tests must not keep
    between them."""
    from django.conf import settings
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache

    from youthvoice.limits import store
    from youthvoice.people.devices.actions import came_again
    from youthvoice.reads import daily

    cache.clear()
    # A house of an earlier release has other numbers for its tables.
    ContentType.objects.clear_cache()
    came_again.forget()
    store.empty()
    daily.key_of.cache_clear()
    if settings.HELD_ROOT.exists():
        shutil.rmtree(settings.HELD_ROOT)


@pytest.fixture(scope="session", autouse=True)
def _staff_have_used_their_factor() -> Iterator[None]:
    """Most tests of staff are about something else: see tests/signing_in.py."""
    from django.test import Client

    from tests.signing_in import django_force_login, force_login

    Client.force_login = force_login  # type: ignore[method-assign, assignment]
    yield
    Client.force_login = django_force_login  # type: ignore[method-assign]
