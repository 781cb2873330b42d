"""Out of public view: in no list, no number and no page but for those who help."""

from datetime import timedelta

import pytest
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories import MONDAY, NOBODY, PersonFactory, answer, ask, asker_of, member
from youthvoice.kit.receipts import code_for
from youthvoice.orgs.choices import Role
from youthvoice.pictures.queries import path_of
from youthvoice.questions import actions, queries, viewers
from youthvoice.questions.models import Picture, Question
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import entries_since, numbers, seq
from youthvoice.site.beside import public_answers

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=5)
TITLE = "这是暂不公开的一问"


def withheld(by=None, **given):
    question = ask(by=by, title=TITLE, **given)
    assert actions.withhold_question(question=question, by=None, at=LATER)
    return question


def knows(user, question, opened=()):
    return Question.objects.visible_to(user, opened).filter(pk=question.pk).exists()


def test_who_knows_of_it(house):
    asker = PersonFactory()
    question = withheld(by=asker)
    holder = question.case.holder

    assert knows(asker, question)
    assert knows(member(holder, Role.LEAD), question)
    assert knows(member(house.province, Role.OPERATOR), question)
    assert knows(NOBODY, question, {question.pk})

    assert not knows(NOBODY, question)
    assert not knows(PersonFactory(), question)
    assert not knows(member(holder), question)
    assert not knows(member(holder, Role.DUTY), question)
    assert not knows(member(house.line, Role.LEAD), question)
    gone = member(holder, Role.LEAD)
    gone.is_active = False
    assert not knows(gone, question)


def test_it_is_in_no_list_and_no_number(client, house):
    before = numbers()
    asker, follower = PersonFactory(), PersonFactory()
    question = ask(by=asker, title=TITLE)
    other = ask(title="留在外面的提问")
    reply = answer(question, by=member(house.city), organisation=house.city)
    actions.follow(question=question, by=Viewer(follower), at=LATER)
    actions.withhold_question(question=question, by=None, at=LATER)

    for path in ("/", "/?show=new", "/?show=hot", "/?show=waiting", f"/orgs/{house.city.slug}/"):
        assert TITLE not in client.get(path).content.decode(), path
    assert client.get(f"/q/{question.pk}/").status_code == 404
    assert TITLE not in client.get(f"/q/{other.pk}/").content.decode()
    assert queries.followed_by(follower, after="").items == []
    assert list(public_answers(house.city)) == []
    assert queries.median_first_answer_seconds(at=LATER, kept=None) is None
    assert reply.pk
    actions.delete_question(question=other, by=asker_of(other), at=LATER)
    after = numbers()
    assert after.get("questions", 0) == before.get("questions", 0)


def test_a_nameless_one_is_not_counted_either_until_it_is_released(house):
    question = withheld()
    assert numbers() == {}

    actions.release_question(question=question, by=member(house.city), at=LATER)

    assert numbers() == {"questions": 1, "nameless": 1}


def test_its_asker_finds_it_and_can_act(client, house):
    asker = PersonFactory()
    question = withheld(by=asker)
    client.force_login(asker)

    assert TITLE in client.get("/mine/").content.decode()
    assert question.get_absolute_url() == f"/q/{question.pk}/private/"
    page = client.get(question.get_absolute_url())
    assert TITLE in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert client.post(f"/q/{question.pk}/comment/", {"text": "我补充一句。"}).status_code == 302
    assert client.post(f"/q/{question.pk}/delete/").status_code == 302
    numbers()


def test_a_receipt_opens_it(client, house):
    question = withheld(key="9" * 32)
    response = client.post("/receipt/", {"code": code_for("9" * 32)})

    assert response["Location"] == f"/q/{question.pk}/private/"
    assert TITLE in client.get(response["Location"]).content.decode()
    assert viewers.COOKIE in client.cookies


def test_its_page_says_no_more_than_that_of_a_question_that_never_was(client, house):
    question = withheld()

    there = client.get(f"/q/{question.pk}/")
    nowhere = client.get(f"/q/{question.pk + 1000}/")

    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    # Django writes the second of the answer there.
    assert there.headers.pop("Expires")
    assert nowhere.headers.pop("Expires")
    assert dict(there.headers) == dict(nowhere.headers)


def test_once_released_the_private_page_leads_to_the_public_one(client, house):
    question = withheld()
    actions.release_question(question=question, by=member(house.city), at=LATER)

    assert client.get(f"/q/{question.pk}/private/")["Location"] == f"/q/{question.pk}/"
    assert TITLE in client.get("/?show=new").content.decode()


def test_who_answered_it_does_not_find_it_in_their_list_any_more(client, house):
    peer, question = PersonFactory(), ask(title="后来不公开的标题")
    answer(question, by=peer)
    client.force_login(peer)
    assert "后来不公开的标题" in client.get("/mine/?tab=answered").content.decode()

    actions.withhold_question(question=question, by=None, at=MONDAY)

    assert "后来不公开的标题" not in client.get("/mine/?tab=answered").content.decode()


def test_its_pictures_are_shown_to_those_who_may_know_of_it(client, house, store):
    question = withheld(by=(asker := PersonFactory()))
    sizes = dict.fromkeys(("width", "height", "thumb_width", "thumb_height"), 9)
    picture = Picture.objects.create(question=question, position=0, name="ab" * 16, **sizes)
    default_storage.save(path_of(f"{picture.name}.jpg"), ContentFile(b"a picture"))
    public, private = f"/media/pictures/{picture.name}.jpg", f"/media/private/{picture.name}.jpg"
    assert question.pictures.get().url == private

    assert [client.get(p).status_code for p in (public, private)] == [404, 404]
    client.force_login(asker)
    assert client.get(public).status_code == 404
    seen = client.get(private)
    assert b"".join(seen.streaming_content) == b"a picture"
    assert "no-store" in seen["Cache-Control"]


def test_twice_is_once_and_the_journal_tells_both(house):
    question, by = ask(), member(house.city)
    before = seq()

    assert actions.withhold_question(question=question, by=None, at=LATER)
    assert not actions.withhold_question(question=question, by=None, at=LATER)
    assert actions.release_question(question=question, by=by, at=LATER)
    assert not actions.release_question(question=question, by=by, at=LATER)

    subject = f"questions.question:{question.pk}"
    assert entries_since(before) == [
        ("question.withheld", subject, None, {}),
        ("question.released", subject, by.pk, {}),
    ]


@pytest.mark.parametrize("opened", [[2**63], [-1], [10**40], ["1"], {"1": 1}], ids=range(5))
def test_numbers_that_no_question_has_open_nothing(client, house, opened):
    question = withheld()
    client.cookies[viewers.COOKIE] = signing.dumps(opened, salt="youthvoice.receipts")

    assert client.get(f"/q/{question.pk}/private/").status_code == 404
    assert client.post(f"/q/{question.pk}/comment/", {"text": "一句"}).status_code == 404
