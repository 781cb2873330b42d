"""Under which names words stand, and how the ring tells where a question is."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.kit.receipts import code_for
from youthvoice.kit.templatetags.mark import ring_mark
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.templatetags.ring import ring, ring_voice, states_of
from youthvoice.questions import actions
from youthvoice.questions.models import Picture, Question, Receipt, Revision, Tally
from youthvoice.questions.policy import Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def test_an_asker_is_named_as_they_chose(house):
    named, nameless = ask(by=PersonFactory(nickname="阿树")), ask()

    assert named.asker_name == "阿树"
    assert nameless.asker_name == "匿名青年"


def test_words_of_somebody_who_left_stay_without_their_name(house):
    gone = PersonFactory(nickname="走了的人")
    question = ask()
    made = answer(question, by=gone)
    comment = actions.comment(
        question=question, answer=None, text="再见。", by=Viewer(gone), at=MONDAY
    )
    gone.delete()

    made.refresh_from_db()
    comment.refresh_from_db()
    assert made.signature == comment.author_name == "已离开的青年"
    assert made.writer_name == ""


def test_a_question_knows_where_it_is_and_what_it_has(house):
    question = ask()
    made = answer(question, by=PersonFactory())
    answer(question, by=member(house.city), organisation=house.city)
    comment = actions.comment(
        question=question, answer=made, text="谢谢。", by=asker_of(question), at=MONDAY
    )
    question.refresh_from_db()

    assert question.get_absolute_url() == f"/q/{question.pk}/"
    assert made.get_absolute_url().startswith(f"/q/{question.pk}/#")
    assert comment.get_absolute_url().startswith(f"/q/{question.pk}/#")
    assert question.answer_count == 2
    assert question.waits is False


def test_links_to_answers_and_comments_lead_to_a_place_on_the_page(client, house):
    question = ask()
    made = answer(question, by=PersonFactory())
    under = [
        actions.comment(
            question=question, answer=a, text="谢谢。", by=asker_of(question), at=MONDAY
        )
        for a in (None, made)
    ]

    page = client.get(f"/q/{question.pk}/").content.decode()

    for thing in (made, *under):
        anchor = thing.get_absolute_url().partition("#")[2]
        assert f'id="{anchor}"' in page


def test_rows_say_what_they_are_without_saying_what_people_wrote(house):
    person = PersonFactory()
    question = ask(title="标题在这里", key="1" * 32)
    made = answer(question, by=person)
    actions.find_useful(answer=made, by=Viewer(member(house.city)), at=MONDAY)
    actions.follow(question=question, by=Viewer(person), at=MONDAY)
    actions.edit_answer(answer=made, text="另一版", by=Viewer(person), at=MONDAY)
    picture = Picture(question=question, position=0, name="a" * 32)
    comment = actions.comment(
        question=question, answer=None, text="谢谢。", by=Viewer(person), at=MONDAY
    )

    receipt = Receipt.objects.get()
    assert code_for("1" * 32) not in str(receipt)
    assert str(receipt) == f"receipt of {question.pk}"
    assert str(question) == "标题在这里"
    assert (str(made), str(comment)) == (f"青年互助 {made.pk}", f"comment {comment.pk}")
    assert str(picture) == "a" * 32
    assert str(Revision.objects.get()) == f"revision {Revision.objects.get().pk}"
    assert str(question.follows.get()) == f"{person.pk} follows {question.pk}"
    assert str(made.useful.get()).endswith(f"found {made.pk} useful")
    tallies = {str(tally) for tally in Tally.objects.all()}
    assert tallies == {"questions: 1", "nameless: 1", "people: 1"}


# --- The ring ----------------------------------------------------------------------------


def states(found):
    return {arc["code"]: arc["state"] for arc in found["arcs"]}


def test_the_arcs_follow_who_has_answered(house):
    question = ask()
    assert states(ring(question)) == {
        "league": "waiting",
        "peer": "faint",
        "government": "faint",
        "society": "faint",
    }
    assert ring(question)["words"] == "等团组织回复"

    answer(question, by=PersonFactory())
    answer(question, by=member(house.city), organisation=house.city)
    answer(question, by=member(house.experts), organisation=house.experts)
    assert states(ring(Question.objects.get()))["government"] == "faint"
    office = OrganisationFactory(kind=OrgKind.GOVERNMENT)
    answer(question, by=member(office), organisation=office)
    actions.mark_outcome(question=question, outcome="solved", by=asker_of(question), at=MONDAY)
    question = Question.objects.get()
    assert states(ring(question)) == {
        "league": "done",
        "peer": "done",
        "government": "done",
        "society": "done",
    }
    assert "政府部门已回答" in ring(question)["words"]
    assert "已解决" in ring(question)["words"]
    assert ring(question)["dot"] == "solved"


def test_an_imported_question_asks_nobody(house):
    imported = ask()
    imported.origin = "imported"

    assert set(states_of(imported).values()) == {"faint"}
    assert ring(imported)["words"]


def test_lanes_of_a_case_may_be_objects_or_mappings_and_have_other_names(house):
    question = ask()
    lanes = [
        {"code": "tuan", "state": "done"},
        SimpleNamespace(code="zheng", state="waiting"),
        {"code": "moon", "state": "done"},
    ]

    assert states(ring(question, 120, lanes)) == {
        "league": "done",
        "peer": "faint",
        "government": "waiting",
        "society": "faint",
    }
    assert ring(question, 120, lanes)["is_large"] is True


@pytest.mark.parametrize(
    ("kind", "lane"),
    [
        ("official", "league"),
        ("government", "government"),
        ("peer", "peer"),
        ("expert", "society"),
    ],
)
def test_an_answers_ring_has_the_arc_of_its_voice(kind, lane):
    done = [code for code, state in states(ring_voice(kind)).items() if state == "done"]

    assert done == [lane]


@pytest.mark.parametrize(
    ("state", "arc"), [("done", "done"), ("empty", "faint"), ("turning", "waiting")]
)
def test_the_houses_own_mark_says_nothing_to_a_screen_reader(state, arc):
    found = ring_mark(72, state)

    assert set(states(found).values()) == {arc}
    assert found["words"] == ""
    assert 'aria-hidden="true"' in render_to_string("kit/_ring.html", found)


def test_the_rings_words_are_its_name_for_a_screen_reader(house):
    found = ring(ask())

    drawn = render_to_string("kit/_ring.html", found)
    assert f"<title>{found['words']}</title>" in drawn
    assert 'role="img"' in drawn
