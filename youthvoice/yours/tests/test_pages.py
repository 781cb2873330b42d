"""The pages of one's own data: the password is asked for, and nobody gets at another's."""

import io
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from tests.factories import MONDAY, PASSWORD, PersonFactory, ask, member
from youthvoice.kit import clock
from youthvoice.kit.receipts import code_for
from youthvoice.people.devices.sessions import SessionStore, kept_as
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.policy import Viewer
from youthvoice.yours import actions, tasks
from youthvoice.yours.models import Export, Hold, Leaving
from youthvoice.yours.tests.conftest import signed_in

pytestmark = pytest.mark.django_db
DATA, LEAVE, BACK = "/accounts/data/", "/accounts/data/leave/", "/accounts/data/back/"
LOGIN = {"login": "xiaomai", "password": PASSWORD}


def test_an_export_is_asked_for_made_and_taken(client, youth, house):
    ask(by=youth, title="我的标题在这里")
    EmailAddress.objects.create(user=youth, email=youth.email, verified=True)
    client.post(DATA)

    page = client.get(DATA)
    [letter] = mail.outbox
    assert (letter.to, "http://testserver/accounts/data/" in letter.body) == ([youth.email], True)
    assert "小麦" not in letter.body
    export = Export.objects.get()
    assert f'action="/accounts/data/{export.pk}/"' in page.content.decode()
    taken = client.post(f"/accounts/data/{export.pk}/")

    assert taken["Content-Disposition"] == 'attachment; filename="youthvoice-mine.zip"'
    assert "no-store" in taken["Cache-Control"]
    packet = zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content)))
    assert "我的标题在这里" in packet.read("全部.json").decode()
    again = client.post(f"/accounts/data/{export.pk}/", follow=True)
    assert "已经取走过了" in again.content.decode()


def test_no_letter_goes_to_an_address_that_may_be_a_strangers(client, youth, house):
    EmailAddress.objects.create(user=youth, email=youth.email, verified=False)

    client.post(DATA)

    assert mail.outbox == []


def test_a_packet_is_no_business_of_others(client, youth, house):
    client.post(DATA)
    export = Export.objects.get()

    assert signed_in(PersonFactory()).post(f"/accounts/data/{export.pk}/").status_code == 404
    assert Client().post(f"/accounts/data/{export.pk}/").status_code == 302
    export.refresh_from_db()
    assert export.state == "ready"


@pytest.mark.parametrize("state", ["waiting", "failed", "taken", "ready"])
def test_the_page_says_how_far_it_is(client, youth, state):
    export = actions.ask_export(person=youth, at=clock.now())
    Export.objects.update(state=state)
    words = {
        "waiting": "开始准备",
        "failed": "没做成",
        "taken": "已经取走",
        "ready": "准备好了",
    }

    page = client.get(DATA).content.decode()

    assert words[state] in page
    assert (f"/accounts/data/{export.pk}/" in page) == (state == "ready")


def test_exports_are_not_without_end(client, youth):
    answers = [client.post(DATA).status_code for _time in range(6)]

    assert answers == [302] * 5 + [429]


@pytest.mark.parametrize(
    ("path", "ago", "again", "status"),
    [
        (DATA, 0, True, 200),
        (DATA, 0, False, 200),
        (DATA, 16 * 60, True, 302),
        (LEAVE, 0, True, 200),
        (LEAVE, 0, False, 302),
        (LEAVE, 16 * 60, True, 302),
    ],
)
def test_the_password_is_asked_for_again(youth, path, ago, again, status):
    client = signed_in(youth, ago=ago, again=again)

    response = client.get(path)

    assert response.status_code == status
    if status == 302:
        where = response["Location"]
        assert where.startswith("/accounts/reauthenticate/?next=%2Faccounts%2Fdata%2F")
        assert client.post(where, {"password": "wrong"}).status_code == 200
        assert client.post(where, {"password": PASSWORD})["Location"] == path
        assert client.get(path).status_code == 200


def test_what_was_sent_waits_in_no_session(youth):
    """allauth would keep the form with all cookies, the receipts' among them."""
    client = signed_in(youth, ago=16 * 60)
    client.cookies["yv_receipts"] = "a-receipts-cookie"

    assert client.post(LEAVE, {"answers_too": "on"}).status_code == 302

    kept = [str(SessionStore().decode(session.session_data)) for session in Session.objects.all()]
    assert [text for text in kept if "a-receipts-cookie" in text] == []


def test_without_a_password_one_signs_in_once_more(youth):
    youth.set_unusable_password()
    youth.save()
    assert signed_in(youth, again=False).get(LEAVE).status_code == 200
    one_tap = Client()
    one_tap.force_login(youth, backend="django.contrib.auth.backends.ModelBackend")
    assert one_tap.get(DATA).status_code == 200

    response = signed_in(youth, ago=16 * 60).get(DATA, follow=True)

    assert response.redirect_chain == [("/accounts/profile/", 302)]
    assert "再登录一次" in response.content.decode()


def test_leaving_and_staying_after_all(youth, house):
    client, elsewhere = signed_in(youth), signed_in(youth)
    ended = kept_as(elsewhere.cookies["sessionid"].value)
    assert Session.objects.filter(pk=ended).exists()
    EmailAddress.objects.create(user=youth, email=youth.email, verified=True)
    assert client.get(LEAVE).status_code == 200

    left = client.post(LEAVE, {"answers_too": "on"})

    assert "账号关上了" in left.content.decode()
    assert left.cookies["yv_receipts"].value == ""
    assert len(mail.outbox) == 1
    assert Leaving.objects.get().answers_too
    assert elsewhere.get("/mine/").status_code == 302
    assert not Session.objects.filter(pk=ended).exists()
    visitor = Client()
    assert visitor.get(BACK)["Location"] == "/accounts/inactive/"
    wrong = visitor.post("/accounts/login/", LOGIN | {"password": "wrong-one"})
    assert (wrong.status_code, visitor.get(BACK).status_code) == (200, 302)
    assert visitor.post("/accounts/login/", LOGIN)["Location"] == BACK
    assert "我不注销了" in visitor.get(BACK).content.decode()
    assert visitor.get("/mine/").status_code == 302

    stays = visitor.post(BACK, follow=True)

    assert "账号还是你的" in stays.content.decode()
    assert not Leaving.objects.exists()
    assert visitor.post("/accounts/login/", LOGIN)["Location"] == "/"
    assert visitor.get("/mine/").status_code == 200


def test_the_worker_comes_late_to_who_leaves_and_thinks_again(youth, house):
    """What it does once somebody has left must not end what they have begun since."""
    elsewhere = signed_in(youth)
    actions.leave(person=youth, answers_too=False, at=clock.now())
    visitor = Client()
    visitor.post("/accounts/login/", LOGIN)

    tasks.shut.func(youth.pk, "https://house.test/")

    assert "账号还是你的" in visitor.post(BACK, follow=True).text
    visitor.post("/accounts/login/", LOGIN)
    tasks.shut.func(youth.pk, "https://house.test/")
    assert visitor.get("/mine/").status_code == 200
    # What was open before they left stays shut, though the account is open again.
    assert elsewhere.get("/mine/").status_code == 302


def test_sessions_of_before_stay_shut_without_the_worker_too(youth, house):
    elsewhere = signed_in(youth)
    actions.leave(person=youth, answers_too=False, at=clock.now())
    actions.stay(person=youth, at=clock.now())

    assert elsewhere.get("/mine/").status_code == 302


def test_a_session_that_has_shown_the_password_forgets_it(youth, house):
    actions.leave(person=youth, answers_too=False, at=clock.now())
    visitor = Client()
    visitor.post("/accounts/login/", LOGIN)
    session = visitor.session
    session["shut_account"] = {"account": youth.pk, "at": clock.now().timestamp() - 16 * 60}
    session.save()

    assert visitor.get(BACK)["Location"] == "/accounts/inactive/"
    assert visitor.post(BACK)["Location"] == "/accounts/inactive/"


def test_it_can_be_too_late(youth, house):
    actions.leave(person=youth, answers_too=False, at=clock.now())
    Leaving.objects.update(state="erasing")
    visitor = Client()
    visitor.post("/accounts/login/", LOGIN)

    assert "已经来不及了" in visitor.get(BACK).content.decode()
    assert "来不及" in visitor.post(BACK, follow=True).content.decode()
    assert not User.objects.get(pk=youth.pk).is_active


def test_an_account_that_operators_closed_stays_closed(youth):
    User.objects.update(is_active=False)
    visitor = Client()

    visitor.post("/accounts/login/", LOGIN)

    assert visitor.post(BACK)["Location"] == "/accounts/inactive/"


def test_staff_are_told_to_hand_over_first(house):
    staff = signed_in(member(house.city))

    assert "还在组织里任职" in staff.get(LEAVE).content.decode()
    refused = staff.post(LEAVE)

    assert (refused.status_code, Leaving.objects.count()) == (422, 0)
    assert "还在组织里任职" in refused.content.decode()


def test_a_hold_is_told_to_the_person(youth):
    Hold.objects.create(person=youth, law="刑事诉讼法第五十四条", reason="配合某案的调查")
    actions.leave(person=youth, answers_too=False, at=clock.now())
    User.objects.update(is_active=True)
    client = signed_in(User.objects.get(pk=youth.pk))

    for path in (DATA, LEAVE):
        page = client.get(path).content.decode()
        assert "刑事诉讼法第五十四条" in page
        assert "配合某案的调查" in page


# --- By the receipt ----------------------------------------------------------------------


@pytest.fixture
def nameless(house):
    key = "9" * 32
    question = ask(title="匿名的标题", key=key)
    client = Client()
    client.post("/receipt/", {"code": code_for(key)})
    return question, client


def test_by_receipt_one_takes_the_question_along(nameless):
    question, client = nameless
    path = f"/q/{question.pk}/own/"
    assert f'href="{path}"' in client.get(f"/me/q/{question.pk}/").content.decode()
    assert client.get(path).status_code == 200

    taken = client.post(path, {"act": "export"})

    packet = zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content)))
    assert "匿名的标题" in packet.read("全部.json").decode()


def test_by_receipt_one_erases_the_question(nameless):
    question, client = nameless

    response = client.post(f"/q/{question.pk}/own/", {"act": "erase"}, follow=True)

    assert "抹去了" in response.content.decode()
    question.refresh_from_db()
    assert question.title == ""
    page = client.get(f"/q/{question.pk}/")
    assert page.status_code == 410
    assert "已注销用户" not in page.content.decode()


def test_without_the_receipt_there_is_no_such_page(nameless, house, youth):
    question, _client = nameless
    named = ask(by=youth)

    assert Client().get(f"/q/{question.pk}/own/").status_code == 404
    assert signed_in(youth).post(f"/q/{question.pk}/own/", {"act": "erase"}).status_code == 404
    assert signed_in(youth).get(f"/q/{named.pk}/own/").status_code == 404
    question.refresh_from_db()
    assert question.title


# --- What others see ---------------------------------------------------------------------


def test_a_stone_tells_that_its_asker_has_left(youth, house):
    mine = ask(by=youth)
    other = ask(by=PersonFactory())
    said = questions.comment(question=other, answer=None, text="我说", by=Viewer(youth), at=MONDAY)
    given = questions.answer_question(
        question=other, text="我答", by=Viewer(youth), organisation=None, at=MONDAY
    )
    actions.leave(person=youth, answers_too=True, at=MONDAY)
    actions.erase_due(at=MONDAY + timedelta(days=7))

    assert "已注销用户的内容" in Client().get(f"/q/{mine.pk}/").content.decode()
    page = Client().get(f"/q/{other.pk}/").content.decode()
    assert page.count("已注销用户的内容") == 2
    assert (said.pk, given.pk) != (None, None)


def test_hidden_words_of_somebody_who_left_cannot_be_shown_again(youth, house):
    question = ask(by=youth)
    operator = member(house.province)
    questions.hide(words=question, reason=HideReason.SPAM, by=operator, at=MONDAY)
    actions.leave(person=youth, answers_too=False, at=MONDAY)
    actions.erase_due(at=MONDAY + timedelta(days=7))

    assert not questions.show_again(words=question, by=operator, at=MONDAY)
    assert "按规则隐藏" in Client().get(f"/q/{question.pk}/").content.decode()


def test_a_page_asks_no_oftener_for_more_rows(client, youth, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        with CaptureQueriesContext(connection) as found:
            assert client.get(DATA).status_code == 200
        return len(found)

    def make():
        Export.objects.create(
            person=youth, name=f"{Export.objects.count():032x}", asked_at=MONDAY, ends_at=MONDAY
        )
        Hold.objects.create(person=youth, law="法", reason="因")

    make()
    one = count()
    make()
    make()
    assert count() == one <= 9
