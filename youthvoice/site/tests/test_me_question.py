"""The fragment that makes a question's page one's own: who may do what, and has done it."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.importing.actions import import_row
from youthvoice.importing.tests.rows import row
from youthvoice.kit.receipts import code_for
from youthvoice.questions import actions
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db
KEY = "5" * 32


@pytest.fixture
def asker(house):
    return PersonFactory()


@pytest.fixture
def question(asker):
    return ask(by=asker)


@pytest.fixture
def peer(question):
    return PersonFactory(nickname="过来人")


@pytest.fixture
def answers(house, question, peer):
    """One of a peer, one of the holder, one of experts."""
    return {
        "peer": answer(question, by=peer),
        "city": answer(question, by=member(house.city, nickname="小孟"), organisation=house.city),
        "experts": answer(question, by=member(house.experts), organisation=house.experts),
    }


def look(client, question, person=None, **query):
    if person is not None:
        client.force_login(person)
    response = client.get(f"/me/q/{question.pk}/", query)
    assert response.status_code == 200
    return response


def can(response):
    """What the reader may do with the question."""
    found = response.context["can"]
    return {name for name, may in found.items() if may and name != "answer_as"}


def rights(response, answers, right):
    """The names of the answers on which the reader has that right."""
    found = {r["answer"].pk for r in response.context["answer_rights"] if r[right]}
    return {name for name, made in answers.items() if made.pk in found}


def test_somebody_signed_out_may_only_look(client, question, answers):
    response = look(client, question)

    assert can(response) == set()
    for right in ("can_vote", "can_accept", "can_edit", "can_delete", "writer"):
        assert rights(response, answers, right) == set()
    viewer = response.context["viewer"]
    assert (viewer["is_asker"], viewer["by_receipt"], viewer["is_holder_member"]) == (
        False,
        False,
        False,
    )
    assert "/accounts/login/" in response.content.decode()


def test_the_asker(client, question, answers, asker):
    response = look(client, question, asker)

    assert can(response) == {"comment", "mark", "edit", "delete"}
    assert rights(response, answers, "can_accept") == set(answers)
    assert rights(response, answers, "can_vote") == set(answers)
    assert rights(response, answers, "can_edit") == set()
    assert response.context["viewer"]["is_asker"] is True
    shown = response.content.decode()
    for path in ("outcome", "edit", "delete"):
        assert f"/q/{question.pk}/{path}/" in shown
    for made in answers.values():
        assert f'action="/a/{made.pk}/accept/"' in shown
        assert f'action="/a/{made.pk}/useful/"' in shown
    assert f"/q/{question.pk}/follow/" not in shown


def test_the_asker_by_receipt_may_close_their_side(client, house):
    nameless = ask(key=KEY)
    made = {"peer": answer(nameless, by=PersonFactory())}
    client.post("/receipt/", {"code": code_for(KEY)})

    response = look(client, nameless)

    assert can(response) == {"comment", "mark", "edit", "delete"}
    assert rights(response, made, "can_accept") == {"peer"}
    assert rights(response, made, "can_vote") == set()
    assert response.context["viewer"]["by_receipt"] is True
    assert 'action="/receipt/close/"' in response.content.decode()


def test_a_peer_who_answered(client, question, answers, peer):
    response = look(client, question, peer)

    assert can(response) == {"answer", "comment", "follow"}
    assert rights(response, answers, "can_vote") == {"city", "experts"}
    assert rights(response, answers, "can_edit") == {"peer"}
    assert rights(response, answers, "can_delete") == {"peer"}
    assert rights(response, answers, "writer") == set()
    shown = response.content.decode()
    assert f"/a/{answers['peer'].pk}/edit/" in shown
    assert f"/a/{answers['city'].pk}/edit/" not in shown
    assert f"/q/{question.pk}/outcome/" not in shown


def test_a_member_of_the_holder(client, question, answers, house):
    response = look(client, question, member(house.city))

    assert can(response) == {"answer", "comment", "follow"}
    assert response.context["can"]["answer_as"] == [house.city]
    assert response.context["viewer"]["is_holder_member"] is True
    assert rights(response, answers, "can_edit") == {"city"}
    assert rights(response, answers, "writer") == {"city"}
    assert "小孟" in response.content.decode()


def test_an_expert_is_no_member_of_the_holder(client, question, answers, house):
    response = look(client, question, member(house.experts))

    assert response.context["viewer"]["is_holder_member"] is False
    assert rights(response, answers, "can_edit") == {"experts"}
    assert rights(response, answers, "writer") == {"experts"}
    assert "小孟" not in response.content.decode()


def test_staff_who_asked_may_answer_for_their_organisation_only(client, house):
    staff = member(house.city)
    own = ask(by=staff)

    response = look(client, own, staff)

    assert can(response) == {"answer", "comment", "mark", "edit", "delete"}


def test_what_one_has_done_is_shown_as_done(client, question, answers):
    person = PersonFactory()
    actions.find_useful(answer=answers["city"], by=Viewer(person), at=MONDAY)
    actions.follow(question=question, by=Viewer(person), at=MONDAY)

    response = look(client, question, person)

    assert rights(response, answers, "voted") == {"city"}
    assert response.context["follows"] is True
    assert response.content.decode().count('name="undo"') >= 2
    assert look(client, question, PersonFactory()).context["follows"] is False


def test_accepted_answers_are_shown_as_accepted(client, question, answers, asker):
    actions.accept_answer(answer=answers["peer"], accepted=True, by=Viewer(asker), at=MONDAY)

    assert rights(look(client, question, asker), answers, "accepted") == {"peer"}


def test_an_answer_that_was_taken_back_has_no_rights(client, question, answers, peer):
    actions.delete_answer(answer=answers["peer"], by=Viewer(peer), at=MONDAY)

    response = look(client, question, peer)

    assert rights(response, answers, "can_edit") == set()
    assert len(response.context["answer_rights"]) == 2


@pytest.mark.parametrize("role", ["asker", "peer", "staff"])
def test_a_question_that_was_taken_back_may_only_be_looked_at(
    client, question, answers, asker, peer, house, role
):
    actions.delete_question(question=question, by=Viewer(asker), at=MONDAY)
    person = {"asker": asker, "peer": peer, "staff": member(house.city)}[role]

    response = look(client, question, person)

    assert can(response) == set()
    assert rights(response, answers, "can_accept") == set()


def test_an_imported_question_may_only_be_followed(client, house):
    import_row(row(), source="old", at=MONDAY)
    imported = Question.objects.get()

    for person in (PersonFactory(), member(house.province)):
        assert can(look(client, imported, person)) == {"follow"}


def test_ones_own_comments_may_be_taken_back_wherever_they_stand(client, question, answers, peer):
    at = MONDAY + timedelta(hours=1)

    def say(by, under=None):
        return actions.comment(question=question, answer=under, text="说一句", by=by, at=at)

    mine = [say(Viewer(peer)), say(Viewer(peer), answers["city"])]
    say(asker_of(question))

    response = look(client, question, peer)

    assert {c.pk for c in response.context["own_comments"]} == {c.pk for c in mine}
    shown = response.content.decode()
    for comment in mine:
        assert f"/c/{comment.pk}/delete/" in shown


def test_own_comments_on_a_later_page_may_be_taken_back_there(client, question, peer):
    for n in range(52):
        actions.comment(
            question=question,
            answer=None,
            text=f"第{n}条",
            by=Viewer(peer if n == 51 else PersonFactory()),
            at=MONDAY + timedelta(minutes=n),
        )
    public = client.get(f"/q/{question.pk}/")
    assert look(client, question, peer).context["own_comments"] == []

    later = client.get(public.context["next_comments_url"])
    fragment = client.get(f"/me/q/{question.pk}/{later.context['me_query']}")

    assert [c.text for c in fragment.context["own_comments"]] == ["第51条"]


def test_rights_on_later_answers_come_with_their_page(client, question, peer):
    for n in range(31):
        answer(question, by=PersonFactory(), at=MONDAY + timedelta(minutes=n))
    last = answer(question, by=peer, at=MONDAY + timedelta(hours=1))

    later = client.get(client.get(f"/q/{question.pk}/").context["next_answers_url"])
    client.force_login(peer)
    fragment = client.get(f"/me/q/{question.pk}/{later.context['me_query']}")

    assert rights(fragment, {"last": last}, "can_edit") == {"last"}


def test_the_acts_have_a_page_of_their_own_for_those_without_scripts(
    client, question, answers, peer
):
    comment = actions.comment(
        question=question, answer=None, text="自己的评论", by=Viewer(peer), at=MONDAY
    )
    client.force_login(peer)

    response = client.get(f"/q/{question.pk}/act/")

    assert response.status_code == 200
    shown = response.content.decode()
    assert f'action="/q/{question.pk}/follow/"' in shown
    assert f'action="/a/{answers["city"].pk}/useful/"' in shown
    assert f'href="/c/{comment.pk}/delete/"' in shown
    assert question.title in shown
    assert client.post(f"/q/{question.pk}/act/").status_code == 405
