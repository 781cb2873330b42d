"""Rows for tests, made the way the house makes them: through actions where there is one."""

import itertools
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from factory.declarations import LazyAttribute, LazyFunction, Sequence
from factory.django import DjangoModelFactory, Password
from factory.helpers import post_generation

from youthvoice.cases.models import Route
from youthvoice.kit.clock import start_of_day
from youthvoice.orgs.choices import Level, OrgKind, Role
from youthvoice.orgs.models import Membership, Organisation, Region
from youthvoice.orgs.queries import forget_regions
from youthvoice.people.choices import VERSIONS, AgeBand, Document
from youthvoice.people.models import Consent, Guardianship, User
from youthvoice.questions import actions
from youthvoice.questions.models import Answer, Question
from youthvoice.questions.policy import Viewer

#: The moment at which tests' stories begin.
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NOBODY = AnonymousUser()
PASSWORD = "kaifeng-baozi-7"
#: What sign-up asks besides names and passwords, as somebody of age answers it.
SIGN_UP = {"age_band": "18", "agree_rules": "on", "agree_privacy": "on"}


class PersonFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"person{n}")
    nickname = Sequence(lambda n: f"青年{n}")
    password = Password(PASSWORD)
    age_band = AgeBand.ADULT
    age_said = 2026

    @post_generation
    def consents(person: User, create: bool, given: bool | None, **kwargs: Any) -> None:
        """Both, unless made with `consents=False`; nothing in the journal."""
        if create and given is not False:
            Consent.objects.bulk_create(
                Consent(person=person, what=what, version=now.name, given_at=start_of_day(MONDAY))
                for what, now in VERSIONS.items()
            )


def agree_for(person: User) -> None:
    """The guardian of a child under 14 has said yes."""
    version = VERSIONS[Document.PRIVACY].name
    Guardianship.objects.create(person=person, version=version, agreed_at=MONDAY)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    slug = Sequence(lambda n: f"org-{n}")
    kind = OrgKind.LEAGUE
    name = LazyAttribute(lambda o: f"{o.short_name}全称")
    short_name = Sequence(lambda n: f"组织{n}")
    region = LazyFunction(lambda: Region.objects.get(code="410000"))


@dataclass(frozen=True)
class House:
    """A small province: 河南 › 郑州 › 中牟, committees and routes, an expert group, a line."""

    province: Organisation
    city: Organisation
    county: Organisation
    experts: Organisation
    line: Organisation


#: In the order of House.
_SLUGS = ("tuan-410000", "tuan-410100", "tuan-410122", "expert-law", "line-university")


def lay_house() -> None:
    """Its rows, once for all tests: tests/database.py keeps them in the template."""
    places = [
        ("410000", "河南省", "河南", "henan", Level.PROVINCE, None),
        ("410100", "郑州市", "郑州", "zhengzhou", Level.CITY, "410000"),
        ("410122", "中牟县", "中牟", "zhongmu", Level.COUNTY, "410100"),
        ("410200", "开封市", "开封", "kaifeng", Level.CITY, "410000"),
    ]
    for code, name, short, pinyin, level, parent in places:
        Region.objects.create(
            code=code, name=name, short_name=short, pinyin=pinyin, level=level, parent_id=parent
        )
    bodies = [
        (OrgKind.LEAGUE, "团河南省委", "410000"),
        (OrgKind.LEAGUE, "团郑州市委", "410100"),
        (OrgKind.LEAGUE, "团中牟县委", "410122"),
        (OrgKind.EXPERT, "法律专家组", "410000"),
        (OrgKind.LINE, "高校战线", "410000"),
    ]
    for slug, (kind, short, region) in zip(_SLUGS, bodies, strict=True):
        OrganisationFactory.create(slug=slug, kind=kind, short_name=short, region_id=region)
    for where in (None, "410100", "410122"):
        holder = Organisation.objects.get(slug=f"tuan-{where or '410000'}")
        Route.objects.create(region_id=where, holder=holder)


def build_house() -> House:
    """The small house of the template, with rows of this test's own."""
    found = {body.slug: body for body in Organisation.objects.filter(slug__in=_SLUGS)}
    return House(*(found[slug] for slug in _SLUGS))


def remove_house() -> None:
    """As a database is before anybody has come."""
    for model in (Route, Organisation, Region):
        # Rows that hang on one another go at once.
        rows = model._base_manager.all()
        rows._raw_delete(rows.db)
    forget_regions()


def member(organisation: Organisation, role: str = Role.ANSWERER, **kwargs: Any) -> User:
    """Somebody who works in the organisation."""
    person = PersonFactory.create(**kwargs)
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person


#: Letters and no digits: 120 and 12315 are words that routing listens to.
_marks = map("".join, itertools.product("abcdefghijklmnopqrstuvwxyz", repeat=4))


def ask(
    *, by: User | None = None, region: str | None = "410100", at: datetime = MONDAY, **kwargs: Any
) -> Question:
    """A question in its case; nameless without `by`."""
    values = {
        "kind": "help",
        "field": "work",
        "title": f"试用期工资怎么算 {next(_marks)}",
        "text": "入职第二个月，想问清楚。",
        "key": secrets.token_hex(16),
    } | kwargs
    place = Region.objects.get(code=region) if region else None
    return actions.ask_question(author=by, region=place, at=at, **values).question


def answer(
    question: Question,
    *,
    by: User,
    organisation: Organisation | None = None,
    at: datetime | None = None,
    text: str = "",
) -> Answer:
    return actions.answer_question(
        question=question,
        by=Viewer(by),
        organisation=organisation,
        at=at or question.asked_at + timedelta(minutes=43),
        text=text or f"先看合同里怎么写的。{next(_marks)}",
    )


def asker_of(question: Question) -> Viewer:
    """Whoever may speak for the question: its author, or the holder of its receipt."""
    if question.author is not None:
        return Viewer(question.author)
    return Viewer(NOBODY, frozenset({question.pk}))
