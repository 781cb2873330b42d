"""Personal data is never published by accident: one warning, then hidden or meant."""

import secrets

import pytest

from tests.factories import PersonFactory, answer, ask, member
from youthvoice.questions.models import Answer, Comment, Question

pytestmark = pytest.mark.django_db
_WARNING = "里面好像有手机号。发出去谁都能看到，建议先遮住。"


def send(client, **changes):
    form = {
        "kind": "help",
        "field": "work",
        "title": "工资拖了两个月",
        "text": "老板电话 138 0000 1234，打了不接。",
        "name_choice": "nameless",
        "key": secrets.token_hex(16),
    }
    return client.post("/ask/", form | changes)


def test_the_first_sending_warns_and_stores_nothing(house, client):
    response = send(client)

    assert response.status_code == 422
    page = response.content.decode()
    assert _WARNING in page
    assert 'name="personal" value="mask"' in page
    assert "138 0000 1234" in page  # what was written is not lost
    assert not Question.objects.exists()


def test_one_tap_hides_it_and_sends(house, client):
    send(client, personal="mask", title="找13800001234这个人")

    question = Question.objects.get()
    assert question.title == "找138********这个人"
    assert question.text == "老板电话 138 **** ****，打了不接。"


def test_who_means_it_may_send_it(house, client):
    send(client, personal="keep")

    assert Question.objects.get().text == "老板电话 138 0000 1234，打了不接。"


def test_a_page_without_personal_data_asks_nothing(house, client):
    page = client.get("/ask/").content.decode()

    assert 'value="mask"' not in page
    assert send(client, text="打过 12333，也打过 0371-65900000。").status_code == 200


def test_peers_are_warned_and_an_office_may_give_its_number(house, client):
    question = ask()
    peer, staff = PersonFactory(), member(house.city)
    words = {"text": "找我，13800001234"}

    client.force_login(peer)
    warned = client.post(f"/q/{question.pk}/answer/", words)
    commented = client.post(f"/q/{question.pk}/comment/", words)
    client.force_login(staff)
    client.post(f"/q/{question.pk}/answer/", words | {"sign_as": str(house.city.pk)})

    assert [warned.status_code, commented.status_code] == [422, 422]
    assert not Comment.objects.exists()
    assert [a.text for a in Answer.objects.all()] == ["找我，13800001234"]


def test_an_edit_is_warned_of_like_the_first_writing(house, client):
    asker, peer, staff = PersonFactory(), PersonFactory(), member(house.city)
    question = ask(by=asker)
    own = answer(question, by=peer, text="先看合同。")
    official = answer(question, by=staff, organisation=house.city, text="请来窗口。")
    words = {"title": "工资的事", "text": "找我，13800001234"}

    client.force_login(asker)
    asked = client.post(f"/q/{question.pk}/edit/", words)
    client.force_login(peer)
    answered = client.post(f"/a/{own.pk}/edit/", words)
    hidden = client.post(f"/a/{own.pk}/edit/", words | {"personal": "mask"})
    client.force_login(staff)
    office = client.post(f"/a/{official.pk}/edit/", words)

    statuses = [response.status_code for response in (asked, answered, hidden, office)]
    assert statuses == [422, 422, 302, 302]
    assert 'name="personal" value="mask"' in asked.content.decode()
    texts = dict(Answer.objects.values_list("pk", "text"))
    assert texts == {own.pk: "找我，138********", official.pk: "找我，13800001234"}
