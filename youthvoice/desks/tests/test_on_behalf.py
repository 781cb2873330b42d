"""The staff write down what a caller asks: nameless, with consent, and counted apart."""

import pytest
from django.urls import reverse

from tests.factories import MONDAY, PersonFactory, member
from youthvoice.cases.actions import UnableToMove
from youthvoice.desks import actions
from youthvoice.desks.models import OnBehalf
from youthvoice.journal.models import Entry
from youthvoice.limits.choices import LIMITS, What
from youthvoice.questions.models import Question
from youthvoice.questions.viewers import COOKIE, open_with
from youthvoice.site.namelessness import audit

pytestmark = pytest.mark.django_db
FORM = {
    "key": "7" * 32,
    "channel": "call",
    "kind": "help",
    "field": "work",
    "region": "410100",
    "title": "试用期不给签合同",
    "text": "对方说满三个月再签。",
    "consented": "on",
}


@pytest.fixture
def url(house):
    return reverse("desks:ask_for", args=[house.city.slug])


@pytest.fixture
def staff(house, client):
    person = member(house.city)
    client.force_login(person)
    return person


def test_it_is_asked_without_a_name_and_the_code_is_shown_once(client, house, staff, url):
    response = client.post(url, FORM)

    question = Question.objects.get()
    assert (question.is_nameless, question.author) == (True, None)
    row = OnBehalf.objects.get()
    assert (row.question, row.organisation, row.by, row.channel) == (
        question,
        house.city,
        staff,
        "call",
    )
    code = response.context["receipt"]
    assert open_with(code).question == question
    assert code in response.content.decode()
    assert code not in client.get(url).content.decode()


def test_the_staffs_browser_doesnt_keep_the_receipt(client, staff, url):
    response = client.post(url, FORM)

    assert COOKIE not in response.cookies
    question = Question.objects.get()
    assert client.get(f"/q/{question.pk}/edit/").status_code == 403


def test_the_page_says_who_wrote_it_down_and_how_it_came(client, house, staff, url):
    client.post(url, FORM)
    client.logout()

    page = client.get(f"/q/{Question.objects.get().pk}/").content.decode()

    assert "由 团郑州市委 代为提出（来电）" in page
    assert staff.nickname not in page


def test_who_wrote_it_is_in_the_journal_and_who_asked_nowhere(client, staff, url):
    client.post(url, FORM)

    assert Entry.objects.get(verb="case.asked_for").actor == staff.pk
    assert Entry.objects.get(verb="question.asked").actor is None
    assert audit([]).links == []


@pytest.mark.parametrize("left", ["consented", "channel", "title", "field"])
def test_without_consent_and_what_asking_takes_nothing_is_asked(client, staff, url, left):
    given = {name: value for name, value in FORM.items() if name != left}

    response = client.post(url, given)

    assert response.status_code == 422
    assert Question.objects.count() == 0


def test_a_callers_number_must_be_masked(client, staff, url):
    given = {**FORM, "text": "打 13812345678 找我。"}
    assert client.post(url, {**given, "personal": "keep"}).status_code == 422

    assert client.post(url, {**given, "personal": "mask"}).status_code == 200
    assert "13812345678" not in Question.objects.get().text


def test_the_same_form_sent_twice_is_one_question_and_one_code(client, staff, url):
    codes = [client.post(url, FORM).context["receipt"] for _ in range(2)]

    assert codes[0] == codes[1]
    assert (Question.objects.count(), OnBehalf.objects.count()) == (1, 1)


def test_only_members_of_an_office_of_the_league(client, house):
    for body, person in (
        (house.city, PersonFactory()),
        (house.city, member(house.county)),
        (house.experts, member(house.experts)),
    ):
        client.force_login(person)
        url = reverse("desks:ask_for", args=[body.slug])
        assert client.get(url).status_code == 403
        assert client.post(url, FORM).status_code == 403
    with pytest.raises(UnableToMove, match="只有团组织"):
        actions.ask_on_behalf(
            organisation=house.experts, channel="call", by=member(house.experts), at=MONDAY
        )


def test_too_many_are_told_to_wait(client, staff, url):
    many = LIMITS[What.WRITE].most
    from youthvoice.kit import clock
    from youthvoice.limits import actions as limits

    for _ in range(many):
        limits.take(What.WRITE, who=staff.pk, at=clock.now())

    assert client.post(url, FORM).status_code == 429


def test_words_of_danger_are_withheld_and_the_staff_see_whom_to_call(client, staff, url):
    response = client.post(url, {**FORM, "text": "我不想活了。"})

    assert Question.objects.get().withheld_at is not None
    assert "现在就把下面的电话念给对方" in response.content.decode()
