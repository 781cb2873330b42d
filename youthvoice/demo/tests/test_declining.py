"""The demo never enters a house where somebody lives, nor one that declined it."""

import io

import pytest
from django.core.management import call_command

from tests.factories import MONDAY, PersonFactory, ask
from youthvoice.demo import actions
from youthvoice.demo.choices import DECLINED, LOADED
from youthvoice.journal import queries as journal
from youthvoice.journal.models import Entry
from youthvoice.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_house")]


def run(**options):
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def test_no_demo_where_a_person_lives():
    PersonFactory()
    before = journal.head()

    assert "not empty" in run()

    assert (journal.head(), Question.objects.count()) == (before, 0)


def test_no_demo_where_somebody_asked_without_a_name():
    ask(region=None)

    assert actions.load_demo(at=MONDAY) == 0
    assert Question.objects.count() == 1
    assert run(verbosity=0) == ""


def test_a_house_that_declined_is_left_alone_at_its_next_starts():
    run(decline=True)
    run(decline=True)

    assert run(first_start=True) == ""

    assert Question.objects.count() == 0
    assert Entry.objects.filter(verb=DECLINED).count() == 1
    assert not Entry.objects.filter(verb=LOADED).exists()


def test_a_demo_that_fails_in_the_middle_leaves_nothing(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    real, taken = actions.actions.answer_question, []

    def failing(**given):
        taken.append(given)
        if len(taken) == 5:
            raise ZeroDivisionError
        return real(**given)

    monkeypatch.setattr(actions.actions, "answer_question", failing)
    before = journal.head()

    with pytest.raises(ZeroDivisionError):
        actions.load_demo(at=MONDAY)

    assert (journal.head(), Question.objects.count()) == (before, 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_answer_by_nobody_is_a_mistake_of_the_content():
    house = actions._House(MONDAY)
    row = {"key": "q1", "hours_ago": 1, "answers": [{"after_minutes": 1, "as": None}]}
    question = ask(region=None)
    house.questions["q1"] = question
    *_others, (_when, _order, write) = actions._events(house, row, 0)

    with pytest.raises(ValueError, match="q1"):
        write(MONDAY)
