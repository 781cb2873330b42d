"""What a form costs the house's processor: `.venv/bin/python bench/posts.py --house FOLDER`.

Sends whole forms to the house's own entrance (`config.wsgi`) in this process, each of somebody
else from another network: a named question, an answer, and an answer in a body's name at its
desk. Prints the processor time and the queries of each as multiples of `/robots.txt` in the same
run. FOLDER is a furnished house, of which a copy is taken. bench/writes.py measures what comes of
it with many at once.

    --json FILE      writes the figures
    --profile KIND   in place of the table, where the time of one kind of form goes
    --queries KIND   in place of the table, the statements of one form in their order
"""

import argparse
import cProfile
import json
import pstats
import secrets
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.rig.crowd import Crowd, Visitor
from bench.rig.house import BEHIND_A_PROXY, folder, set_up_beside

#: So many parts of a run, in each of which every kind has its turn.
ROUNDS = 10
ROBOTS, ANSWER, DESK, QUESTION = "robots.txt", "answer", "answer at a desk", "named question"
KINDS = (QUESTION, ANSWER, DESK)
House = Callable[..., Any]
#: Who sends it, where to, and the form; None asks for a page.
Sent = tuple[Visitor, str, dict[str, str] | None]


def main() -> int:
    given = options()
    with folder() as where:
        data = where / "house"
        shutil.copytree(given.house, data)
        told = json.loads(given.house.with_name(f"{given.house.name}.json").read_text("utf-8"))
        set_up_beside(data, **BEHIND_A_PROXY | {"READS_FLUSH_SECONDS": "3600"})
        from config.wsgi import application

        forms = Forms(told)
        sent = {name: forms.of(name) for name in (ROBOTS, *KINDS)}
        for name in (ROBOTS, *KINDS):
            for _ in range(20):
                send(application, *next(sent[name]))
        if given.profile:
            profile(application, sent[given.profile], given.many)
        elif given.queries:
            show(application, sent[given.queries])
        else:
            measure(application, sent, given)
    return 0


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--house", required=True, type=Path, help="a furnished folder")
    parser.add_argument("--many", type=int, default=200, help="forms of each kind")
    parser.add_argument("--json", help="a file for the figures")
    parser.add_argument("--profile", choices=KINDS)
    parser.add_argument("--queries", choices=KINDS)
    return parser.parse_args()


class Forms:
    """Forms of each kind, without end."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told, self.crowd = told, Crowd(told)
        self.people = self.crowd.people()

    def of(self, kind: str) -> Iterator[Sent]:
        yield from {
            ROBOTS: self._robots,
            QUESTION: self._questions,
            ANSWER: self._answers,
            DESK: self._replies,
        }[kind]()

    def _robots(self) -> Iterator[Sent]:
        while True:
            yield self.people[0], "/robots.txt", None

    def _questions(self) -> Iterator[Sent]:
        for n in range(10**6):
            form = {
                "kind": "help",
                "field": ("work", "life", "study")[n % 3],
                "title": f"试用期工资怎么算，第 {n} 次问",
                "text": "入职第二个月，工资还没有发，想问清楚该找谁。" * 8,
                "region": ("410100", "410122", "410200")[n % 3],
                "name_choice": "named",
                "key": secrets.token_hex(16),
            }
            yield self.people[n % (len(self.people) - 1)], "/ask/", form

    def _answers(self) -> Iterator[Sent]:
        questions = self.told["questions"]
        for n in range(10**6):
            path = f"/q/{questions[n * 7 % len(questions)]}/answer/"
            yield self.people[(n + 13) % (len(self.people) - 1)], path, {"text": _words()}

    def _replies(self) -> Iterator[Sent]:
        """To what waits at desks, by whoever works there."""
        from youthvoice.cases.models import Lane

        waiting = Lane.objects.filter(is_own=True, state="asked", case__state="received")
        rows = list(waiting.select_related("case").order_by("-case")[: 4 * len(self.people)])
        staff = Staff(self.told["people"], self.people)
        for lane in rows:
            form = {"lane": str(lane.pk), "text": _words(), "version": str(lane.case.version)}
            form |= {"mark": lane.mark}
            yield staff.of(lane.holder_id), f"/cases/{lane.case.question_id}/reply/", form


class Staff:
    """Somebody with a second factor for each body, another one once a limit would count too many;
    taken from the end of the people."""

    _EACH = 8

    def __init__(self, keys: list[str], people: list[Visitor]) -> None:
        self.free = list(zip(keys, people, strict=True))[:-1]
        self.hands: dict[int, tuple[Visitor, int]] = {}

    def of(self, organisation: int) -> Visitor:
        visitor, left = self.hands.get(organisation, (None, 0))
        if visitor is None or not left:
            visitor, left = self._hired(organisation), self._EACH
        self.hands[organisation] = visitor, left - 1
        return visitor

    def _hired(self, organisation: int) -> Visitor:
        from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
        from allauth.mfa.totp.internal.auth import TOTP

        from youthvoice.kit import clock
        from youthvoice.orgs.actions import join
        from youthvoice.orgs.choices import Role
        from youthvoice.orgs.middleware import COOKIE, cookie_value
        from youthvoice.orgs.models import Organisation
        from youthvoice.people.devices.sessions import SessionStore
        from youthvoice.people.models import User

        key, visitor = self.free.pop()
        session = SessionStore(key)
        person = User.objects.get(pk=session["_auth_user_id"])
        body = Organisation.objects.get(pk=organisation)
        join(person=person, organisation=body, role=Role.ANSWERER, by=None, at=clock.now())
        factor = TOTP.activate(person, "JBSWY3DPEHPK3PXP").instance
        used = {"method": "mfa", "at": time.time(), "id": factor.pk, "type": factor.type}
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [used]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        visitor.cookies[COOKIE] = cookie_value(key, int(time.time()))
        return visitor


def _words() -> str:
    return f"先去劳动监察问一问，带上合同和打卡记录。{secrets.token_hex(4)} " * 4


def send(application: House, who: Visitor, path: str, form: dict[str, str] | None) -> bytes:
    """What the house answers; anything but a page or a way on ends the run."""
    environ = environ_of(who, path, form)
    told: list[str] = []
    answer = application(environ, lambda status, headers, _more=None: told.append(status))
    body = b"".join(answer)
    answer.close()
    if told[0][:3] not in ("200", "302"):
        raise SystemExit(f"{path}: {told[0]}")
    return body


def environ_of(who: Visitor, path: str, form: dict[str, str] | None) -> dict[str, Any]:
    head, _blank, body = who.asks(path, host="localhost:8000", form=form).partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    heads = dict(line.split(": ", 1) for line in lines)
    environ = {
        "REQUEST_METHOD": first.partition(" ")[0],
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in heads.items():
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
    return environ


def measure(application: House, sent: dict[str, Iterator[Sent]], given: argparse.Namespace) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    took: dict[str, list[float]] = {name: [] for name in sent}
    for _ in range(ROUNDS):
        for name, forms in sent.items():
            for _ in range(given.many // ROUNDS):
                one = next(forms)
                begun = time.process_time()
                send(application, *one)
                took[name].append(time.process_time() - begun)
    means = {name: statistics.fmean(times) for name, times in took.items()}
    figures = {}
    print(f"{'form':<20}{'ms':>8}{'× robots.txt':>14}{'queries':>9}{'kB':>7}")
    for name, mean in means.items():
        one = next(sent[name])
        with CaptureQueriesContext(connection) as queries:
            body = send(application, *one)
        times = mean / means[ROBOTS]
        figures[name] = {"ms": mean * 1000, "times_robots": times, "queries": len(queries)}
        size = len(body) / 1000
        print(f"{name:<20}{mean * 1000:>8.2f}{times:>14.2f}{len(queries):>9}{size:>7.1f}")
    if given.json:
        Path(given.json).write_text(json.dumps(figures, indent=1), encoding="utf-8")


def profile(application: House, sent: Iterator[Sent], many: int) -> None:
    forms = [next(sent) for _ in range(many)]
    watch = cProfile.Profile(time.process_time)
    for one in forms:
        watch.runcall(send, application, *one)
    stats = pstats.Stats(watch)
    stats.sort_stats("tottime").print_stats(60)
    stats.sort_stats("cumulative").print_stats(150)


def show(application: House, sent: Iterator[Sent]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one = next(sent)
    with CaptureQueriesContext(connection) as queries:
        send(application, *one)
    for query in queries.captured_queries:
        print(" ".join(query["sql"].split()))


if __name__ == "__main__":
    sys.exit(main())
