"""What a page costs that Django draws: `.venv/bin/python bench/uncached.py --data FOLDER`.

Sends requests to the house's own entrance (`config.wsgi`) with the settings of a house that runs,
in this process and with no cache of pages before it, and prints the processor time of each kind of
page as a multiple of `/robots.txt` in the same run. FOLDER is the data folder of a house: its
questions are looked at, nothing of them is changed. Each question, and each page of a list, is
drawn once in this process; what is warm is what any page warms. `/robots.txt` itself is told as a
multiple of an empty view without middleware.

    --json FILE      writes the figures
    --profile PAGE   in place of the table, where the time of one kind of page goes
"""

import argparse
import cProfile
import json
import os
import pstats
import secrets
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

#: The most that each may cost, in times of `/robots.txt`.
BARS = {
    "question": 10,
    "home": 12,
    "lists, first pages": 12,
    "lists, pages behind": 12,
    "orgs": 12,
    "topics": 12,
    "ask": 8,
    "me/q, signed in": 6,
}
#: So many parts of a run, in each of which every kind of page has its turn: a machine's speed
#: changes within a minute.
ROUNDS = 5
AGENT = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


def main() -> int:
    given = options()
    os.environ["YOUTHVOICE_DATA"] = str(Path(given.data).resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    # Reads are gathered as ever, and none is written.
    os.environ["READS_FLUSH_SECONDS"] = "3600"
    # The log's lines are written as ever, but to nobody.
    shown, sys.stderr = sys.stderr, open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    try:
        from config.wsgi import application
    finally:
        sys.stderr = shown
    print(f"{'page':<22}{'drawn':>7}{'ms':>8}{'× robots.txt':>14}{'bar':>6}{'queries':>9}{'kB':>7}")
    with signed_in() as cookie:
        pages = kinds(given.many, cookie)
        for wanted in pages.values():
            for address, cookie_sent in wanted.warm:
                send(application, address, cookie_sent)
        if given.profile:
            profile(application, pages[given.profile])
        else:
            measure(application, pages, given.json)
    forget_reads()
    return 0


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", required=True, help="the data folder of a house")
    parser.add_argument("--many", type=int, default=200, help="questions drawn")
    parser.add_argument("--json", help="a file for the figures")
    parser.add_argument("--profile", help="a kind of page, as the table names it")
    return parser.parse_args()


class Pages:
    """Addresses of one kind of page: those that are drawn before, and those that count."""

    def __init__(self, counted: list[str], *, warm: list[str], cookie: str = "") -> None:
        self.counted = [(address, cookie) for address in counted]
        self.warm = [(address, cookie) for address in warm]


def kinds(many: int, cookie: str) -> dict[str, Pages]:
    from django.urls import reverse

    from youthvoice.questions.choices import Field
    from youthvoice.questions.models import Question

    def places(numbers: list[int], name: str) -> list[str]:
        return [reverse(f"site:{name}", args=[number]) for number in numbers]

    rows = Question.objects.listed().filter(deleted_at=None).order_by("-asked_at")
    numbers = list(rows.values_list("pk", flat=True)[: 2 * many + 40])
    warm, rest = numbers[:20], numbers[20:]
    drawn, own = rest[:many], rest[many : 2 * many] or rest[:many]
    home = reverse("site:home")
    firsts = [f"{home}?show={show}" for show in ("hot", "waiting", "solved")]
    firsts += [f"{home}?field={field}" for field in Field.values]
    once = {
        "home": home,
        "orgs": reverse("site:orgs"),
        "topics": reverse("topics:list"),
        "ask": reverse("questions:ask"),
    }
    robots, times = reverse("site:robots"), ROUNDS * 20
    return {
        "robots.txt": Pages([robots] * times * 4, warm=[robots] * 50),
        "question": Pages(places(drawn, "question"), warm=places(warm, "question")),
        **{name: Pages([at] * times, warm=[at] * 3) for name, at in once.items()},
        "lists, first pages": Pages(firsts * (times // len(firsts)), warm=firsts),
        "lists, pages behind": Pages(list(behind(home, many)), warm=firsts[:1]),
        "me/q, signed in": Pages(
            places(own, "me_question"), warm=places(warm, "me_question"), cookie=cookie
        ),
    }


def behind(home: str, many: int) -> Iterator[str]:
    """The pages of the newest questions behind the first, each with other rows."""
    from youthvoice.kit.paging import PAGE_SIZE
    from youthvoice.questions.models import Question
    from youthvoice.questions.queries import LISTS

    rows = Question.objects.listed().order_by("-asked_at", "-pk")
    for row in rows[PAGE_SIZE - 1 : PAGE_SIZE * (many // 4) : PAGE_SIZE]:
        yield f"{home}?after={LISTS['new'].write(row.asked_at)}~{row.pk}"


@contextmanager
def signed_in() -> Iterator[str]:
    """The cookie of somebody who asked something; their session ends with this."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib import auth

    from youthvoice.people.models import User

    person = User.objects.filter(is_active=True, questions__isnull=False).order_by("pk").first()
    if person is None:
        raise SystemExit("nobody here has asked under a name: is it a house with its demo?")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[auth.SESSION_KEY] = person._meta.pk.value_to_string(person)
    session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[auth.HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    try:
        # Whoever has signed in has the forms' token, too.
        token = f"{settings.CSRF_COOKIE_NAME}={secrets.token_hex(16)}"
        yield f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {token}"
    finally:
        session.delete()


def send(application: Callable[..., Any], address: str, cookie: str = "") -> bytes:
    """What the house answers, as a browser asks; anything but a page ends the run."""
    path, _mark, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_USER_AGENT": AGENT,
        "HTTP_ACCEPT": "text/html,application/xhtml+xml",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd",
        "HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if cookie:
        environ["HTTP_COOKIE"] = cookie
    told: list[str] = []
    answer = application(environ, lambda status, headers, _more=None: told.append(status))
    body = b"".join(answer)
    answer.close()
    if not told[0].startswith("200"):
        raise SystemExit(f"{address}: {told[0]}")
    return body


def empty_house() -> Callable[..., Any]:
    """Django with one address, one view that says nothing, and no middleware."""
    from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
    from django.http import HttpRequest, HttpResponse
    from django.test import override_settings
    from django.urls import path

    def nothing(request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"")

    class Addresses:
        urlpatterns = (path("robots.txt", nothing),)

    class Request(WSGIRequest):
        urlconf = Addresses

    class House(WSGIHandler):
        request_class = Request

    with override_settings(MIDDLEWARE=[]):
        return House()


def measure(application: Callable[..., Any], pages: dict[str, Pages], told: str | None) -> None:
    empty, took = empty_house(), {name: [] for name in ["an empty view", *pages]}
    robots = pages["robots.txt"].counted
    for turn in range(ROUNDS):
        for house, name, wanted in [
            (empty, "an empty view", robots),
            *((application, name, kind.counted) for name, kind in pages.items()),
        ]:
            for address, cookie in wanted[turn::ROUNDS]:
                begun = time.process_time()
                send(house, address, cookie)
                took[name].append(time.process_time() - begun)
    means = {name: statistics.fmean(times) for name, times in took.items()}
    figures = {}
    for name, mean in means.items():
        kind = pages.get(name)
        queries, size = counted(application, *kind.counted[-1]) if kind else (0, 0)
        figures[name] = {
            "drawn": len(took[name]),
            "ms": round(mean * 1000, 3),
            "times_robots": round(mean / means["robots.txt"], 2),
            "bar": BARS.get(name),
            "queries": queries,
            "bytes": size,
        }
        line = f"{name:<22}{len(took[name]):>7}{mean * 1000:>8.2f}"
        line += f"{mean / means['robots.txt']:>14.2f}{BARS.get(name, ''):>6}{queries:>9}"
        print(f"{line}{size / 1000:>7.1f}")
    own = means["robots.txt"] / means["an empty view"]
    print(f"robots.txt is {own:.2f} × an empty view without middleware")
    if told:
        figures["robots.txt"]["times_empty"] = round(own, 2)
        Path(told).write_text(json.dumps(figures, indent=1), encoding="utf-8")


def counted(application: Callable[..., Any], address: str, cookie: str) -> tuple[int, int]:
    """How many queries a page takes, and how many bytes it has on its way."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        body = send(application, address, cookie)
    return len(queries), len(body)


def profile(application: Callable[..., Any], wanted: Pages) -> None:
    watch = cProfile.Profile(time.process_time)
    for address, cookie in wanted.counted[: ROUNDS * 20]:
        watch.runcall(send, application, address, cookie)
    stats = pstats.Stats(watch)
    stats.sort_stats("tottime").print_stats(45)
    stats.sort_stats("cumulative").print_stats(70)


def forget_reads() -> None:
    from youthvoice.reads.actions import recorder

    recorder._waiting.clear()


if __name__ == "__main__":
    sys.exit(main())
