"""What was typed stands on every page that shows it, with nothing missing."""

import html
import io
import json
import re

import pytest
from django.core.management import call_command
from django.test import Client

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, answer, ask, member
from youthvoice.cases.tests.working import refer
from youthvoice.importing.tests.rows import row
from youthvoice.kit import clock
from youthvoice.orgs.choices import Role
from youthvoice.outside.tests.by_letter import issue
from youthvoice.questions import actions
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db
LINES = [
    "\u3000\u3000面积 3500*6*2，尾号 138****78 或 139****79。",
    r"文件在 D:\资料\(新)，",
    ">18岁，<A类>，&lt;，5 > 3，__init__",
    "1、甲\t乙  丙",
    "网址 https://www.12355.net/a，请看。",
]
TYPED = "\n".join(LINES)
LINK = '<a href="https://www.12355.net/a" rel="nofollow noopener ugc">https://www.12355.net/a</a>，'


def text_of(page):
    """The words of a page; its titles and descriptions too."""
    body = page.content.decode()
    attributes = " ".join(re.findall(r'content="([^"]*)"', body))
    return html.unescape(re.sub("<[^>]+>", "", body.replace("<br>", "\n"))), attributes, body


def assert_shown(client, path):
    words, _attributes, body = text_of(client.get(path))
    assert TYPED in words, path
    assert LINK in body, path


def test_questions_answers_comments_and_earlier_words(house, client):
    asker, lead = PersonFactory.create(), member(house.city, Role.LEAD)
    question = ask(by=asker, text=TYPED)
    page = question.get_absolute_url()
    assert_shown(client, page)
    # In the description all of it stands in a line.
    described = html.unescape(text_of(client.get(page))[1])
    assert " ".join(TYPED.split())[:100] in described

    actions.edit_question(
        question=question, title=question.title, text="改过了。", by=Viewer(asker), at=MONDAY
    )
    its_own = Client()
    its_own.force_login(asker, backend="django.contrib.auth.backends.ModelBackend")
    assert_shown(its_own, f"{page}history/")
    answer(question, by=lead, organisation=house.city, text=TYPED)
    assert_shown(client, page)
    assert LINES[0].strip() in text_of(client.get(house.city.get_absolute_url()))[0]
    other = ask(by=asker, text="没有别的。")
    actions.comment(question=other, answer=None, text=TYPED, by=Viewer(asker), at=MONDAY)
    assert_shown(client, other.get_absolute_url())


def test_imported_letters(house, client, tmp_path):
    file = tmp_path / "messages.jsonl"
    file.write_text(json.dumps(row(body=TYPED)))
    call_command("import_messages", str(file), no_progress=True, stdout=io.StringIO())

    assert_shown(client, Question.objects.get().get_absolute_url())


def test_the_page_behind_a_letter_s_code_and_the_reason(house, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    bureau = OrganisationFactory(
        slug="rsj", kind="expert", name="市人社局", short_name="人社局", region_id="410100"
    )
    question = ask(text=TYPED)
    (hop,) = refer(question, bureau, at=MONDAY, reason=f"请看：\n{LINES[2]}")
    token, code = issue(hop)
    client.post(f"/out/{token}/", {"code": code})

    assert_shown(client, f"/out/{token}/")
    for path in (f"/out/{token}/", "/ledger/", question.get_absolute_url()):
        assert f"请看：\n{LINES[2]}" in text_of(client.get(path))[0], path
