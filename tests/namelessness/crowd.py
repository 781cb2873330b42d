"""A crowd that talks under its names and asks without them; only the test knows who asked what."""

import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.test import Client

from youthvoice.journal.actions import record
from youthvoice.kit.clock import start_of_month, week_of
from youthvoice.limits import store
from youthvoice.orgs.choices import Field
from youthvoice.orgs.models import Region
from youthvoice.people.devices.actions import purge
from youthvoice.people.devices.rows import marks_of
from youthvoice.people.devices.sessions import SessionStore
from youthvoice.people.models import SignIn, User
from youthvoice.questions import actions
from youthvoice.questions.models import Comment, Question
from youthvoice.questions.policy import Viewer

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
DAYS = 60
REGIONS = ("410100", "410122", "410200")
FIELDS = Field.values
KINDS = ("consult", "help", "suggest", "talk")
AGENTS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile MicroMessenger/8.0",
    "Mozilla/5.0 (Linux; Android 13; Mobile) Chrome/107 Mobile Safari MicroMessenger/8.0",
    "Mozilla/5.0 (Linux; Android 13; Mobile) Chrome/107 Mobile Safari",
    "Mozilla/5.0 (iPad; CPU OS 16_0) Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120",
    "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/17 Safari/605",
)
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_WORDS = (
    *("工资", "房租", "考试", "实习", "合同", "社保", "室友", "面试"),
    *("加班", "老家", "对象", "店面", "贷款", "专业", "导师", "同事"),
)


SigningIn = Callable[[User, datetime], None]


@dataclass
class Crowd:
    people: list[User]
    #: Nameless question's number → who asked it. It exists only here.
    askers: dict[int, int] = field(default_factory=dict)


def gather(
    *,
    people: int,
    posts: int,
    by_page: int,
    begin: datetime = BEGIN,
    sign_in: SigningIn | None = None,
    seed: int = 7,
) -> Crowd:
    """`people` with three public acts each, and `posts` nameless questions, in one stream.

    Each act has a visit of its own: signing in, always with the same device, and the act some
    minutes later. The worker drops what has run out once a week. The first
    `by_page` nameless ones go through the real page; the rest through the action that the
    page calls. What is said and chosen is independent of who says it: whatever a guesser
    finds, the house has given away.
    """
    dice, sign_in = random.Random(seed), sign_in or _sign_in
    months = [start_of_month(begin - timedelta(days=dice.randrange(400))) for _ in range(people)]
    known = f"known-{begin:%j}-"
    User.objects.bulk_create(
        User(username=f"{known}{n}", nickname=f"认识的人{n}", password="!", date_joined=month)
        for n, month in enumerate(months)
    )
    crowd = Crowd(list(User.objects.filter(username__startswith=known).order_by("pk")))
    visits = [(person, "open") for person in crowd.people for _ in range(3)]
    visits += [(dice.choice(crowd.people), "nameless") for _ in range(posts)]
    dice.shuffle(visits)
    moments = sorted(begin + timedelta(seconds=dice.random() * DAYS * 86400) for _ in visits)
    regions = {code: Region.objects.get(code=code) for code in REGIONS}
    week = week_of(begin)
    for (person, what), at in zip(visits, moments, strict=True):
        if week_of(at) != week:
            week = week_of(at)
            _drop_what_has_run_out(at)
        later = at + timedelta(seconds=dice.randint(60, 300), microseconds=dice.randrange(10**6))
        if what == "open":
            sign_in(person, at)
            _talk(person, later, dice, regions)
        elif by_page > 0:
            by_page -= 1
            crowd.askers[_ask_by_page(person, at, later, dice)] = person.pk
        else:
            sign_in(person, at)
            asked = actions.ask_question(author=None, at=later, **_said(dice, regions))
            crowd.askers[asked.question.pk] = person.pk
    _drop_what_has_run_out(moments[-1])
    return crowd


def _said(dice: random.Random, regions: dict[str, Region]) -> dict:
    return {
        "kind": dice.choice(KINDS),
        "field": dice.choice(FIELDS),
        "region": regions[dice.choice(REGIONS)],
        "title": "".join(dice.choices(_WORDS, k=4)) + "怎么办",
        "text": "，".join(dice.choices(_WORDS, k=12)) + "。",
        "key": secrets.token_hex(16),
    }


def _drop_what_has_run_out(at: datetime) -> None:
    with patch("django.utils.timezone.now", return_value=at):
        purge(at=at)


def _sign_in(person: User, at: datetime) -> None:
    """What the form's view calls once the password is right."""
    request = HttpRequest()
    request.META["HTTP_USER_AGENT"] = _agent_of(person)
    request.session = SessionStore()
    with patch("django.utils.timezone.now", return_value=at):
        login(request, person, backend=_BACKEND)
        request.session.save()


def _agent_of(person: User) -> str:
    return AGENTS[person.pk % len(AGENTS)]


def _talk(person: User, at: datetime, dice: random.Random, regions: dict[str, Region]) -> None:
    said = _said(dice, regions)
    other = Question.objects.exclude(author=person).order_by("-pk").first()
    by, kind = Viewer(person), dice.randrange(3)
    if other is None or kind == 0:
        actions.ask_question(author=person, at=at, **said)
    elif kind == 1:
        actions.answer_question(question=other, text=said["text"], by=by, organisation=None, at=at)
    else:
        actions.comment(question=other, answer=None, text=said["text"], by=by, at=at)


def _ask_by_page(person: User, at: datetime, later: datetime, dice: random.Random) -> int:
    """Sign in, open the form, send it; give the question's number."""
    store.empty()  # so many in one network are nobody's everyday
    said = _said(dice, {code: code for code in REGIONS})  # type: ignore[misc]
    with patch("django.utils.timezone.now", return_value=at):
        client = Client(
            REMOTE_ADDR=f"10.1.{dice.randrange(250)}.{dice.randrange(250)}",
            HTTP_USER_AGENT=_agent_of(person),
        )
        client.force_login(person, backend=_BACKEND)
    with patch("django.utils.timezone.now", return_value=later):
        client.get("/ask/")
        sent = client.post("/ask/", said | {"name_choice": "nameless"})
    assert sent.status_code == 200, sent.content.decode()[:500]
    return int(sent.context["question"].pk)


# --- Houses that give something away -----------------------------------------------------


def journaled(person: User, at: datetime) -> None:
    """Signing in where each time is an entry, as is usual."""
    with transaction.atomic():
        record("person.signed_in", subject=person, actor=person, at=at)
        _sign_in(person, at)


def put_under_one_mark(crowd: Crowd) -> None:
    """All rows of a person in the list of devices have the same mark, as if they had but one."""
    for person in crowd.people:
        marks = marks_of(person.pk)
        SignIn.objects.filter(mark__in=marks).update(mark=marks[0])


def talk_at_once(crowd: Crowd) -> None:
    """Each asker says something under their name soon after they asked without it."""
    asked = dict(Question.objects.in_bulk(list(crowd.askers)))
    Comment.objects.bulk_create(
        Comment(
            thread=0,
            question_id=min(asked),
            author_id=who,
            text="我也想知道。",
            created_at=asked[number].asked_at + timedelta(seconds=20),
        )
        for number, who in crowd.askers.items()
        if number != min(asked)
    )
