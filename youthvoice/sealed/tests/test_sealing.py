"""What asking leaves in a house that seals, and in one that doesn't."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as real_settings

from tests.factories import PersonFactory, ask
from tests.sealing import WORDS
from youthvoice.cases.models import Route
from youthvoice.cases.queries import NoRoute
from youthvoice.questions.models import Question
from youthvoice.sealed import boxes, keyfiles
from youthvoice.sealed.models import Record

pytestmark = pytest.mark.django_db
SENTENCE = "只有法律要求，或者要救人命时"


@pytest.fixture
def person(house):
    return PersonFactory(username="xiaoming")


def form(**changes):
    return {
        "kind": "talk",
        "field": "life",
        "title": "搬来一个月了",
        "text": "晚上有点空。",
        "region": "",
        "name_choice": "nameless",
        "key": "c" * 32,
    } | changes


def page(response):
    return response.content.decode()


def test_nothing_is_sealed_unless_the_house_says_so(client, person):
    assert real_settings.SEALED_RECORDS is False
    client.force_login(person)

    client.post("/ask/", form())

    assert Question.objects.get().is_nameless
    assert not Record.objects.exists()


def test_every_nameless_question_has_a_record_and_no_other(client, sealing, person):
    client.post("/ask/", form())
    client.force_login(person)
    client.post("/ask/", form(key="d" * 32))
    client.post("/ask/", form(key="e" * 32, name_choice="named"))

    nameless = set(Question.objects.filter(is_nameless=True).values_list("pk", flat=True))
    assert len(nameless) == 2
    assert set(Record.objects.values_list("question", flat=True)) == nameless


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed", "unsigned"])
def test_the_record_holds_the_account_that_asked_or_none(client, sealing, person, signed_in):
    if signed_in:
        client.force_login(person)
    client.post("/ask/", form())

    record = Record.objects.get()

    outer, inner = (
        keyfiles.unlock(file, WORDS[place])
        for place, file in (("first", sealing.first_file), ("second", sealing.second_file))
    )
    found = boxes.identity_in(boxes.peel(bytes(record.box), outer), inner)
    account = (person.pk, "xiaoming") if signed_in else (None, "")
    assert found == boxes.Identity(Question.objects.get().pk, *account)


def test_the_same_form_again_makes_no_second_record(client, sealing, person):
    client.force_login(person)
    for _ in range(2):
        assert client.post("/ask/", form()).status_code == 200

    assert Record.objects.count() == 1


def test_no_column_tells_whether_somebody_was_signed_in(sealing, person):
    at = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    ask(at=at)
    ask(at=at, sealed_for=person)

    one, two = Record.objects.all()
    assert len(one.box) == len(two.box) == 1120
    for column in ("sealed_on", "outer_key", "inner_key"):
        assert getattr(one, column) == getattr(two, column)
    # The day in the house's own zone, as the question's page shows it.
    assert one.sealed_on.isoformat() == "2026-03-03"
    assert {one.pk.version, two.pk.version} == {4}
    assert {f.name for f in Record._meta.fields} == {
        "id",
        "question",
        "sealed_on",
        "outer_key",
        "inner_key",
        "box",
    }


def test_the_record_falls_with_the_question(sealing, person):
    Route.objects.all().delete()

    with pytest.raises(NoRoute):
        ask(sealed_for=person)

    assert not Question.objects.exists()
    assert not Record.objects.exists()


# --- What people are told ----------------------------------------------------------------


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed", "unsigned"])
def test_the_form_tells_before_anybody_asks(client, sealing, person, signed_in):
    if signed_in:
        client.force_login(person)

    shown = page(client.get("/ask/"))

    assert SENTENCE in shown
    assert ("加密封存 184 天" in shown) is signed_in
    assert ("没有身份可以封存" in shown) is not signed_in
    assert ("库里不存是你问的" in shown) is False


@pytest.mark.parametrize("url", ["/ask/", "/about/", "/receipt/", "/mine/"])
def test_no_page_speaks_of_sealing_in_a_house_that_does_not(client, person, url):
    client.force_login(person)

    assert "封存" not in page(client.get(url))


def test_no_page_says_that_nothing_is_kept_in_a_house_that_seals(client, sealing, person):
    client.force_login(person)
    about, receipt, mine = (page(client.get(url)) for url in ("/about/", "/receipt/", "/mine/"))

    assert SENTENCE in about
    assert "库里不存" not in about
    assert "我们不知道是谁问的" not in receipt
    assert "哪里都没有记下" not in mine
