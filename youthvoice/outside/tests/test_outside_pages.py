"""The pages of a letter's link, and the holder's page that makes it."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, ask, asker_of, member
from youthvoice.cases import actions as cases
from youthvoice.cases.choices import HopState
from youthvoice.cases.models import Hop
from youthvoice.cases.tests.working import refer
from youthvoice.journal.models import Entry
from youthvoice.kit import clock
from youthvoice.outside.actions import Tried
from youthvoice.outside.models import OutsideCode
from youthvoice.outside.queries import TRIES_MOST
from youthvoice.outside.tests.by_letter import WRONG, fresh, issue, use
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Answer
from youthvoice.site import namelessness

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """Stops the house's clock at MONDAY, or sets it to another moment."""

    def set_time(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_time(MONDAY)
    return set_time


@pytest.fixture
def bureau(house):
    return OrganisationFactory(
        slug="rsj", kind="expert", name="郑州市人社局", short_name="市人社局", region_id="410100"
    )


@pytest.fixture
def question(house):
    return ask(title="工资拖了两个月", text="老板说下个月给。")


@pytest.fixture
def hop(question, bureau):
    return refer(question, bureau, at=MONDAY, reason="请按职责处理欠薪。")[0]


@pytest.fixture
def issued(hop):
    return issue(hop)


@pytest.fixture
def opened(client, at, issued):
    """The link's path, in a browser that has given the code."""
    token, code = issued
    assert client.post(f"/out/{token}/", {"code": code}).status_code == 302
    return f"/out/{token}/"


def text_of(response):
    return response.content.decode()


# --- The link ----------------------------------------------------------------------------


def test_before_the_code_nothing_is_told(client, at, issued):
    page = client.get(f"/out/{issued[0]}/")

    assert page.status_code == 200
    for word in ("工资", "老板", "市人社局", "团郑州市委", "欠薪"):
        assert word not in text_of(page)
    assert "青年之声" in text_of(page)
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert Session.objects.count() == 0


def test_a_wrong_link_and_an_ended_one_look_alike(
    client, at, hop, issued, django_assert_num_queries
):
    token, _code = issued
    OutsideCode.objects.update(tries=TRIES_MOST)
    for method in (client.get, lambda path: client.post(path, {"code": WRONG})):
        ended, wrong = method(f"/out/{token}/"), method("/out/nothing/")
        assert ended.status_code == wrong.status_code == 404
        assert text_of(ended) == text_of(wrong)
    for path in (f"/out/{token}/", "/out/nothing/"):
        with django_assert_num_queries(1):
            client.get(path)


@pytest.mark.parametrize("said", ["校验码：%s，只能用一次。", "\u200b%s\u202c", "【%s】", "%s\r\n"])
def test_a_code_opens_with_whatever_it_was_pasted(client, at, issued, said):
    token, code = issued

    assert client.post(f"/out/{token}/", {"code": said % code}).status_code == 302


def test_what_can_be_no_code_costs_no_try(client, at, issued):
    for typed in ("1234", "12345678 或 87654321", "见信"):
        assert client.post(f"/out/{issued[0]}/", {"code": typed}).status_code == 422
    assert OutsideCode.objects.get().tries == 0


def test_the_fifth_wrong_code_shows_what_any_ended_link_shows(client, at, issued):
    path = f"/out/{issued[0]}/"

    statuses = [client.post(path, {"code": WRONG}).status_code for _n in range(TRIES_MOST)]

    assert statuses == [422] * (TRIES_MOST - 1) + [404]
    assert client.post(path, {"code": issued[1]}).status_code == 404


def test_tries_are_counted_by_network(client, at, issued):
    for _n in range(30):
        client.post("/out/nothing/", {"code": WRONG})

    refused = client.post(f"/out/{issued[0]}/", {"code": issued[1]})

    assert refused.status_code == 429
    assert "试了太多次校验码" in text_of(refused)
    assert OutsideCode.objects.get().tries == 0


def test_with_the_code_it_sees_the_question_and_what_is_asked(client, opened):
    page = text_of(client.get(opened))

    for word in ("工资拖了两个月", "老板说下个月给。", "请按职责处理欠薪。", "郑州市人社局", "前"):
        assert word in page


def test_another_browser_sees_nothing(client, opened):
    other = Client()

    assert other.get(opened).status_code == 404
    for act in ("sign", "reply", "return"):
        assert other.post(f"{opened}{act}/", {"text": "好", "reason": "好"}).status_code == 302
    assert Hop.objects.get().state == HopState.OPEN


def test_it_lasts_twelve_hours(client, at, opened):
    at(MONDAY + timedelta(hours=12) - timedelta(seconds=1))
    assert client.get(opened).status_code == 200

    at(MONDAY + timedelta(hours=12))
    assert client.get(opened).status_code == 404


def test_it_ends_when_a_new_code_is_given_out(client, opened, hop):
    issue(hop)

    assert client.get(opened).status_code == 404
    client.post(f"{opened}sign/")
    assert Hop.objects.get().state == HopState.OPEN


def test_one_letter_opens_no_other(client, opened, house):
    other = refer(ask(title="别的事情怎么办"), OrganisationFactory(kind="expert"), at=MONDAY)[0]
    token, _code = issue(other)

    assert "别的事情" not in text_of(client.get(f"/out/{token}/"))
    client.post(f"/out/{token}/sign/")
    other.refresh_from_db()
    assert other.state == HopState.OPEN


def test_it_signs_replies_and_reads_what_came_of_it(client, opened, question, bureau):
    assert client.post(f"{opened}sign/").status_code == 302
    assert 'action="' + opened + "sign/" not in text_of(client.get(opened))

    assert client.post(f"{opened}reply/", {"text": "已责令补发。"}).status_code == 302

    page = text_of(client.get(opened))
    assert "已经回复了。" in page
    assert "已责令补发。" in text_of(client.get(f"/q/{question.pk}/"))
    assert Answer.objects.get().organisation == bureau


def test_it_gives_back_by_the_page(client, opened, question):
    assert client.post(f"{opened}return/", {"reason": "归街道办。"}).status_code == 302

    assert "已经退回了。" in text_of(client.get(opened))
    assert Hop.objects.get().return_reason == "归街道办。"


def test_an_empty_reply_is_shown_with_what_lacks(client, opened):
    for act, sentence in (("reply", "请写回复。"), ("return", "请写为什么退回。")):
        page = client.post(f"{opened}{act}/", {})
        assert page.status_code == 422
        assert sentence in text_of(page)
    assert Hop.objects.get().state == HopState.OPEN


def test_what_was_written_stays_when_somebody_was_first(client, opened, hop, house):
    cases.withdraw(hop=fresh(hop), by=member(house.city), at=MONDAY)

    page = client.post(f"{opened}reply/", {"text": "已责令补发。"})

    assert page.status_code == 422
    assert "刚刚" in text_of(page)
    assert Answer.objects.count() == 0


def test_while_it_is_not_public_the_page_tells_nothing(client, opened, question):
    questions.withhold_question(question=question, by=None, at=MONDAY)

    page = text_of(client.get(opened))

    assert "现在不公开，先不用办" in page
    assert "工资" not in page
    assert "老板" not in page


def test_its_forms_need_their_tokens(at, issued):
    strict = Client(enforce_csrf_checks=True)
    token, code = issued

    for path in ("", "sign/", "reply/", "return/"):
        assert strict.post(f"/out/{token}/{path}", {"code": code}).status_code == 403


def test_who_is_signed_in_there_is_asked_for_no_consent_and_named_nowhere(client, at, issued):
    person = PersonFactory(consents=False)
    client.force_login(person)
    token, code = issued
    client.post(f"/out/{token}/", {"code": code})

    assert client.post(f"/out/{token}/reply/", {"text": "已责令补发。"}).status_code == 302

    assert Answer.objects.get().author is None
    assert not Entry.objects.filter(actor=person.pk).exists()


def test_the_session_before_the_code_is_not_the_one_after(client, at, issued):
    session = client.session
    session["works"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key

    client.post(f"/out/{issued[0]}/", {"code": issued[1]})

    assert client.cookies["sessionid"].value != session.session_key


def test_the_scan_for_names_finds_nothing(client, opened):
    client.post(f"{opened}sign/")
    client.post(f"{opened}reply/", {"text": "已责令补发。"})

    assert namelessness.audit([]).links == []


# --- The holder's page -------------------------------------------------------------------------


@pytest.fixture
def office(client, at, house):
    client.force_login(member(house.city))
    return client


def test_the_holder_is_shown_link_and_code_once(office, hop):
    path = f"/cases/hops/{hop.pk}/letter/"
    assert "做一封信" in text_of(office.get(path))

    page = text_of(office.post(path))

    link = re.search(r"http://testserver/out/([-\w]+)/", page)
    code = re.search(r"[0-9]{4} [0-9]{4}", page)
    assert use(link[1], code[0]) == Tried.RIGHT
    assert link[1] not in text_of(office.get(path))
    assert "打开了" in text_of(office.get(path))


def test_others_get_no_letter(client, at, house, hop):
    for path in (f"/cases/hops/{hop.pk}/letter/", f"/cases/hops/{hop.pk}/letter.pdf"):
        assert client.post(path).status_code == 302
    client.force_login(member(house.county))
    for path in (f"/cases/hops/{hop.pk}/letter/", f"/cases/hops/{hop.pk}/letter.pdf"):
        assert client.post(path).status_code == 403
        assert client.post(path.replace(str(hop.pk), "999999")).status_code == 404
    assert OutsideCode.objects.count() == 0


def test_there_is_no_letter_about_what_is_not_public(office, hop, question):
    questions.delete_question(question=question, by=asker_of(question), at=MONDAY)

    assert office.get(f"/cases/hops/{hop.pk}/letter/").status_code == 404
    assert office.post(f"/cases/hops/{hop.pk}/letter.pdf").status_code == 404


def test_where_they_sign_in_themselves_it_says_so(office, hop, bureau):
    member(bureau)

    assert "登录就能办" in text_of(office.get(f"/cases/hops/{hop.pk}/letter/"))
    for path in (f"/cases/hops/{hop.pk}/letter/", f"/cases/hops/{hop.pk}/letter.pdf"):
        refused = office.post(path)
        assert refused.status_code == 422
        assert "没有人注册" in text_of(refused)
