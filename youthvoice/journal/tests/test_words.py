"""Operators read in the journal what was done, not how programs call it."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from tests.factories import MONDAY, ask, member
from youthvoice.journal.models import Entry
from youthvoice.journal.words import WORDS, subject_words, verb_words
from youthvoice.orgs import actions
from youthvoice.orgs.choices import Role

APPS = Path(__file__).resolve().parents[2]
_VERB = re.compile(r"[a-z]+\.[a-z_]*[a-z]")
_RECORDS = {"record", "journal_record", "_record", "_decide"}


def named(tree):
    """The verbs that a file gives to what records them, or writes into a variable for it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found = node.args[:1] if called in _RECORDS else []
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "verb":
            found = [node.value]
        else:
            continue
        for one in found:
            for part in ast.walk(one):
                if isinstance(part, ast.Constant) and _VERB.fullmatch(str(part.value)):
                    yield part.value


def test_every_verb_has_words():
    files = [p for p in APPS.rglob("*.py") if not {"tests", "migrations"} & set(p.parts)]
    verbs = {verb for path in files for verb in named(ast.parse(path.read_text()))}
    verbs |= {
        verb
        for model in apps.get_models()
        for trace in getattr(model, "traces", ())
        for verb in trace.verbs
    }

    assert len(verbs) > 90
    assert verbs - WORDS.keys() == set()
    assert not [words for words in WORDS.values() if words.isascii()]


def test_a_subject_is_called_by_its_name():
    assert subject_words("orgs.organisation:3") == "组织 3"
    assert subject_words("questions.question:7") == "提问 7"
    assert subject_words("clock.step:yours.purge") == "定时任务 yours.purge"
    assert subject_words("gone.table:1") == "记录 1"
    assert verb_words("some.thing") == "some.thing"


@pytest.mark.django_db
def test_the_journal_shows_words(client, house):
    ask()
    operator = member(house.province, Role.OPERATOR)
    actions.join(person=operator, organisation=house.city, role=Role.LEAD, by=None, at=MONDAY)
    client.force_login(operator)

    page = client.get("/admin/journal/entry/").text
    joined = Entry.objects.filter(verb="orgs.joined").latest("seq")
    one = client.get(f"/admin/journal/entry/{joined.pk}/change/").text

    assert {"提问", "成为成员"} <= set(re.findall(r'class="field-what">([^<]+)<', page))
    assert ">成员 " in page
    assert "成为成员" in one
    for verb in ("question.asked", "orgs.joined", "orgs.membership"):
        assert f">{verb}" not in page + one
