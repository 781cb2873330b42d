"""A house with a first day behind it: `python -m bench.rig.furnish FOLDER [--questions N]`.

FOLDER becomes a data folder with the province, QUESTIONS questions with their cases, answers and
journal, made by the house's own actions, people with sessions, readers with cookies, and one
operator. Beside it `FOLDER.json` tells who and what there is. One question, the `hot` one, has
nine answers and some comments: a page of some 37 kB.
"""

import argparse
import json
import logging
import os
import random
import secrets
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
#: The first day of the model.
QUESTIONS = 4000
PEOPLE = 1500
READERS = 1000
#: Whose own questions are edited while others read.
DAYS = 40
_PIECES = (
    "入职第二个月，工资还没有发，想问清楚该找谁。",
    "合同上写的是试用期六个月，同事说太长了。",
    "我在县城租了房，房东忽然说下个月要涨租金。",
    "补贴的材料交上去三个星期了，窗口说还在走流程。",
    "想办一个小工作室，不知道先去哪里登记。",
    "学校的宿舍晚上断电，夏天实在睡不着。",
    "听说有青年人才的补助，条件写得看不太懂。",
    "路口新修的红绿灯一直没有亮，上下班很不方便。",
    "公司让我们周末也去培训，没有说有没有加班费。",
    "想找几个一起跑步的朋友，最好在东区附近。",
    "公租房排队到哪一步了，网上查不到进度。",
    "毕业证还没有发下来，单位催着要复印件。",
)


def prepare(folder: Path, **environ: str) -> dict[str, str]:
    """Make the data folder as a first start does; gives the environment of the house in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    values = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    values |= {"YOUTHVOICE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    values |= {"LOG_LEVEL": "WARNING"} | environ
    words = [sys.executable, "-P", "-m", "youthvoice.supervisor.prepare", "--no-demo"]
    subprocess.run(words, env=values, check=True, stdout=subprocess.DEVNULL)
    return values


def furnished(folder: Path, questions: int = QUESTIONS, **environ: str) -> dict[str, Any]:
    """What `FOLDER.json` tells of a house in `folder`, which is made if it isn't there."""
    told = folder.with_name(f"{folder.name}.json")
    if not told.exists():
        values = prepare(folder, **environ)
        words = [sys.executable, "-m", "bench.rig.furnish", str(folder)]
        subprocess.run([*words, "--questions", str(questions)], env=values, cwd=ROOT, check=True)
    found: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    given = parser.parse_args()
    if os.environ.get("YOUTHVOICE_DATA") != str(given.folder):
        prepare(given.folder)
        os.environ |= {
            "YOUTHVOICE_DATA": str(given.folder),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.conf import settings

    # Nobody opens these receipts: their hash need not be slow.
    settings.RECEIPT_HASH_COST = (1, 1, 8)
    told = Furnishing(given.questions).run()
    where = given.folder.with_name(f"{given.folder.name}.json")
    where.write_text(json.dumps(told), encoding="utf-8")


class Furnishing:
    def __init__(self, questions: int) -> None:
        from youthvoice.kit import clock

        self.many, self.dice, self.now = questions, random.Random(questions), clock.now()
        self.since = self.now - timedelta(days=DAYS)

    def run(self) -> dict[str, Any]:
        from youthvoice.journal.actions import batch
        from youthvoice.orgs.models import Organisation, Region

        self.people = self._people()
        self.office = Organisation.objects.get(slug="tuan-410000")
        with batch():
            self.operator = self._operator()
            self.regions = [None, *Region.objects.order_by("code")]
            asked = [self._ask(n) for n in range(self.many)]
            hot = self._hot()
        self._settle()
        return {
            "hot": hot,
            "questions": [one.pk for one in asked],
            # Whose session may edit which question.
            "own": {one.pk: self._place(one.author_id) for one in asked if one.author_id},
            "people": self._sessions(),
            "readers": self._readers(),
            "operator": self.operator.pk,
        }

    def _settle(self) -> None:
        """What is late by now has been told: else the worker tells of it while others measure."""
        from youthvoice.clock.registry import steps
        from youthvoice.journal.models import Entry

        told, before = Entry.objects.filter(verb="case.escalated"), -1
        # A step does so much at a time, and no more.
        while (found := told.count()) != before:
            before = found
            for step in steps():
                step.work(at=self.now)

    def _people(self) -> list[Any]:
        from youthvoice.kit.clock import start_of_day
        from youthvoice.people.choices import VERSIONS, AgeBand
        from youthvoice.people.models import Consent, User

        joined = start_of_day(self.since)
        made = [
            User(
                username=f"bench{n}",
                nickname=f"青年{n}",
                password=f"!{secrets.token_hex(20)}",
                age_band=AgeBand.ADULT,
                age_said=joined.year,
                date_joined=joined,
            )
            for n in range(PEOPLE)
        ]
        User.objects.bulk_create(made, batch_size=500)
        Consent.objects.bulk_create(
            [
                Consent(person=person, what=what, version=version.name, given_at=joined)
                for person in made
                for what, version in VERSIONS.items()
            ],
            batch_size=500,
        )
        self.places = {person.pk: n for n, person in enumerate(made)}
        return made

    def _place(self, pk: int) -> int:
        return self.places[pk]

    def _operator(self) -> Any:
        from youthvoice.orgs.actions import join
        from youthvoice.orgs.choices import Role

        person = self.people[-1]
        join(person=person, organisation=self.office, role=Role.OPERATOR, by=None, at=self.since)
        return person

    def _words(self, least: int) -> str:
        text = ""
        while len(text) < least:
            text += self.dice.choice(_PIECES) + ("\n\n" if self.dice.random() < 0.2 else "")
        return text.strip()

    def _ask(self, n: int) -> Any:
        from youthvoice.questions import actions

        at = self._moment(n)
        author = self.people[n % (PEOPLE - 1)] if n % 5 < 3 else None
        asked = actions.ask_question(
            author=author,
            kind=self.dice.choice(("consult", "help", "suggest")),
            field=self.dice.choice(("work", "life", "study", "startup", "social")),
            region=self.dice.choice(self.regions),
            title=f"{self.dice.choice(_PIECES)[:14]}怎么办（{n}）",
            text=self._words(self.dice.randrange(60, 500)),
            key=secrets.token_hex(16),
            at=at,
        )
        for _ in range(self.dice.choices((0, 1, 2, 4), (55, 35, 7, 3))[0]):
            self._answer(asked.question, at)
        return asked.question

    def _moment(self, n: int) -> datetime:
        passed = (self.now - self.since - timedelta(hours=2)) * n / self.many
        return (self.since + passed).replace(microsecond=0)

    def _answer(self, question: Any, at: datetime, least: int = 120) -> None:
        from youthvoice.questions import actions
        from youthvoice.questions.policy import Viewer

        writer = self.dice.choice(self.people[:-1])
        while writer.pk == question.author_id:
            writer = self.dice.choice(self.people[:-1])
        actions.answer_question(
            question=question,
            text=self._words(self.dice.randrange(least, least + 200)),
            by=Viewer(writer),
            organisation=None,
            at=at + timedelta(minutes=20),
        )

    def _hot(self) -> int:
        from youthvoice.questions import actions
        from youthvoice.questions.policy import Viewer

        at = self.now.replace(microsecond=0) - timedelta(hours=1)
        question = actions.ask_question(
            author=self.people[0],
            kind="help",
            field="work",
            region=self.regions[5],
            title="试用期的工资一直没有发，该先找谁",
            text=self._words(500),
            key=secrets.token_hex(16),
            at=at,
        ).question
        for _ in range(9):
            self._answer(question, at, least=200)
        for person in self.people[1:9]:
            actions.comment(
                question=question,
                answer=None,
                text=f"同问，{self._words(20)[:60]}",
                by=Viewer(person),
                organisation=None,
                at=at + timedelta(minutes=30),
            )
        return int(question.pk)

    def _sessions(self) -> list[str]:
        """The session's key of each of them, as if they had signed in a while ago."""
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.db import transaction

        from youthvoice.people.devices.sessions import SessionStore

        found = []
        with transaction.atomic():
            for person in self.people:
                session = SessionStore()
                session[SESSION_KEY] = str(person.pk)
                session[BACKEND_SESSION_KEY] = "youthvoice.people.signing_in.backends.SignInBackend"
                session[HASH_SESSION_KEY] = person.get_session_auth_hash()
                session.create()
                found.append(session.session_key or "")
        return found

    def _readers(self) -> list[str]:
        """Cookies of readers who came an hour ago."""
        from youthvoice.reads.choices import Audience
        from youthvoice.reads.visitors import _SIGNER, hour_of

        hour = hour_of(self.now) - 1
        return [
            _SIGNER.sign(f"{secrets.token_hex(8)}.{hour}.{Audience.PUBLIC}") for _ in range(READERS)
        ]


if __name__ == "__main__":
    main()
