"""Whoever holds the receipt is told when the sealed record was opened; nobody else is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import PersonFactory, ask
from tests.sealing import REASON
from youthvoice.kit import clock
from youthvoice.kit.receipts import code_for
from youthvoice.sealed import actions
from youthvoice.sealed.models import Opening

pytestmark = pytest.mark.django_db
KEY = "9" * 32


@pytest.fixture
def question(sealing):
    return ask(key=KEY, sealed_for=PersonFactory())


def opened(sealing, question, **changes):
    at = clock.now()
    opening = actions.ask_opening(
        question=question.pk, ground="crime", reason=REASON, by=sealing.first, at=at, **changes
    )
    actions.grant(opening=opening, by=sealing.second, at=at)
    opening = Opening.objects.get(pk=opening.pk)
    actions.peel_outer(opening=opening, at=at, **sealing.with_first)
    opening = Opening.objects.get(pk=opening.pk)
    actions.open_inner(opening=opening, at=at, **sealing.with_second)


def pages(client, question):
    urls = (f"/q/{question.pk}/", f"/me/q/{question.pk}/", f"/q/{question.pk}/act/")
    return [client.get(url).content.decode() for url in urls]


def test_the_private_side_tells_of_an_opening_with_its_reason(client, sealing, question):
    client.post("/receipt/", {"code": code_for(KEY)})
    assert not any("身份记录" in shown for shown in pages(client, question))

    opened(sealing, question)

    public, fragment, plain = pages(client, question)
    for shown in (fragment, plain):
        assert "你的身份记录在" in shown
        assert REASON in shown
        assert "刑事诉讼法" in shown
    assert REASON not in public


def test_nobody_without_the_receipt_is_told(client, sealing, question):
    opened(sealing, question)

    for person in (None, PersonFactory(), sealing.first, sealing.second):
        if person:
            client.force_login(person)
        assert not any(REASON in shown for shown in pages(client, question))
        # Nor would a template that forgot to ask who is looking.
        assert client.get(f"/me/q/{question.pk}/").context["openings"] == []


def test_a_court_that_forbids_it_is_obeyed(client, sealing, question):
    client.post("/receipt/", {"code": code_for(KEY)})
    today = timezone.localdate()

    opened(sealing, question, court_order="密 7 号", silent_until=today)
    assert not any(REASON in shown for shown in pages(client, question))
    Opening.objects.update(silent_until=today - timedelta(days=1), told_from=today)

    assert sum(REASON in shown for shown in pages(client, question)) == 2


def test_who_took_the_question_back_is_told_too(client, sealing, question):
    client.post("/receipt/", {"code": code_for(KEY)})
    client.post(f"/q/{question.pk}/delete/")

    opened(sealing, question)

    assert REASON in client.get(f"/me/q/{question.pk}/").content.decode()
