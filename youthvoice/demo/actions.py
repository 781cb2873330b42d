"""Loading the demo: its people and questions act through the same actions as everybody."""

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from youthvoice.demo import afterwards, drawings
from youthvoice.demo.choices import DECLINED, LOADED, DemoRole, username_of
from youthvoice.demo.handling import make_move, make_topic
from youthvoice.demo.policy import is_declined, is_loaded, may_load
from youthvoice.demo.staffing import staff_committees
from youthvoice.gathering.actions import gather
from youthvoice.journal.actions import batch, record
from youthvoice.kit.clock import end_of_day
from youthvoice.moderation import actions as moderation
from youthvoice.moderation.models import Item
from youthvoice.orgs.actions import committee_slug, join
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import all_regions
from youthvoice.people.actions import create_person, sign_up
from youthvoice.people.choices import VERSIONS, AgeBand
from youthvoice.people.models import User
from youthvoice.pictures import actions as pictures
from youthvoice.pictures.actions import Drawn
from youthvoice.questions import actions
from youthvoice.questions.choices import Field, HideReason
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.questions.policy import Viewer

_CONTENT = Path(__file__).parent / "content"
_NOBODY = AnonymousUser()
#: The demo is written for this province.
_PROVINCE = "410000"
_STAFF_NAMES = [f"{family}干事" for family in "李王张刘陈杨赵黄周吴"]
#: The county whose committee the county member of the demo works in.
_DEMO_COUNTY = "410122"
#: The department, the body of society and the experts in which roles of the demo answer.
_DEMO_DEPARTMENT = "government-410100-human-resources"
_DEMO_SOCIAL = "social-legal-aid"
_DEMO_EXPERTS = "expert-law"

#: Since when everybody of the demo is there.
_HERE_FOR = timedelta(days=40)

Event = tuple[datetime, int, Callable[[datetime], None]]


@dataclass
class _House:
    """Who and what there is while loading."""

    now: datetime
    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    staff: dict[int, User] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    #: Of each question; drawn meanwhile, in a process of their own.
    pictures: "Future[dict[str, list[Drawn]]]" = field(default_factory=Future)

    def staff_of(self, organisation: Organisation) -> User:
        """The one who writes for an organisation; made when first needed."""
        found = self.staff.get(organisation.pk)
        if found is None:
            name = _STAFF_NAMES[organisation.pk % len(_STAFF_NAMES)]
            joined = self.now - _HERE_FOR
            found = _person(f"staff-{organisation.slug}", name, joined)
            join(person=found, organisation=organisation, role=Role.ANSWERER, by=None, at=joined)
            self.staff[organisation.pk] = found
        return found


def load_demo(*, at: datetime) -> int:
    """Fill an empty house, each act at its time before `at`; gives how many questions.

    0 when the demo, or anybody at all, is there already. All or nothing.
    """
    if is_loaded() or not may_load():
        return 0
    house = _House(at)
    rows = [row for code in [*Field.values, "handled"] for row in _read(f"questions-{code}.json")]
    with ThreadPoolExecutor(1) as beside:
        house.pictures = beside.submit(_draw_pictures, rows)
        try:
            _load(house, rows, at=at)
        except BaseException:
            if house.pictures.exception() is None:
                made = house.pictures.result().values()
                pictures.remove_files(drawn.name for row in made for drawn in row)
            raise
    return len(rows)


def _draw_pictures(rows: list[dict[str, Any]]) -> dict[str, list[Drawn]]:
    """Those of each question, each in a file of its own, all drawn anew by one child."""
    places = [(row["key"], name) for row in rows for name in row.get("pictures", [])]
    sent = [io.BytesIO(drawings.kept(name).read_bytes()) for _key, name in places]
    made = pictures.draw_all(sent)
    found: dict[str, list[Drawn]] = {}
    for (key, _name), drawn in zip(places, made, strict=True):
        found.setdefault(key, []).append(drawn)
    return found


def _load(house: _House, rows: list[dict[str, Any]], *, at: datetime) -> None:
    with batch():
        _load_people(house)
        also = [
            house.organisations[slug] for slug in (_DEMO_DEPARTMENT, _DEMO_SOCIAL, _DEMO_EXPERTS)
        ]
        staff_committees(rows, bodies=house.organisations, also=also, at=at - _HERE_FOR)
        first = at - timedelta(hours=max(row["hours_ago"] for row in rows))
        events = sorted(
            [
                *(event for place, row in enumerate(rows) for event in _events(house, row, place)),
                *afterwards.events(house, _read("handled.json"), since=first),
                *_topic_events(house),
            ],
            key=lambda event: event[:2],
        )
        for when, _order, act in events:
            # Whole seconds: `audit nameless` takes finer ones that meet for a link.
            act(min(when, at).replace(microsecond=0))
        gather(at=at)
        top = house.organisations[committee_slug(_PROVINCE)]
        record(LOADED, subject=top, actor=None, at=at, data={"questions": len(rows)})


def decline_demo(*, at: datetime) -> None:
    """Remember that a house began without the demo, so that no later start brings it."""
    if is_loaded() or is_declined():
        return
    with transaction.atomic():
        top = Organisation.objects.get(slug=committee_slug(_PROVINCE))
        record(DECLINED, subject=top, actor=None, at=at)


def _read(name: str) -> Any:
    return json.loads((_CONTENT / name).read_text(encoding="utf-8"))


def _person(username: str, nickname: str, at: datetime) -> User:
    """Somebody of age who has agreed to both pages."""
    person = create_person(username=username, nickname=nickname, password=None, at=at)
    # Nobody agreed before there was what they agreed to.
    there = max(datetime.fromisoformat(version.name).date() for version in VERSIONS.values())
    agreed = max(at, end_of_day(there))
    sign_up(person=person, nickname=nickname, band=AgeBand.ADULT, at=agreed)
    return person


def _load_people(house: _House) -> None:
    house.organisations = {o.slug: o for o in Organisation.objects.select_related("region")}
    people = _read("people.json")
    joined = house.now - _HERE_FOR
    for row in [*people["youths"], *people["experts"]]:
        tapped = {"y01": DemoRole.YOUTH, "e01": DemoRole.EXPERT}.get(row["key"])
        username = username_of(tapped) if tapped else row["username"]
        person = _person(username, row["nickname"], joined)
        house.people[row["key"]] = person
        if "organisation" in row:
            organisation = house.organisations[row["organisation"]]
            join(person=person, organisation=organisation, role=Role.ANSWERER, by=None, at=joined)
    province = house.organisations[committee_slug(_PROVINCE)]
    for demo_role, organisation, role, nickname in (
        (DemoRole.COUNTY, house.organisations[committee_slug(_DEMO_COUNTY)], Role.ANSWERER, "小孟"),
        (DemoRole.GOVERNMENT, house.organisations[_DEMO_DEPARTMENT], Role.ANSWERER, "窗口的小丁"),
        (DemoRole.SOCIAL, house.organisations[_DEMO_SOCIAL], Role.ANSWERER, "志愿律师小雷"),
        (DemoRole.DUTY, province, Role.DUTY, "值班的小秦"),
        (DemoRole.LEAD, province, Role.LEAD, "带班的老方"),
        (DemoRole.OPERATOR, province, Role.OPERATOR, "管机房的阿郭"),
    ):
        person = _person(username_of(demo_role), nickname, joined)
        join(person=person, organisation=organisation, role=role, by=None, at=joined)
        house.staff.setdefault(organisation.pk, person)


def _asker(house: _House, row: dict[str, Any]) -> Viewer:
    question = house.questions[row["key"]]
    person = house.people.get(row["asker"])
    if person is None:
        return Viewer(_NOBODY, frozenset({question.pk}))
    return Viewer(person)


def _events(house: _House, row: dict[str, Any], place: int) -> Iterator[Event]:
    """All that happens around one question, each with its time."""
    asked_at = house.now - timedelta(hours=row["hours_ago"])

    def ask(at: datetime) -> None:
        region = all_regions()[row["region"]] if row["region"] else None
        words: dict[str, Any] = {name: row[name] for name in ("kind", "field", "title", "text")}
        key = hashlib.sha256(f"demo {row['key']} {house.now}".encode()).hexdigest()[:32]
        words |= {
            "region": region,
            "key": key,
            "pictures": house.pictures.result().get(row["key"]),
            "at": at,
        }
        if "on_behalf" in row:
            asked = afterwards.ask_for(by_way=row["on_behalf"], **words)
        else:
            asked = actions.ask_question(author=house.people.get(row["asker"]), **words)
        house.questions[row["key"]] = asked.question

    yield asked_at, place, ask
    for number, answer in enumerate(row.get("answers", [])):
        yield from _answer_events(house, row, answer, asked_at, place * 100 + number)
    for number, move in enumerate(row.get("case", [])):

        def handle(at: datetime, move: dict[str, Any] = move) -> None:
            make_move(
                move,
                question=house.questions[row["key"]],
                bodies=house.organisations,
                staff_of=house.staff_of,
                at=at,
            )

        yield asked_at + timedelta(minutes=move["after_minutes"]), place * 100 + number, handle
    for comment in row.get("comments", []):
        yield from _comment_events(house, row, comment, None, asked_at, place)
    for number, key in enumerate(row.get("follows", [])):
        when = asked_at + (house.now - asked_at) * (number + 1) / (len(row["follows"]) + 2)

        def follow(at: datetime, key: str = key) -> None:
            actions.follow(
                question=house.questions[row["key"]], by=Viewer(house.people[key]), at=at
            )

        yield when, place, follow
    if row.get("outcome", "open") != "open":
        when = asked_at + timedelta(hours=row["outcome_after_hours"])

        def mark(at: datetime) -> None:
            question = house.questions[row["key"]]
            actions.mark_outcome(
                question=question, outcome=row["outcome"], by=_asker(house, row), at=at
            )

        # The last of its moment: after any answer that was accepted just then.
        yield when, 10**9, mark


def _topic_events(house: _House) -> Iterator[Event]:
    for row in _read("topics.json"):
        host = house.organisations[row["host"]]

        def make(at: datetime, row: dict[str, Any] = row, host: Organisation = host) -> None:
            by = house.staff_of(host)
            make_topic(row, questions=house.questions, host=host, by=by, at=at)

        yield house.now - timedelta(hours=row["hours_ago"]), 0, make


def _answer_events(
    house: _House, row: dict[str, Any], answer: dict[str, Any], asked_at: datetime, place: int
) -> Iterator[Event]:
    when = asked_at + timedelta(minutes=answer["after_minutes"])
    made: list[Answer] = []

    def write(at: datetime) -> None:
        question = house.questions[row["key"]]
        organisation = None
        if answer["as"] == "holder":
            organisation = question.case.holder
        elif answer["as"]:
            organisation = house.organisations[answer["as"]]
        person = house.people.get(answer.get("by") or "")
        if person is None:
            if organisation is None:
                raise ValueError(f"{row['key']}: an answer by nobody")
            person = house.staff_of(organisation)
        made.append(
            actions.answer_question(
                question=question,
                text=answer["text"],
                by=Viewer(person),
                organisation=organisation,
                at=at,
                show_writer=answer.get("show_writer", False)
                or answer["as"] not in (None, "holder"),
            )
        )

    yield when, place, write
    for comment in answer.get("comments", []):
        yield from _comment_events(house, row, comment, made, asked_at, place)
    for number, key in enumerate(answer.get("useful_by", [])):

        def vote(at: datetime, key: str = key) -> None:
            actions.find_useful(answer=made[0], by=Viewer(house.people[key]), at=at)

        yield when + timedelta(minutes=7 * (number + 1)), place + 1, vote
    if answer.get("accepted"):

        def accept(at: datetime) -> None:
            made[0].refresh_from_db()
            actions.accept_answer(answer=made[0], accepted=True, by=_asker(house, row), at=at)

        hours = row.get("outcome_after_hours")
        later = asked_at + timedelta(hours=hours) if hours else when
        yield max(when, later), 10**8, accept


def _comment_events(
    house: _House,
    row: dict[str, Any],
    comment: dict[str, Any],
    made: list[Answer] | None,
    asked_at: datetime,
    place: int,
) -> Iterator[Event]:
    when = asked_at + timedelta(minutes=comment["after_minutes"])
    said: list[Comment] = []

    def write(at: datetime) -> None:
        by = comment["by"]
        viewer = _asker(house, row) if by == "asker" else Viewer(house.people[by])
        said.append(
            actions.comment(
                question=house.questions[row["key"]],
                answer=made[0] if made else None,
                text=comment["text"],
                by=viewer,
                at=at,
            )
        )

    def report(at: datetime) -> None:
        reason = HideReason(comment["reported"])
        moderation.report(words=said[0], reason=reason, note="", by=Viewer(_NOBODY), at=at)

    def hide(at: datetime) -> None:
        item = Item.objects.get(comment=said[0])
        reason = HideReason(comment["reported"])
        judge = User.objects.filter(memberships__organisation=item.desk_id)
        judge = judge.filter(memberships__role__in=[Role.DUTY, Role.LEAD])
        moderation.hide(item=item, reason=reason, by=judge.earliest("pk"), at=at)

    yield when, place + 2, write
    if "reported" in comment:
        yield when + timedelta(minutes=20), place + 2, report
    if comment.get("hidden"):
        yield when + timedelta(minutes=50), place + 2, hide
