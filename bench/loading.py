"""A house of any size, in minutes: `.venv/bin/python bench/loading.py QUESTIONS [--open N]`.

Fills the database of YOUTHVOICE_DATA or DATABASE_URL, which must be empty, with the province and
QUESTIONS questions of two years with their cases, lanes, trails, referrals, answers, comments,
call-backs, merges, promises, topics and reads. Their words are those of the messages in
`--messages FILE.jsonl` (or YOUTHVOICE_MESSAGES) in turn, else made up. The same call makes the
same house.

Rows are written past the actions, in bulk and without the indexes, which are built afterwards.
So the counters are those that the rows say, `youthvoice recount` finds nothing wrong, and the
last thing it does is what a first start after an upgrade does (`settle`); but **the journal is
empty**: `verify-journal` and `check-cases` have nothing to say about such a house. What is open
is the same share of any size, unless `--open` says how many; what is due this minute is the same
number in each (DUE), so a step of the clock that takes longer in a larger house looks at what is
there and not at what is due.
"""

import argparse
import json
import math
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.bulk import DAY, Writer, when
from bench.cases import Cases

DAYS = 730
#: Of a hundred questions so many wait.
OPEN_SHARE = 10
TOPICS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", type=int)
    parser.add_argument("--open", type=int, default=None, help="how many wait for an answer")
    parser.add_argument("--messages", default=os.environ.get("YOUTHVOICE_MESSAGES", ""))
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    begun = time.monotonic()
    load(given.questions, open_ones=given.open, messages=given.messages)
    print(f"{given.questions} questions in {time.monotonic() - begun:.0f} s")


def load(questions: int, *, open_ones: int | None = None, messages: str = "") -> None:
    """Into the default database; what was there of a house must be nothing."""
    from django.core.management import call_command

    from youthvoice.supervisor.prepare import collect_static

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_instance", verbosity=0)
    collect_static()
    writer = Writer()
    writer.begin()
    Loader(writer, questions, open_ones, list(_words(messages))).run()
    writer.end()
    settle()


def fill(questions: int, *, open_ones: int | None = None) -> None:
    """Into a house that is there, with its indexes as they are: for tests, and few questions."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    Loader(Writer(), questions, open_ones, list(_words(""))[:50]).run()
    with connection.cursor() as cursor:
        for reset in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
            cursor.execute(reset)
    settle()


def settle() -> None:
    """Count all, as the worker does after an upgrade, but in larger pieces."""
    from youthvoice.counts import actions
    from youthvoice.counts.models import Changed, Counted
    from youthvoice.kit import clock
    from youthvoice.questions.models import Question

    if not Counted.objects.exists():
        numbers = Question.objects.values_list("pk", flat=True).iterator(chunk_size=5000)
        Changed.objects.all().delete()
        Changed.objects.bulk_create((Changed(question=pk) for pk in numbers), batch_size=5000)
    actions.AT_ONCE = 4000
    while actions.settle(at=clock.now()):
        pass


def _words(path: str) -> Iterator[tuple[str, str, str]]:
    if path and Path(path).exists():
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            reply = row["reply"] or "您好，您的问题已收到，我们会尽快核实处理，谢谢。"
            yield row["title"][:60], row["body"][:5000], reply[:5000]
        return
    dice = random.Random(5)
    signs = [chr(dice.randrange(0x4E00, 0x9FA0)) for _ in range(1500)]
    for _ in range(5000):
        text = "".join(dice.choices(signs, k=dice.randrange(40, 700)))
        yield text[: dice.randrange(8, 30)], text, "".join(dice.choices(signs, k=200))


class Loader(Cases):
    def __init__(
        self, writer: Writer, questions: int, open_ones: int | None, words: list[tuple]
    ) -> None:
        from youthvoice.orgs.choices import OrgKind
        from youthvoice.orgs.models import Organisation, Region

        self.write, self.many, self.words = writer.write, questions, words
        self.open = questions * OPEN_SHARE // 100 if open_ones is None else open_ones
        self.dice = random.Random(questions)
        self.now = int(time.time()) // 60 * 60
        self.people = max(questions // 5, 50)
        bodies = list(Organisation.objects.order_by("pk"))
        league = {b.region_id: b.pk for b in reversed(bodies) if b.kind == OrgKind.LEAGUE}
        self.helpers = [
            (b.pk, b.kind) for b in bodies if b.kind in (OrgKind.GOVERNMENT, OrgKind.EXPERT)
        ]
        regions = list(Region.objects.order_by("code"))
        self.top = league[regions[0].code]
        self.places: list[tuple[str | None, int]] = [(None, self.top)]
        for region in regions:
            holder = league.get(region.code) or league.get(region.parent_id) or self.top
            self.places.append((region.code, holder))
        self.staff: dict[int, int] = {}

    def run(self) -> None:
        from youthvoice.people.models import User

        origin = self.now - DAYS * DAY
        month = when(origin)
        self.write(
            User,
            "id username nickname password is_active is_staff is_superuser date_joined "
            "participated_at age_band age_said email",
            (
                (n, f"bench{n}", f"青年{n}", "!", True, False, False, month, month, "18", 2026, "")
                for n in range(1, self.people + 1)
            ),
        )
        self._members()
        self._questions()

    def _members(self) -> None:
        """One of the staff at each office: they come after the people, by the office's number."""
        from youthvoice.orgs.choices import Role
        from youthvoice.orgs.models import Membership
        from youthvoice.people.models import User

        since = when(self.now - DAYS * DAY)
        offices = sorted({holder for _code, holder in self.places})
        self.staff = {office: self.people + n for n, office in enumerate(offices, 1)}
        self.write(
            User,
            "id username nickname password is_active is_staff is_superuser date_joined "
            "age_band age_said email",
            (
                (
                    pk,
                    f"staff{office}",
                    f"干部{office}",
                    "!",
                    True,
                    False,
                    False,
                    since,
                    "18",
                    2026,
                    "",
                )
                for office, pk in self.staff.items()
            ),
        )
        Membership.objects.bulk_create(
            Membership(person_id=pk, organisation_id=office, role=Role.LEAD)
            for office, pk in self.staff.items()
        )

    def _plan(self) -> Iterator[dict[str, Any]]:
        """Each question once, oldest first, with all that hangs on it."""
        dice, span = self.dice, DAYS * DAY - 3600
        # Half of what is open is new, the other half is spread over all.
        new_open, old_open = self.open // 2, self.open - self.open // 2
        old_share = old_open / max(self.many - new_open, 1)
        for n in range(1, self.many + 1):
            asked = self.now - DAYS * DAY + span * n // self.many
            is_open = n > self.many - new_open or dice.random() < old_share
            luck = dice.random()
            code, holder = self.places[0] if luck < 0.05 else dice.choice(self.places)
            yield {
                "n": n,
                "asked": asked,
                "open": is_open,
                "imported": not is_open and luck > 0.95,
                "deleted": not is_open and 0.90 < luck < 0.91,
                "hidden": not is_open and 0.91 < luck < 0.915,
                "field": dice.choices(
                    ("work", "life", "study", "startup", "social"), (40, 25, 20, 5, 10)
                )[0],
                "kind": dice.choices(("consult", "help", "suggest", "talk"), (50, 30, 17, 3))[0],
                "region": code,
                "holder": holder,
                "nameless": dice.random() < 0.4,
                "author": dice.randrange(1, self.people + 1),
                "wait": min(int(60 * math.exp(dice.gauss(6, 1.5))), max(self.now - asked - 60, 60)),
                "outcome": dice.choices(("open", "solved", "unsolved"), (60, 33, 7))[0],
                "people": dice.choices((0, 1, 3, 9), (70, 20, 8, 2))[0],
                "peer": dice.random() < 0.15,
                "referred": dice.random() < 0.2,
            }

    def _questions(self) -> None:
        from youthvoice.questions.choices import Field

        plan = list(self._plan())
        fields = list(Field.values)
        for one in plan:
            if one["field"] not in fields:
                one["field"] = fields[-1]
        self._write_questions(plan)
        self._write_words(plan)
        self._write_cases(plan)
        self._write_reads(plan)
        self._write_topics(plan)
        self._write_tallies(plan)

    def _write_questions(self, plan: list[dict[str, Any]]) -> None:
        from youthvoice.questions.models import Question

        def rows() -> Iterator[tuple]:
            for one in plan:
                title, text, _reply = self.words[one["n"] % len(self.words)]
                gone = one["asked"] + 90 if one["deleted"] or one["hidden"] else None
                if gone:
                    title, text = "", ""
                answered = None if one["open"] else one["asked"] + one["wait"]
                marked = one["outcome"] != "open" and not one["open"]
                outcome_at = min(answered + DAY, self.now) if marked and answered else None
                peers = 0 if one["open"] or not one["peer"] else 1
                named = not one["nameless"] and not one["imported"]
                yield (
                    one["n"], one["kind"], one["field"], one["region"], title, text,
                    "imported" if one["imported"] else "local",
                    not named and not one["imported"],
                    one["author"] if named else None,
                    when(one["asked"]), when(gone), "abuse" if one["hidden"] else "",
                    one["outcome"] if marked else "open", when(outcome_at), when(answered),
                    None if answered is None else one["wait"],
                    0 if one["open"] else 1, peers, one["people"], one["people"],
                    one["asked"] / 3600 + 12.5 * math.log10(1 + len(self._around(one))),
                )  # fmt: skip

        self.write(
            Question,
            "id kind field region_id title text origin is_nameless author_id asked_at deleted_at "
            "hidden_reason outcome outcome_at first_answered_at first_answer_seconds "
            "official_count peer_count comment_count follow_count hot",
            rows(),
        )

    def _around(self, one: dict[str, Any]) -> set[int]:
        """Who is in a question by a word or a mark."""
        near = {(one["author"] + step) % self.people + 1 for step in range(one["people"])}
        if one["peer"] and not one["open"]:
            near.add(one["author"] % self.people + 1)
        return near

    def _write_words(self, plan: list[dict[str, Any]]) -> None:
        from youthvoice.questions.models import Answer, Comment, Follow

        def answers() -> Iterator[tuple]:
            for one in plan:
                if one["open"]:
                    continue
                reply, at = self.words[one["n"] % len(self.words)][2], one["asked"] + one["wait"]
                holder = None if one["imported"] else one["holder"]
                writer = None if one["imported"] else self.staff[one["holder"]]
                origin = "imported" if one["imported"] else "local"
                yield one["n"] * 2, one["n"], "official", writer, holder, reply, origin, when(at)
                if one["peer"]:
                    peer = one["author"] % self.people + 1
                    yield (one["n"] * 2 + 1, one["n"], "peer", peer, None, "可以问社区。",
                           "local", when(at + 60))  # fmt: skip

        self.write(
            Answer,
            "id question_id kind author_id organisation_id text origin created_at",
            answers(),
        )
        number = iter(range(1, sys.maxsize))
        near = [(one, near) for one in plan for near in range(one["people"])]
        self.write(
            Comment,
            "id question_id author_id thread text created_at",
            (
                (pk, one["n"], (one["author"] + step) % self.people + 1, pk, "同问，等回复。",
                 when(one["asked"] + 30))
                for (one, step), pk in zip(near, number, strict=False)
            ),
        )  # fmt: skip
        self.write(
            Follow,
            "question_id person_id at",
            (
                (one["n"], (one["author"] + step) % self.people + 1, when(one["asked"] + 30))
                for one, step in near
            ),
        )

    def _write_reads(self, plan: list[dict[str, Any]]) -> None:
        from youthvoice.reads.models import Count, Total

        hour = self.now // 3600
        reads = [(f"question:{one['n']}", "p", 1 + one["n"] % 97) for one in plan]
        names = "target hour audience reads"
        self.write(Count, names, ((target, hour - 30, a, n) for target, a, n in reads))
        total = ("all", "p", sum(n for *_target, n in reads))
        self.write(Total, "target audience reads", [*reads, total])

    def _write_topics(self, plan: list[dict[str, Any]]) -> None:
        from youthvoice.topics.models import Participant, Tag, Topic

        each = max(self.many // 100, 10)
        tags, people = [], []
        counts: list[tuple[int, int]] = []
        for topic in range(1, TOPICS + 1):
            inside = plan[topic :: max(self.many // each, 1)][:each]
            tags += [(topic, one["n"], when(one["asked"] + 60)) for one in inside]
            standing = [o for o in inside if not o["deleted"] and not o["hidden"]]
            mine: set[int] = set()
            for one in standing:
                mine |= self._around(one)
                if not one["nameless"] and not one["imported"]:
                    mine.add(one["author"])
            people += [(topic, pk) for pk in sorted(mine)]
            nameless = sum(o["nameless"] and not o["imported"] for o in standing)
            counts.append((len(standing), len(mine) + nameless))
        self.write(
            Topic,
            "id name key intro host_id opened_at active_at question_count participant_count",
            (
                (n, f"话题{n}", f"话题{n}", "大家都在问的事", self.top, when(self.now - DAY * n),
                 when(self.now - DAY * n), *counts[n - 1])
                for n in range(1, TOPICS + 1)
            ),
        )  # fmt: skip
        self.write(Tag, "topic_id question_id at", tags)
        self.write(Participant, "topic_id person_id", people)

    def _write_tallies(self, plan: list[dict[str, Any]]) -> None:
        from youthvoice.questions.models import Tally

        counts: Counter[str] = Counter()
        for one in plan:
            stands = not one["deleted"] and not one["hidden"]
            counts["imported" if one["imported"] else "questions"] += stands
            counts["nameless"] += one["nameless"] and not one["imported"]
        counts["people"] = self.people
        self.write(Tally, "name value", counts.items())


if __name__ == "__main__":
    main()
