"""With a receipt open, the header leads back to one's question."""

import pytest

from tests.factories import MONDAY, ask
from youthvoice.kit.receipts import code_for
from youthvoice.questions.models import Question

pytestmark = pytest.mark.django_db
KEYS = ["6" * 32, "7" * 32]


def opened(client, *keys):
    found = [ask(key=key) for key in keys]
    for key in keys:
        client.post("/receipt/", {"code": code_for(key)})
    return found


def bar(client):
    return client.get("/me/bar/").content.decode()


def way(url):
    return f'<a href="{url}">回到我的提问</a>'


def test_the_header_leads_back_to_the_question_whose_receipt_is_open(client, house):
    assert "nav-receipt" not in bar(client)

    (question,) = opened(client, KEYS[0])

    assert way(f"/q/{question.pk}/") in bar(client)
    assert 'id="nav-receipt" hx-swap-oob="true"' in bar(client)


def test_to_a_withheld_one_it_leads_where_its_asker_may_read_it(client, house):
    (question,) = opened(client, KEYS[0])
    Question.objects.filter(pk=question.pk).update(withheld_at=MONDAY)

    assert way(f"/q/{question.pk}/private/") in bar(client)
    page = client.get("/receipt/").content.decode()
    assert f"第 {question.pk} 号提问" in page
    assert question.title not in page


def test_of_several_it_leads_to_their_list(client, house):
    questions = opened(client, *KEYS)

    assert way("/receipt/") in bar(client)
    page = client.get("/receipt/").content.decode()
    for question in questions:
        assert f'href="/q/{question.pk}/"' in page
        assert question.title in page


def test_when_they_are_closed_nothing_leads_there_any_more(client, house):
    (question,) = opened(client, KEYS[0])
    client.post("/receipt/close/")

    assert "nav-receipt" not in bar(client)
    assert question.title not in client.get("/receipt/").content.decode()


def test_without_an_open_receipt_nobody_asks_the_database(client, house, django_assert_num_queries):
    bar(client)
    with django_assert_num_queries(0):
        bar(client)
