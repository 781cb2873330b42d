"""What bench/growth.py takes of one house, in the process that it is called in."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TRIES = 11


def _mark() -> str:
    """Words that nobody has written yet, and no digits, which would be somebody's number."""
    return "".join(chr(0x4E00 + byte) for byte in os.urandom(8))


def instructions(work: Callable[[], Any]) -> int:
    """How many hundreds of instructions SQLite takes for it: the same on any machine."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return 0
    hundreds = 0

    def count() -> int:
        nonlocal hundreds
        hundreds += 1
        return 0

    connection.connection.set_progress_handler(count, 100)
    try:
        work()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return hundreds


class Measure:
    """One house, in this process."""

    def __init__(self, only: str) -> None:
        import logging

        import django

        django.setup()
        from django.conf import settings
        from django.db import connection

        from youthvoice.limits import choices
        from youthvoice.questions.models import Question
        from youthvoice.supervisor.prepare import collect_static

        logging.disable(logging.CRITICAL)
        settings.ALLOWED_HOSTS = ["*"]
        settings.RECEIPT_HASH_COST = (1, 1, 8)
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        for what, limit in choices.LIMITS.items():
            choices.LIMITS[what] = choices.Limit(10**9, limit.within, limit.words)
        collect_static()
        self.connection, self.only = connection, only
        self.many = Question.objects.order_by("-pk").values_list("pk", flat=True)[0]
        self.found: dict[str, dict[str, Any]] = {}
        connection.ensure_connection()
        self.backend: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                beside = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
                self.backend = beside if beside.exists() else None

    def all(self) -> dict[str, dict[str, Any]]:
        self.pages()
        self.own_pages()
        self.acts()
        self.steps()
        return self.found

    def spent(self) -> float:
        """Processor time so far, in seconds."""
        if self.connection.vendor == "sqlite":
            return time.process_time()
        if self.backend is None:
            return time.perf_counter()
        return time.process_time() + int(self.backend.read_text().split()[0]) / 1e9

    def take(
        self,
        kind: str,
        name: str,
        work: Callable[[int], Any],
        *,
        tries: int = TRIES,
        warm: int = 2,
        before: Callable[[int], Any] = lambda _n: None,
    ) -> None:
        """Do it several times, each time after `before`, which isn't measured."""
        if self.only and self.only not in name:
            return
        took, asks, walls, counts = [], [], [], []
        for n in range(-warm, tries):
            queries, asked = 0, 0.0

            def count(execute: Any, sql: str, *rest: Any) -> Any:
                nonlocal queries, asked
                queries += 1
                begun = self.spent()
                try:
                    return execute(sql, *rest)
                finally:
                    asked += self.spent() - begun

            before(n + warm)
            begun, wall = self.spent(), time.perf_counter()
            with self.connection.execute_wrapper(count):
                work(n + warm)
            if n >= 0 or tries == 1:
                took.append((self.spent() - begun) * 1000)
                walls.append((time.perf_counter() - wall) * 1000)
                asks.append(asked * 1000)
                counts.append(queries)
        before(tries + warm)
        vm = 0 if tries == 1 else instructions(lambda: work(tries + warm))
        self.found[name] = {
            "vm": vm,
            "kind": kind,
            "queries": int(statistics.median(counts)),
            "ms": statistics.median(took),
            "database": statistics.median(asks),
            "wall": statistics.median(walls),
        }
        told = "{ms:.2f} ms, {database:.2f} of it SQL, {vm}".format(**self.found[name])
        print(f"{name}: {told}", file=sys.stderr, flush=True)

    def get(self, client: Any, *addresses: str) -> Callable[[int], None]:
        from django.core.cache import cache

        def work(n: int) -> None:
            address = addresses[n % len(addresses)]
            cache.clear()
            response = client.get(address)
            for _part in response if response.streaming else ():
                pass
            assert response.status_code in (200, 410), (address, response.status_code)

        return work

    def some(self, rows: Any, many: int = 24) -> list[int]:
        """Numbers of questions here and there, by number and not by OFFSET."""
        step = max(self.many // many, 1)
        found = [rows.filter(pk__gte=start).order_by("pk").first() for start in
                 range(1, self.many, step)]  # fmt: skip
        return [row.pk for row in found if row]

    def pages(self) -> None:
        from django.test import Client

        from youthvoice.kit import clock
        from youthvoice.kit.months import month_of, next_month
        from youthvoice.kit.paging import by_number, by_time
        from youthvoice.orgs.models import Organisation
        from youthvoice.questions.models import Question
        from youthvoice.topics.models import Topic

        client = Client()
        page = lambda name, *addresses: self.take("page", name, self.get(client, *addresses))  # noqa: E731
        middle = Question.objects.filter(pk__gte=self.many // 2).order_by("pk").first()
        place = f"{by_time('asked_at').write(middle.asked_at)}~{middle.pk}"
        hot = f"{by_number('hot').write(middle.hot)}~{middle.pk}"
        page("robots.txt", "/robots.txt")
        page("home", "/")
        for show in ("hot", "waiting", "solved"):
            page(f"home {show}", f"/?show={show}")
        for show in ("new", "hot", "waiting", "solved"):
            narrowed = {
                "field": "field=work",
                "kind": "kind=suggest",
                "field, kind": "field=work&kind=suggest",
                "city": "region=410100",
                "county": "region=410122",
                "nobody's": "region=410122&field=startup&kind=talk",
            }
            for name, query in narrowed.items():
                page(f"home {show}: {name}", f"/?show={show}&{query}")
        page("home, deep", f"/?after={place}")
        page("home hot, deep", f"/?show=hot&after={hot}")
        page("home field, deep", f"/?field=work&after={place}")
        questions = [f"/q/{pk}/" for pk in self.some(Question.objects.listed())]
        page("question", *questions)
        newest = Question.objects.listed().order_by("-pk").values_list("pk", flat=True)[:11]
        page("question, the last ones", *(f"/q/{pk}/" for pk in newest))
        page("pulse", "/pulse/")
        page("orgs", "/orgs/")
        page("org: province", "/orgs/tuan-410000/")
        page("org: city", "/orgs/tuan-410100/")
        helper = Organisation.objects.filter(kind="government").order_by("pk").first()
        page("org: department", f"/orgs/{helper.slug}/")
        page("topics", "/topics/")
        page("topic", *(f"/topics/{topic.pk}/" for topic in Topic.objects.order_by("pk")[:5]))
        page("ledger", "/ledger/")
        for show in ("open", "overdue", "returned"):
            page(f"ledger {show}", f"/ledger/?show={show}")
        page("ledger of a body", f"/ledger/?body={helper.slug}")
        page("ledger of a body, overdue", f"/ledger/?body={helper.slug}&show=overdue")
        page("ledger feed", "/ledger/feed.atom")
        # Of a whole month: on the first of one a small house has a row or two.
        month = f"{next_month(month_of(clock.now()), -1):%Y-%m}"
        for by in ("organisation", "region", "field", "month"):
            page(f"rates by {by}", f"/rates/?by={by}&month={month}")
        page("rates excluded", "/rates/excluded/")
        page("promises", "/promises/")
        page("moderation", "/moderation/")

    def _signed_in(self, username: str) -> Any:
        from django.test import Client

        from tests.signing_in import force_login
        from youthvoice.people.choices import VERSIONS
        from youthvoice.people.models import Consent, User

        person = User.objects.get(username=username)
        for what, now in VERSIONS.items():
            Consent.objects.get_or_create(
                person=person,
                what=what,
                version=now.name,
                defaults={"given_at": person.date_joined},
            )
        client = Client()
        force_login(client, person)
        return client

    def own_pages(self) -> None:
        from youthvoice.cases.models import Case
        from youthvoice.orgs.models import Organisation
        from youthvoice.questions.models import Question

        person = self._signed_in("bench7")
        top = Organisation.objects.get(slug="tuan-410000")
        self.staff = self._signed_in(f"staff{top.pk}")
        self.person = person
        page = lambda name, client, *addresses: self.take(  # noqa: E731
            "page", name, self.get(client, *addresses)
        )
        numbers = self.some(Question.objects.listed())
        page("me/q", person, *(f"/me/q/{pk}/" for pk in numbers))
        page("me/bar", person, "/me/bar/")
        page("mine", person, "/mine/")
        page("ask", person, "/ask/")
        page("answer", person, *(f"/q/{pk}/answer/" for pk in numbers))
        page("desk", self.staff, "/desk/")
        for show in ("waiting", "late", "all", "done", "below"):
            page(f"desk {show}", self.staff, f"/desk/{top.slug}/?show={show}")
        page("gather", self.staff, f"/desk/{top.slug}/gather/")
        held = Case.objects.filter(holder=top, state__in=("held", "received"))
        cases = [f"/cases/{pk}/" for pk in self.some(held)]
        page("case", self.staff, *cases)
        page("case suggestion", self.staff, *(f"{address}suggestion/" for address in cases))
        page("judging", self.staff, "/moderation/queue/")

    def acts(self) -> None:
        from youthvoice.cases.models import Case, Lane
        from youthvoice.questions.models import Question

        asked = 0

        def act(name: str, work: Callable[[int], Any]) -> None:
            self.take("act", name, work)

        def post(client: Any, address: str, body: dict[str, Any]) -> None:
            response = client.post(address, body)
            assert response.status_code in (200, 302), (address, response.status_code)

        def ask(client: Any, named: str) -> Callable[[int], None]:
            def work(n: int) -> None:
                nonlocal asked
                asked += 1
                text = f"公积金怎么转到省内别的城市？{_mark()}"
                post(client, "/ask/", {"key": os.urandom(16).hex(), "kind": "consult",
                     "field": "work", "region": "410122", "title": text[:30], "text": text,
                     "name_choice": named, "agree_rules": "on"})  # fmt: skip

            return work

        from django.test import Client

        before = Question.objects.count() if not self.only and self.many < 10**5 else 0
        self.ask = ask(self.person, "named")
        act("ask POST, nameless", ask(Client(), "nameless"))
        act("ask POST, named", self.ask)
        if before:
            assert Question.objects.count() == before + asked
        open_ones = Question.objects.waiting().filter(case__holder__slug="tuan-410000")
        # In a small house some are found twice; each act is done once to each.
        first = open_ones.order_by("pk").values_list("pk", flat=True)[: 2 * TRIES]
        chosen = list(dict.fromkeys([*self.some(open_ones, 40), *first]))[: TRIES + 3]
        lanes = dict(
            Lane.objects.filter(case__question__in=chosen, is_own=True).values_list(
                "case__question", "holder"
            )
        )
        act("comment POST", lambda n: post(self.person, f"/q/{chosen[n]}/comment/",
            {"text": f"同问，等回复。{_mark()}"}))  # fmt: skip
        act("follow POST", lambda n: post(self.person, f"/q/{chosen[n]}/follow/", {"on": "1"}))
        states = dict(Case.objects.filter(pk__in=chosen).values_list("question", "version"))
        act("claim POST", lambda n: self.staff.post(f"/cases/{chosen[n]}/claim/",
            {"version": states[chosen[n]]}))  # fmt: skip
        act("answer POST", lambda n: post(self.staff, f"/q/{chosen[n]}/answer/",
            {"text": f"已经核实。{_mark()}", "sign_as": lanes[chosen[n]]}))  # fmt: skip

    def steps(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.kit import clock, retention
        from youthvoice.routing import actions as routing

        for due in registry.steps():
            first = f"step {due.name}, what is due"
            self.take("step", first, lambda _n, due=due: due.work(at=clock.now()), tries=1, warm=0)
            self.take("step", f"step {due.name}", lambda _n, due=due: due.work(at=clock.now()),
                      tries=5, warm=1)  # fmt: skip
        settle = next(due.work for due in registry.steps() if due.name == "counts.settle")
        self.take("step", "step counts.settle, after one question",
                  lambda _n: settle(at=clock.now()), tries=5, warm=1, before=self.ask)  # fmt: skip
        self.take("step", "purge", lambda _n: retention.purge(at=clock.now()), tries=3, warm=1)
        self.take("step", "train", lambda _n: routing.train_models(at=clock.now()), tries=1, warm=0)
