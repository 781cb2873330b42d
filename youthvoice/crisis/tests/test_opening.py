"""Signs of danger take a question out of public view at once, and somebody is told."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.crisis import actions
from youthvoice.crisis.models import Notice, Record
from youthvoice.crisis.tests.conftest import TITLE
from youthvoice.importing.actions import import_row
from youthvoice.journal.models import Entry
from youthvoice.questions.actions import comment, edit_question
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import numbers
from youthvoice.safety.signs import Level

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)


def test_it_is_withheld_in_the_same_transaction_and_stands_in_no_list(client, house, opened):
    question = opened.question

    assert question.withheld_at == MONDAY
    assert "self.wish" in opened.signs
    assert opened.kinds == ["self"]
    assert numbers() == {}
    for path in ("/", "/?show=hot", "/?show=waiting", "/pulse/", f"/orgs/{house.city.slug}/"):
        assert TITLE not in client.get(path).content.decode(), path
    assert client.get(f"/q/{question.pk}/").status_code == 404


def test_leads_of_the_holder_and_operators_are_told(opened, staff):
    told = set(Notice.objects.values_list("person", flat=True))

    assert told == {staff["lead"].pk, staff["operator"].pk}
    assert list(opened.told.values_list("organisation__slug", flat=True)) == ["tuan-410100"]


def test_the_journal_tells_it_without_words_and_without_the_question(opened):
    entry = Entry.objects.get(verb="crisis.opened")

    assert (entry.subject, entry.actor, entry.data) == (f"crisis.record:{opened.pk}", None, {})


def test_nothing_leads_to_the_asker(opened):
    people = [f for f in Record._meta.get_fields() if getattr(f, "related_model", None)]
    assert not any(f.related_model.__name__ == "User" for f in people if f.concrete)


def test_harmless_words_open_nothing(house):
    question = ask(title="加班累死了怎么办", text="笑死，老板说明天还要加班。")

    assert question.withheld_at is None
    assert not Record.objects.exists()


def test_an_edit_is_looked_at_too_and_the_same_signs_ring_once(house, staff):
    question = ask(title="最近有点累", text="想找人说说。")
    edit_question(
        question=question, title=TITLE, text="想找人说说。", by=asker_of(question), at=LATER
    )
    assert question.withheld_at == LATER
    record = Record.objects.get()

    edit_question(
        question=question, title=TITLE, text="男友还打我。", by=asker_of(question), at=LATER
    )

    record.refresh_from_db()
    assert Record.objects.count() == 1
    assert record.kinds == ["self", "violence"]
    edit_question(
        question=question, title=TITLE, text="男友还打我！", by=asker_of(question), at=LATER
    )


def test_a_false_alarm_does_not_ring_again_for_the_same_signs(opened, staff):
    question = opened.question
    actions.call_false_alarm(record=opened, by=staff["lead"], at=LATER)

    def edit(text):
        question.refresh_from_db()
        edit_question(question=question, title=TITLE, text=text, by=asker_of(question), at=LATER)

    edit("没有人知道，真的。")
    assert not Record.objects.open().exists()
    edit("我老公打我。")
    assert Record.objects.open().exists()


def test_under_a_question_what_is_said_outright_opens_a_record_and_nothing_is_hidden(house, staff):
    question, peer = ask(title="失恋怎么走出来"), PersonFactory()
    reply = answer(question, by=peer, text="我也不想活了。")
    said = comment(
        question=question, answer=None, text="我被家暴三年了", by=Viewer(PersonFactory()), at=LATER
    )

    found = {(r.answer_id, r.comment_id) for r in Record.objects.all()}
    assert found == {(reply.pk, None), (None, said.pk)}
    assert {r.words for r in Record.objects.all()} == {reply, said}
    assert Question.objects.get(pk=question.pk).withheld_at is None


def test_comfort_and_offices_open_nothing(house):
    question = ask(title="失恋怎么走出来")
    answer(question, by=PersonFactory(), text="千万别想不开，会好的。")
    answer(
        question,
        by=member(house.city),
        organisation=house.city,
        text="如果不想活了，请打 12356。",
    )

    assert not Record.objects.exists()


def test_imported_words_open_nothing(house):
    row = {
        "id": 1,
        "title": TITLE,
        "body": "不想活了",
        "author": "A1",
        "asked_at": "2011-04-02T18:00:54+08:00",
    }
    import_row(row, source="s", at=MONDAY)

    assert not Record.objects.exists()


def test_levels_are_ordered():
    assert Level.SURE > Level.HELP
