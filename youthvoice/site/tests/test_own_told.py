"""Whose own kept pieces an act changes; and what is done without a name tells it of nobody."""

import pytest
from django.core import signing
from django.test import Client

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.entrance import nonces, surrogates
from youthvoice.kit.public import NOTE, Note
from youthvoice.orgs.actions import join
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.people.actions import rename
from youthvoice.questions import actions
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """The names that were told since; questions' keys are told elsewhere."""
    found = []
    monkeypatch.setattr(nonces, "changed", lambda names: found.extend(names))
    return found


def names(*people):
    return {nonces.person_name(person.pk) for person in people}


def test_an_act_changes_who_did_it_and_whom_it_is_about(house, told):
    person, other = PersonFactory.create(), PersonFactory.create()
    operator = member(house.province, Role.OPERATOR)

    def by(act):
        told.clear()
        act()
        return set(told)

    assert by(lambda: rename(person=person, nickname="郑州小张", at=MONDAY)) == names(person)
    given = {"person": person, "organisation": house.city, "role": Role.LEAD, "at": MONDAY}
    assert by(lambda: join(**given, by=operator)) == names(person, operator)
    question = ask(by=person)
    viewer = Viewer(other)
    assert by(lambda: actions.follow(question=question, by=viewer, at=MONDAY)) == names(
        other, person
    )
    # Its asker's pieces are of the question, which is changed by its own key.
    assert by(lambda: answer(question, by=other)) == names(other)


def test_a_membership_that_ends_changes_its_person(house, told, client):
    operator, other = member(house.province, Role.OPERATOR), member(house.city)
    client.force_login(operator)
    row = Membership.objects.get(person=other)
    told.clear()

    client.post(f"/admin/orgs/membership/{row.pk}/delete/", {"post": "yes"})

    assert not Membership.objects.filter(pk=row.pk).exists()
    assert names(other) <= set(told)


def test_nothing_tells_of_anybody_by_what_is_done_without_a_name(house, told):
    question = ask()
    asker = asker_of(question)
    actions.comment(question=question, answer=None, by=asker, text="还没好。", at=MONDAY)
    actions.edit_question(question=question, title="别的怎么办", text="好", by=asker, at=MONDAY)
    actions.mark_outcome(question=question, outcome="solved", by=asker, at=MONDAY)
    actions.delete_question(question=question, by=asker, at=MONDAY)

    assert told == []


@pytest.mark.django_db(transaction=True)
def test_a_nameless_question_of_somebody_signed_in_leaves_no_trace_beside_it(house):
    """Neither of who sent it nor of the session in which it was sent, nor of when."""
    client, person = Client(), PersonFactory.create()
    client.force_login(person)
    client.get("/me/bar/")
    before, board = nonces.nonces().copy(), surrogates.board().latest

    form = client.get("/ask/").context["form"]
    values = {"kind": "help", "field": "work", "region": "410100", "title": "试用期工资怎么算",
              "text": "入职第二个月，想问清楚。", "name_choice": "nameless",
              "key": form["key"].value()}  # fmt: skip
    assert client.post("/ask/", values).status_code in (200, 302)

    assert Question.objects.latest("pk").is_nameless
    assert surrogates.board().latest != board
    assert nonces.nonces().copy() == before
    # What parts its pieces of before from those of now is in the browser alone.
    assert client.cookies["yv_own"]["max-age"] == 180


def test_the_number_of_a_browser_is_another_one_each_time_and_only_where_there_is_a_session(house):
    anybody, client = Client(), Client()
    anybody.post("/accounts/login/", {"login": "nobody", "password": "x"})
    assert "yv_own" not in anybody.cookies
    client.force_login(PersonFactory.create())
    question = ask(by=PersonFactory.create())

    found = []
    for _ in range(2):
        client.post(f"/q/{question.pk}/comment/", {"text": ""})
        found.append(client.cookies.pop("yv_own").value)
    client.get(question.get_absolute_url())
    client.get("/mine/")

    assert len(set(found)) == 2
    assert "yv_own" not in client.cookies


def drawn(client, path):
    """What the view says of the piece while it draws it to be kept."""
    note = Note()
    client.get(path, **{NOTE: note, "REMOTE_ADDR": "198.51.100.7"})
    return note.own


def test_a_view_lets_keep_what_an_ordinary_person_sees_and_nothing_else(house):
    question, person = ask(by=PersonFactory.create()), PersonFactory.create()
    clients = {name: Client() for name in ("person", "staff", "awaited", "nobody", "opened")}
    clients["person"].force_login(person)
    clients["opened"].force_login(person)
    clients["staff"].force_login(member(house.city))
    clients["awaited"].force_login(late := PersonFactory.create())
    Membership.objects.create(person=late, organisation=house.city, role=Role.ANSWERER)
    receipts = signing.dumps([ask().pk], salt="youthvoice.receipts", compress=True)
    clients["opened"].cookies["yv_receipts"] = receipts

    for path in ("/me/bar/", f"/me/q/{question.pk}/"):
        found = {name for name, client in clients.items() if drawn(client, path)}
        assert found == {"person"}, path
        assert drawn(clients["person"], path) == nonces.person_name(person.pk)


def test_withheld_words_are_looked_at_each_time(house):
    person = PersonFactory.create()
    question, client = ask(by=person), Client()
    client.force_login(person)
    assert drawn(client, f"/me/q/{question.pk}/")

    actions.withhold_question(question=question, by=None, at=MONDAY)

    assert not drawn(client, f"/me/q/{question.pk}/")
