"""The same sending twice is one question; in other hands, or with other words, it is another."""

import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, PersonFactory, member
from youthvoice.pictures.tests.photos import upload
from youthvoice.questions import viewers
from youthvoice.questions.models import Question
from youthvoice.questions.tests.test_ask_page import form, receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def telephone():
    """A browser as it is: without its own token nothing is taken."""
    return Client(enforce_csrf_checks=True)


def token(browser, path):
    found = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(path).content.decode()
    )
    assert found
    return {"csrfmiddlewaretoken": found[1]}


def send(browser, path="/ask/", **words):
    response = browser.post(path, form(**words) | token(browser, path))
    assert response.status_code == 200
    return response


def sign_in(browser, person):
    sent = {"login": person.username, "password": PASSWORD} | token(browser, "/accounts/login/")
    assert browser.post("/accounts/login/", sent).status_code == 302


def sign_out(browser):
    path = "/accounts/logout/"
    assert browser.post(path, token(browser, path)).status_code == 302


def test_the_same_browser_gets_the_same_receipt_again(house):
    browser = telephone()

    assert receipt(send(browser)) == receipt(send(browser))
    assert Question.objects.count() == 1


def test_another_browser_that_knows_the_key_and_the_words_gets_its_own(house):
    assert receipt(send(telephone())) != receipt(send(telephone()))
    assert Question.objects.count() == 2


def test_on_one_telephone_the_next_person_never_gets_the_first_ones_receipt(house):
    shared, first, second = telephone(), PersonFactory(), PersonFactory()
    nameless = receipt(send(shared))
    sign_in(shared, first)
    by_first = receipt(send(shared))
    sign_out(shared)
    after = receipt(send(shared))
    sign_in(shared, second)
    by_second = receipt(send(shared))

    assert len({nameless, by_first, after, by_second}) == 4
    assert Question.objects.count() == 4


def test_whoever_signs_in_again_gets_their_receipt_again(house):
    browser, person = telephone(), PersonFactory()
    sign_in(browser, person)
    first = receipt(send(browser))
    # The session has ended by itself.
    del browser.cookies["sessionid"]
    sign_in(browser, person)

    assert receipt(send(browser)) == first
    assert Question.objects.count() == 1


def test_the_next_person_gets_it_where_the_key_alone_counts(house, monkeypatch):
    """The control: so it was before."""
    monkeypatch.setattr(viewers, "sending_key", lambda form_key, **_others: form_key)

    assert receipt(send(telephone())) == receipt(send(telephone()))
    assert receipt(send(telephone(), title="另一件完全不同的事")) == receipt(send(telephone()))
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"title": "试用期的社保怎么算"},
        {"text": "入职第三个月,想问清楚。"},
        {"field": "life"},
        {"kind": "talk"},
        {"region": ""},
        {"name_choice": "named"},
    ],
)
def test_the_same_form_with_other_words_is_another_question(house, other):
    browser, person = telephone(), PersonFactory()
    sign_in(browser, person)
    first = send(browser).context["question"]
    second = send(browser, **other).context["question"]

    assert first != second
    second.refresh_from_db()
    assert {name: str(getattr(second, name)) for name in ("title", "text")} == {
        name: form(**other)[name] for name in ("title", "text")
    }


def test_pictures_that_a_draft_could_not_keep_make_no_other_question(house):
    browser = telephone()

    first = send(browser, pictures=[upload()])
    assert receipt(first) == receipt(send(browser))
    assert Question.objects.get().pictures.count() == 1


def test_a_colleague_with_the_same_form_writes_another_question_down(client, house):
    path = reverse("desks:ask_for", args=[house.city.slug])
    codes = []
    for _ in range(2):
        client.force_login(member(house.city))
        codes += [receipt(client.post(path, form(channel="call", consented="on"))) for _ in "12"]

    assert codes[0] == codes[1]
    assert codes[2] == codes[3]
    assert codes[0] != codes[2]


def test_what_the_row_keeps_of_a_sending_can_not_be_made_without_the_secret(house, settings):
    browser = telephone()
    send(browser)
    kept = Question.objects.get().key_hash
    assert kept != hashlib.sha256(form()["key"].encode()).hexdigest()

    settings.RECEIPT_KEY = "another " * 10
    send(browser)

    assert Question.objects.count() == 2
    assert Question.objects.filter(key_hash=kept).count() == 1
