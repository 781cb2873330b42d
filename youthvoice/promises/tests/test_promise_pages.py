"""The pages of promises and of asking back, with and without scripts."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.callbacks import actions as callbacks
from youthvoice.callbacks.models import Callback
from youthvoice.callbacks.tests.test_calling_back import token_of, with_address
from youthvoice.cases.choices import State
from youthvoice.cases.tests.working import DAY, HOUR, case_of
from youthvoice.kit import clock
from youthvoice.people.models import Consent
from youthvoice.promises import actions
from youthvoice.promises.choices import PromiseState
from youthvoice.promises.models import Promise

pytestmark = pytest.mark.django_db
AT = MONDAY + HOUR
KEY = "3" * 32


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """Stops the house's clock an hour after MONDAY, or sets it to another moment."""

    def set_time(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_time(AT)
    return set_time


@pytest.fixture
def asker(house):
    return PersonFactory()


@pytest.fixture
def staff(house):
    return member(house.city)


@pytest.fixture
def question(asker):
    return ask(by=asker)


@pytest.fixture
def reply(house, question, staff):
    return answer(question, by=staff, organisation=house.city, at=AT)


@pytest.fixture
def promise(reply, staff):
    due_on = clock.now().date().replace(day=9)
    return actions.promise(answer=reply, text="答复退款结果", due_on=due_on, by=staff, at=AT)


def page(client, path):
    return client.get(path).content.decode()


def test_a_member_promises_on_a_page_of_its_own(client, reply, staff):
    client.force_login(staff)
    path = reverse("promises:promise", args=[reply.pk])
    assert path in page(client, f"/me/q/{reply.question_id}/")

    response = client.post(path, {"text": "答复退款结果", "due_on": "2026-03-09"})

    assert response["Location"] == reply.get_absolute_url()
    client.logout()
    shown = page(client, f"/q/{reply.question_id}/")
    assert "承诺：2026年3月9日前，答复退款结果" in shown
    assert "还有 7 天" in shown


@pytest.mark.parametrize(
    ("text", "due_on", "words"),
    [
        ("", "2026-03-09", "请写会做到什么"),
        ("答复退款结果", "", "请选一天"),
        ("答复退款结果", "9 March", "这不是一个日期"),
        ("答复退款结果", "2026-03-02", "从明天起"),
        ("答复退款结果", "9999-12-31", "从明天起"),
        ("字" * 201, "2026-03-09", "200"),
        ("答复\x00结果", "2026-03-09", ""),
    ],
)
def test_what_cant_be_promised_is_told(client, reply, staff, text, due_on, words):
    client.force_login(staff)

    response = client.post(f"/answers/{reply.pk}/promise/", {"text": text, "due_on": due_on})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Promise.objects.count() == 0


def test_others_cant_and_a_second_one_isnt_offered(client, house, reply, staff, promise):
    path = f"/answers/{reply.pk}/promise/"
    client.force_login(member(house.county))
    assert client.get(path).status_code == 403
    client.force_login(staff)
    assert client.get(path)["Location"] == f"/q/{reply.question_id}/act/"
    assert path not in page(client, f"/me/q/{reply.question_id}/")


def test_the_asker_says_kept_without_scripts_and_with(client, question, asker, promise):
    client.force_login(asker)
    path = f"/promises/{promise.pk}/decide/"
    for where in (f"/me/q/{question.pk}/", f"/q/{question.pk}/act/"):
        assert path in page(client, where)

    response = client.post(path, {"kept": "yes"})

    assert response["Location"] == f"/q/{question.pk}/act/"
    promise.refresh_from_db()
    assert promise.state == PromiseState.KEPT
    assert "已兑现" in page(client, f"/q/{question.pk}/act/")
    again = client.post(path, {"kept": "no"}, headers={"HX-Request": "true"}, follow=True)
    assert "已经说过" in again.content.decode()


def test_by_receipt_it_is_decided_without_consent_or_account(client, house, staff):
    question = ask(key=KEY)
    made = answer(question, by=staff, organisation=house.city, at=AT)
    due_on = AT.date().replace(day=9)
    promise = actions.promise(answer=made, text="答复退款结果", due_on=due_on, by=staff, at=AT)
    open_receipt(client)
    person = PersonFactory(consents=False)
    client.force_login(person)

    client.post(f"/promises/{promise.pk}/decide/", {"kept": "no"})

    assert case_of(question).state == State.REOPENED
    assert Consent.objects.filter(person=person).count() == 0


def open_receipt(client):
    from youthvoice.kit.receipts import code_for

    client.post("/receipt/", {"code": code_for(KEY)})


def test_others_decide_nothing(client, promise):
    client.force_login(PersonFactory())

    client.post(f"/promises/{promise.pk}/decide/", {"kept": "no"})
    assert client.post("/promises/999/decide/", {"kept": "no"}).status_code == 404
    assert client.post(f"/promises/{promise.pk}/decide/", {"kept": "?"}).status_code == 422

    promise.refresh_from_db()
    assert promise.state == PromiseState.OPEN


def test_the_public_list(client, at, promise):
    shown = page(client, "/promises/")
    assert ("答复退款结果" in shown, "还有 7 天" in shown) == (True, True)
    assert "答复退款结果" in page(client, "/promises/?body=tuan-410100")
    assert "答复退款结果" not in page(client, "/promises/?body=tuan-410122&show=open")
    at(MONDAY + 10 * DAY)
    assert "已过期 3 天" in page(client, "/promises/?show=overdue")
    assert "这里是空的" in page(client, "/promises/?show=open")
    assert client.get("/promises/?show=%FF&body=团&after=~").status_code in (200, 400)


def test_a_promise_stays_when_the_body_takes_its_words_back(client, reply, promise, staff):
    from youthvoice.questions import actions as questions
    from youthvoice.questions.policy import Viewer

    questions.delete_answer(answer=reply, by=Viewer(staff), at=AT)

    assert "答复退款结果" in page(client, f"/q/{reply.question_id}/")


# --- Asked back --------------------------------------------------------------------------


@pytest.fixture
def link(house, staff):
    question = ask(by=with_address())
    answer(question, by=staff, organisation=house.city, at=AT)
    callbacks.open_due(at=AT + DAY)
    callbacks.send_letters(at=AT + DAY)
    return f"/back/{token_of(mail.outbox[0])}/"


def test_the_link_needs_no_sign_in_and_one_tap_opens_it_again(client, at, link):
    at(AT + DAY)
    response = client.get(link)
    assert "解决了吗" in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]

    response = client.post(link, {"solved": "no"}, follow=True)

    row = Callback.objects.select_related("case").get(day=1)
    assert (row.solved, row.channel, row.case.state) == (False, "link", State.UNSOLVED)
    assert "没解决" in response.content.decode()
    client.post(link, {"satisfied": "2", "missing": "一个电话"})
    row.refresh_from_db()
    assert (row.satisfied, row.missing) == (2, "一个电话")


def test_nobody_looks_who_holds_the_link_is_signed_in_as(client, at, link):
    at(AT + DAY)
    client.force_login(PersonFactory(consents=False))

    assert client.post(link, {"solved": "yes"}).status_code == 302
    assert Callback.objects.get(day=1).solved is True


@pytest.mark.parametrize("sent", [{"satisfied": "9"}, {}, {"solved": "maybe"}, {"missing": " "}])
def test_what_says_nothing_is_told(client, at, link, sent):
    at(AT + DAY)

    assert client.post(link, sent).status_code == 422
    assert Callback.objects.get(day=1).answered_at is None


def test_links_that_lead_nowhere(client, house, at, link):
    assert client.get("/back/nothing/").status_code == 404
    at(AT + 70 * DAY)
    assert "已经过去" in page(client, link)
    assert client.post(link, {"solved": "yes"}).status_code == 422


def test_with_an_account_it_is_on_the_page_and_among_ones_own(client, at, question, asker, reply):
    callbacks.open_due(at=AT + DAY)
    at(AT + DAY)
    client.force_login(asker)
    path = f"/q/{question.pk}/back/"
    for where in (f"/me/q/{question.pk}/", f"/q/{question.pk}/act/", "/mine/"):
        assert path in page(client, where)

    client.post(path, {"solved": "yes"})

    assert Callback.objects.get(day=1).channel == "page"
    assert path not in page(client, "/mine/")


def test_a_nameless_one_is_asked_behind_the_receipt(client, at, house, staff):
    question = ask(key=KEY)
    answer(question, by=staff, organisation=house.city, at=AT)
    callbacks.open_due(at=AT + DAY)
    at(AT + DAY)
    path = f"/q/{question.pk}/back/"
    assert client.get(path).status_code == 404
    open_receipt(client)
    assert path in page(client, f"/me/q/{question.pk}/")

    client.post(path, {"solved": "no"})

    row = Callback.objects.get(day=1)
    assert (row.solved, row.channel) == (False, "receipt")


def test_what_is_missing_is_read_by_the_holders_members_only(client, at, link, staff, house):
    at(AT + DAY)
    client.post(link, {"missing": "缺一个电话"})
    question = Callback.objects.get(day=1).case.question_id
    client.force_login(staff)
    assert "缺一个电话" in page(client, f"/me/q/{question}/")
    for person in (member(house.county), PersonFactory()):
        client.force_login(person)
        assert "缺一个电话" not in page(client, f"/me/q/{question}/")
    client.logout()
    assert "缺一个电话" not in page(client, f"/q/{question}/")


def test_before_its_day_there_is_nothing_to_say(client, question, asker, reply):
    client.force_login(asker)

    assert client.get(f"/q/{question.pk}/back/")["Location"] == f"/q/{question.pk}/"
    assert client.get("/q/99999/back/").status_code == 404
