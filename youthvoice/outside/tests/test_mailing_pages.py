"""The holder's page of a letter by mail: what is offered, what became of it, and no address."""

import re

import pytest
from django.core import mail

from tests.factories import MONDAY, ask, asker_of, member
from youthvoice.cases import actions as cases
from youthvoice.cases.tests.working import DAY, HOUR, refer
from youthvoice.orgs.models import Organisation
from youthvoice.outside import actions
from youthvoice.outside.actions import Tried
from youthvoice.outside.choices import MailState
from youthvoice.outside.models import Mailing
from youthvoice.outside.queries import MAILS_SHOWN
from youthvoice.outside.tests.by_letter import fresh, use
from youthvoice.outside.tests.by_mail import BOX, NO_SERVER, library, link_of, order, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(house):
    return library(region_id="410100")


@pytest.fixture
def hop(house, body):
    return refer(ask(title="工资拖了两个月", text="电话 13812345678。"), body, at=MONDAY)[0]


@pytest.fixture
def office(client, at, house):
    client.force_login(member(house.city))
    return client


def path(hop, end=""):
    return f"/cases/hops/{hop.pk}/letter/{end}"


def text_of(response):
    return response.content.decode()


def test_it_is_ordered_by_a_button_and_told_how_far_it_is(office, hop):
    page = text_of(office.get(path(hop)))
    assert 'name="code_by"' in page
    assert re.search(r'value="phone"[^>]*checked', page)

    assert office.post(path(hop, "mail/"), {"code_by": "phone"}).status_code == 302
    page = text_of(office.get(path(hop)))
    assert "转办函：在寄" in page
    assert "code_by" not in page

    send()
    page = text_of(office.get(path(hop)))
    assert "转办函：寄出了" in page
    assert "请打电话告诉他们" in page
    assert "再寄一封" in page


def test_the_address_is_on_no_page_of_the_holders(office, hop):
    for sent in (None, {"code_by": "mail"}, {"code_by": "?"}):
        office.post(path(hop, "mail/"), sent)
        send()
        for page in (path(hop), f"/cases/{hop.lane.case.question_id}/"):
            assert BOX not in text_of(office.get(page))


def test_the_code_for_the_telephone_is_shown_once(office, at, hop):
    order(hop)
    send()
    at(MONDAY + HOUR)

    page = text_of(office.post(path(hop, "code/")))

    code = re.search(r"[0-9]{4} [0-9]{4}", page)[0]
    assert "只显示这一次" in page
    assert "/out/" not in page
    assert code not in text_of(office.get(path(hop)))
    assert use(link_of(mail.outbox[0]), code, when=MONDAY + HOUR) == Tried.RIGHT


def test_what_was_given_up_says_why_and_what_to_do(office, hop, settings):
    order(hop)
    settings.EMAIL_BACKEND = NO_SERVER
    send()
    assert "试了 1 次" in text_of(office.get(path(hop)))
    Mailing.objects.update(next_at=None)
    send()

    page = text_of(office.get(path(hop)))
    assert "转办函：没寄出去" in page
    assert "核对邮箱" in page
    # The link that never went isn't told as a letter that was made.
    assert "做过一封" not in page
    assert "letter/code/" not in page


def test_where_no_mail_goes_it_says_what_to_do(office, hop, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

    page = text_of(office.get(path(hop)))

    assert "EMAIL_URL" in page
    assert "code_by" not in page
    refused = office.post(path(hop, "mail/"), {"code_by": "phone"})
    assert refused.status_code == 422
    assert "寄不了" in text_of(refused)


def test_without_an_address_it_says_who_may_give_one(office, hop, body):
    Organisation.objects.filter(pk=body.pk).update(contact_email="")

    page = text_of(office.get(path(hop)))

    assert "平台管理员在后台给它填上" in page
    assert "code_by" not in page
    assert office.post(path(hop, "mail/"), {"code_by": "phone"}).status_code == 422


def test_a_way_that_there_isnt_is_refused_with_a_sentence(office, hop):
    for sent in ({}, {"code_by": ""}, {"code_by": "pigeon"}, {"code_by": "x" * 9999}):
        refused = office.post(path(hop, "mail/"), sent)
        assert refused.status_code == 422
        assert "请选校验码怎么给他们" in text_of(refused)
    assert not Mailing.objects.exists()


def test_who_comes_second_is_told(office, hop):
    order(hop)

    refused = office.post(path(hop, "mail/"), {"code_by": "phone"})

    assert refused.status_code == 409
    assert "已经有一封在寄" in text_of(refused)


def test_there_is_no_code_without_a_link_in_their_hands(office, hop):
    refused = office.post(path(hop, "code/"))

    assert refused.status_code == 422
    assert "没有还能用的链接" in text_of(refused)


def test_others_send_nothing(client, at, house, hop):
    for end in ("mail/", "code/"):
        assert client.post(path(hop, end)).status_code == 302
    client.force_login(member(house.county))
    for end in ("mail/", "code/"):
        assert client.post(path(hop, end), {"code_by": "phone"}).status_code == 403
        assert client.get(path(hop, end)).status_code == 405
    assert not Mailing.objects.exists()


def test_the_page_says_whether_numbers_are_shown(office, house, hop):
    assert "提问者没有说可以给别的单位看" in text_of(office.get(path(hop)))

    question = hop.lane.case.question
    actions.release_numbers(question=question, by=asker_of(question), is_grown=True, at=MONDAY)
    assert "照原样印" in text_of(office.get(path(hop)))

    plain = refer(ask(), library(slug="other"), at=MONDAY)[0]
    assert "遮住" not in text_of(office.get(path(plain)))


def test_the_latest_few_are_told_and_more_of_them_cost_no_more(
    office, hop, django_assert_num_queries, django_assert_max_num_queries
):
    def ended(n):
        for _n in range(n):
            Mailing.objects.create(hop=hop, state=MailState.SENT, made_at=MONDAY, ended_at=MONDAY)

    ended(1)
    office.get(path(hop))
    with django_assert_max_num_queries(30) as one:
        office.get(path(hop))
    ended(MAILS_SHOWN + 2)
    with django_assert_num_queries(len(one)):
        page = text_of(office.get(path(hop)))
    assert page.count("转办函：寄出了") == MAILS_SHOWN


def test_after_it_is_over_the_page_still_tells(office, house, hop):
    order(hop)
    send()
    cases.withdraw(hop=fresh(hop), by=member(house.city), at=MONDAY + DAY)

    page = text_of(office.get(path(hop)))
    assert "现在不用写信" in page
    assert "寄出了" in page
