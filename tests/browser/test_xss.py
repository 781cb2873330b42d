"""Attacks in every field that is shown, on real pages in a real browser."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import cycle

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.forms import Form
from django.http import HttpRequest
from django.test import Client
from django.utils.safestring import mark_safe

from tests.browser.payloads import one_of_each, payloads
from tests.browser.watching import Watched, watch
from tests.factories import MONDAY, PersonFactory, answer, ask, build_house, member
from youthvoice.kit import paging
from youthvoice.kit import text as kit_text
from youthvoice.kit.templatetags import kit_tags
from youthvoice.orgs.choices import OrgKind, Role
from youthvoice.orgs.models import Organisation
from youthvoice.people.forms import clean_nickname
from youthvoice.people.models import User
from youthvoice.questions import actions, forms, models, queries
from youthvoice.questions.choices import TEXT_MOST, TITLE_MOST
from youthvoice.questions.models import question as question_models
from youthvoice.questions.models import words as word_models
from youthvoice.questions.policy import Viewer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    # The same bytes come from either database, and a browser takes its time with each.
    pytest.mark.skipif(connection.vendor != "sqlite", reason="shown with SQLite"),
    pytest.mark.django_db(transaction=True),
]
#: In each field: twelve of each shape, and other ones in each. bench/attacks.py tries a thousand.
MANY = int(os.environ.get("XSS_ATTACKS", 72))
#: A title or a name may be refused for what it holds besides.
SPARE = 24


@dataclass
class Walls:
    """A house whose every wall is written on."""

    question: models.Question
    asker: User
    operator: User
    organisations: list[Organisation]
    #: How many different attacks came past the form into each field.
    stored: dict[str, int]


def packed(attacks: Iterable[str], most: int, *, at_once: int = 6) -> list[str]:
    """Several in one text, each a paragraph of its own; few, as one may hide those after it."""
    packs: list[list[str]] = []
    for attack in attacks:
        if packs and len(packs[-1]) < at_once and len("\n\n".join([*packs[-1], attack])) <= most:
            packs[-1].append(attack)
        else:
            packs.append([attack])
    return ["\n\n".join(pack) for pack in packs]


def cleaned(form: Form) -> dict:
    assert form.is_valid(), form.errors
    return form.cleaned_data


def build_walls(many: int) -> Walls:
    """Written through the forms and the actions that people use."""
    house = build_house()
    operator = member(house.province, Role.OPERATOR, nickname="总管")
    asker = PersonFactory.create(nickname="问的人")
    viewer, stored = Viewer(asker), {}
    question = ask(by=asker, title="写满了的一页", text="开头。")
    plain = {"personal": "keep"}

    for text in packed(one_of_each() + payloads(many), TEXT_MOST - 10):
        form = forms.EditQuestionForm(plain | {"title": question.title, "text": text})
        actions.edit_question(question=question, by=viewer, at=MONDAY, **_edited(form))
    for text in packed(one_of_each() + payloads(many, after=many), TEXT_MOST - 10):
        said = forms.AnswerForm(plain | {"text": text}, organisations=[])
        answer(question, by=operator, text=cleaned(said)["text"])
    stored["text"] = stored["answer"] = stored["history"] = many

    stored["title"] = 0
    for title in payloads(many + SPARE, longest=TITLE_MOST):
        given = {"kind": "talk", "field": "work", "title": title, "text": title, "key": "0" * 32}
        asks = forms.AskForm(plain | given | {"name_choice": "nameless"}, signed_in=False)
        asks.full_clean()
        if "title" in asks.cleaned_data:
            ask(by=asker, title=asks.cleaned_data["title"], text="内容。", region=None)
            stored["title"] += 1

    people = list(_named(payloads(many + SPARE, longest=20)))
    stored["nickname"] = len(people)
    words = one_of_each() + payloads(many, after=2 * many)
    for text, person in zip(words, cycle(people), strict=False):
        says = forms.CommentForm(plain | {"text": text}, organisations=[])
        words_of = cleaned(says)["text"]
        actions.comment(question=question, answer=None, text=words_of, by=Viewer(person), at=MONDAY)
    stored["comment"] = len(words)
    return Walls(question, asker, operator, _organisations(house.province, many + SPARE), stored)


def _edited(form: forms.EditForm) -> dict:
    return {k: v for k, v in cleaned(form).items() if k in ("title", "text")}


def _named(attacks: list[str]) -> Iterable[User]:
    rows = []
    for place, attack in enumerate(attacks):
        try:
            name = clean_nickname(attack)
        except ValidationError:
            continue
        rows.append(User(username=f"attacker{place}", nickname=name, password="!"))
    return User.objects.bulk_create(rows)


def _organisations(province: Organisation, many: int) -> list[Organisation]:
    return Organisation.objects.bulk_create(
        Organisation(
            slug=f"wall-{n}",
            kind=OrgKind.ALLIANCE,
            name="墙",
            short_name="墙",
            region=province.region,
        )
        for n in range(many)
    )


def rename(walls: Walls, names: list[str], shorts: list[str], about: str) -> int:
    """As the operator's page does it; gives how many names came past its form."""
    request = HttpRequest()
    request.user = walls.operator
    page = admin.site._registry[Organisation]
    made = 0
    for organisation, name, short in zip(walls.organisations, names, shorts, strict=False):
        form_class = page.get_form(request, organisation)
        data = {"slug": organisation.slug, "kind": organisation.kind, "is_active": "on"}
        data |= {"name": name, "short_name": short, "about": about}
        form = form_class(data | {"region": organisation.region_id}, instance=organisation)
        if form.is_valid():
            with transaction.atomic():
                page.save_model(request, form.save(commit=False), form, change=True)
            made += 1
        else:
            assert set(form.errors) <= {"name", "short_name"}, form.errors
    return made


def sign_in(watched: Watched, person: User) -> None:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    watched.page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": watched.base}]
    )


def follow(watched: Watched, path: str, *, most: int = 80) -> int:
    """A list from its beginning to its end; gives the number of pages."""
    for number in range(most):
        watched.look(path)
        further = watched.page.locator("a[rel=next]")
        if not further.count():
            return number + 1
        path = further.first.get_attribute("href") or ""
        path = path if path.startswith("/") else watched.page.url.split("?")[0] + path
    return most


@pytest.fixture
def watched(browser, live_server, held_reads, monkeypatch):
    # Long pages: loading many short ones shows no more.
    monkeypatch.setitem(paging.page.__kwdefaults__, "size", 250)
    monkeypatch.setattr(queries, "COMMENTS_SHOWN", 250)
    monkeypatch.setattr(queries, "ANSWERS_A_PAGE", 250)
    context = browser.new_context(viewport={"width": 800, "height": 900}, locale="zh-CN")
    context.set_default_timeout(20_000)
    yield watch(context, live_server.url)
    context.close()


def test_nothing_that_people_write_ever_runs(watched):
    with transaction.atomic():
        walls = build_walls(MANY)
    page = walls.question.get_absolute_url()

    follow(watched, page)
    for place in _further(watched, page, "comments"):
        watched.look(place)
    follow(watched, "/")
    # Whoever wrote it, and whoever works here, see more of it.
    sign_in(watched, walls.asker)
    watched.look(f"{page}history/")
    watched.look(f"{page}edit/")
    watched.look(f"{page}comment/")
    follow(watched, "/mine/", most=2)
    watched.page.context.clear_cookies()
    sign_in(watched, walls.operator)
    watched.look("/desk/tuan-410000/")
    for number in range(1, 2 + (MANY + SPARE) // 100):
        watched.look(f"/admin/people/user/?p={number}")
    _look_at_organisations(watched, walls)

    assert_nothing_ran(watched)
    assert min(walls.stored.values()) >= MANY, walls.stored


def assert_nothing_ran(watched: Watched) -> None:
    assert watched.ran == []
    assert watched.links == 0
    assert watched.strangers == []
    assert watched.reports == []


def _further(watched: Watched, page: str, name: str) -> Iterable[str]:
    """Addresses of the pages of a list that is no page's first."""
    path = page
    while True:
        watched.page.goto(watched.base + path)
        found = watched.page.locator(f"a[href*='{name}=']")
        if not found.count():
            return
        path = found.last.get_attribute("href") or ""
        yield path


def _look_at_organisations(watched: Watched, walls: Walls) -> None:
    many = MANY + SPARE
    names, shorts = payloads(many, longest=80), payloads(many, longest=40)
    abouts = packed(one_of_each() + payloads(MANY, after=3 * MANY), 12_000, at_once=24)
    made = 0
    for turn, about in enumerate(abouts):
        # All of them in turn: the page of each shows its name and its words.
        here = slice(turn, None, len(abouts))
        shown = replace(walls, organisations=walls.organisations[here])
        made += rename(shown, names[here], shorts[here], about)
        watched.look(f"/orgs/{walls.organisations[turn].slug}/")
    watched.look("/orgs/")
    for number in range(1, 2 + many // 100):
        watched.look(f"/admin/orgs/organisation/?p={number}")
    walls.stored["organisation"] = made


def test_nothing_that_is_said_back_ever_runs(watched):
    """What was typed, in the form that is shown again; and what stands in an address."""
    build_house()
    words = packed(payloads(MANY, after=4 * MANY), TEXT_MOST - 10, at_once=36)
    titles = payloads(len(words), longest=TITLE_MOST)
    for text, title in zip(words, titles, strict=True):
        watched.page.goto(f"{watched.base}/ask/")
        watched.page.locator("[name=title]").fill(title)
        watched.page.locator("[name=text]").fill(text)
        watched.page.locator("form[method=post] [data-submit]").click()
        watched.page.locator("#errors").wait_for()
        watched.touch()
    names = ["field", "after", "show", "region"]
    queries = [f"{name}={_quoted(one)}" for name, one in zip(cycle(names), payloads(40))]
    for first in range(0, len(queries), len(names)):
        watched.look("/?" + "&".join(queries[first : first + len(names)]))

    assert_nothing_ran(watched)


def _quoted(attack: str) -> str:
    return re.sub(r"[^\w]", lambda sign: "".join(f"%{b:02X}" for b in sign[0].encode()), attack)


# --- The browser and the traps are real ---------------------------------------------------


@pytest.fixture
def open_house(monkeypatch):
    """A house that shows what people write as they wrote it."""
    for name in ("nh3", "marks"):
        assert hasattr(kit_text, name)
    for module in (question_models, word_models):
        monkeypatch.setattr(module, "render", mark_safe)
    monkeypatch.setattr(kit_tags, "render_plain", mark_safe)


def test_without_cleaning_and_policy_they_run(watched, open_house, settings):
    settings.CONTENT_SECURITY_POLICY = None
    with transaction.atomic():
        walls = build_walls(30)

    watched.look(walls.question.get_absolute_url())

    assert len(watched.ran) > 5
    assert watched.links > 0
    assert watched.reports == []


def test_without_cleaning_the_policy_stops_them_and_tells(watched, open_house):
    with transaction.atomic():
        walls = build_walls(30)

    watched.look(walls.question.get_absolute_url())

    assert watched.ran == []
    assert len(watched.reports) > 5
