"""The receipt's code, what opens with it, and the cookie that remembers it."""

import re
import time

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import RequestFactory

from tests.factories import NOBODY, PersonFactory, ask
from youthvoice.kit.receipts import code_for, digest_of
from youthvoice.questions import viewers
from youthvoice.questions.models import Receipt

pytestmark = pytest.mark.django_db
KEY = "d" * 32
CODE = "1234567890123456"


def test_a_code_is_sixteen_digits_in_four_groups_and_follows_from_the_key_alone():
    codes = {code_for(f"{n:032x}") for n in range(300)}

    assert len(codes) == 300
    assert all(re.fullmatch(r"\d{4}( \d{4}){3}", code) for code in codes)
    assert code_for(KEY) == code_for(KEY)


def test_another_secret_gives_another_code_and_another_digest(settings):
    code, digest = code_for(KEY), digest_of(CODE)
    settings.RECEIPT_KEY = "another " * 10

    assert code_for(KEY) != code
    assert digest_of(CODE) != digest


@pytest.mark.parametrize(
    "written",
    [
        "1234 5678 9012 3456",
        " 1234-5678-9012-3456\n",
        "1234·5678·9012·3456",
        "1234　5678　9012　3456",
        "1234.5678.9012.3456",
        "1234,5678,9012。3456",
        "1234，5678，9012，3456",
        "1234_5678_9012_3456",
        "１２３４５６７８９０１２３４５６",
        "１２３４ 5678－9012—３４５６",
        "回执：1234 5678 9012 3456。",
        "\u200b1234567890123456",
        "一二三四 五六七八 九〇一二 三四五六",
    ],
)
def test_people_may_copy_a_code_as_they_like(written):
    assert digest_of(written) == digest_of(CODE)


@pytest.mark.parametrize(
    "written", ["", "1234", CODE + "7", "一二三四五六七八九十一二三四五六", "x" * 16, "½" * 16]
)
def test_what_can_not_be_a_code_has_no_digest(written):
    assert digest_of(written) is None


def test_the_database_keeps_neither_code_nor_key(house):
    question = ask(key=KEY)

    receipt = Receipt.objects.get(question=question)
    assert bytes(receipt.digest) == digest_of(code_for(KEY))
    assert len(bytes(receipt.digest)) == 32
    assert question.key_hash != KEY


def test_a_named_question_has_no_receipt(house):
    ask(by=PersonFactory())

    assert Receipt.objects.count() == 0


# --- The page ----------------------------------------------------------------------------


def test_the_code_opens_the_private_side_until_it_is_closed(client, house):
    question = ask(key=KEY)

    opened = client.post("/receipt/", {"code": code_for(KEY)})

    assert (opened.status_code, opened.url) == (302, f"/q/{question.pk}/")
    cookie = opened.cookies[viewers.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    assert f"/q/{question.pk}/outcome/" in client.get(f"/me/q/{question.pk}/").content.decode()

    closed = client.post("/receipt/close/")
    assert (closed.status_code, closed.url) == (302, "/")
    assert f"/q/{question.pk}/outcome/" not in client.get(f"/me/q/{question.pk}/").content.decode()


def test_signing_out_closes_what_receipts_opened(client, house):
    question = ask(key=KEY)
    client.force_login(PersonFactory())
    client.post("/receipt/", {"code": code_for(KEY)})
    client.get("/accounts/logout/")
    assert f"/q/{question.pk}/outcome/" in client.get(f"/me/q/{question.pk}/").content.decode()

    client.post("/accounts/logout/")

    assert f"/q/{question.pk}/outcome/" not in client.get(f"/me/q/{question.pk}/").content.decode()


def test_the_cookie_travels_only_encrypted_where_the_site_does(client, house):
    ask(key=KEY)

    opened = client.post("/receipt/", {"code": code_for(KEY)}, secure=True)

    assert opened.cookies[viewers.COOKIE]["secure"] is True


def test_a_wrong_code_and_an_impossible_one_are_told_in_the_same_words(client, house):
    ask(key=KEY)

    pages = []
    for code in ("1111 2222 3333 4444", "什么号码"):
        response = client.post("/receipt/", {"code": code})
        assert (response.status_code, viewers.COOKIE in response.cookies) == (422, False)
        pages.append(response.content.decode().replace(code, ""))
    without_tokens = {re.sub(r'name="csrfmiddlewaretoken"[^>]*', "", page) for page in pages}
    assert len(without_tokens) == 1
    assert "打不开" in pages[0]


def test_an_empty_code_is_asked_for(client):
    response = client.post("/receipt/", {"code": " "})

    assert (response.status_code, "请填" in response.content.decode()) == (422, True)


def test_the_page_is_never_kept_by_caches(client):
    response = client.get("/receipt/")

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert client.put("/receipt/").status_code == 405
    assert client.get("/receipt/close/").status_code == 405


# --- The cookie --------------------------------------------------------------------------


class OldSigner(signing.TimestampSigner):
    def timestamp(self):
        return signing.b62_encode(int(time.time()) - 13 * 3600)


def viewer_with(cookie):
    request = RequestFactory().get("/")
    request.user = NOBODY
    request.COOKIES[viewers.COOKIE] = cookie
    return viewers.viewer_of(request)


def signed(value, *, signer=signing.TimestampSigner):
    return signer(salt="youthvoice.receipts").sign_object(value, compress=True)


def test_the_cookie_opens_what_it_says_and_nothing_when_it_is_not_ours():
    assert viewer_with(signed([3, 5])).opened == {3, 5}
    good = signed([3])
    for forged in (
        "",
        "3",
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good.split(":", 1)[1],
        signing.dumps([3], salt="another"),
        signed("abc"),
        signed({"3": 3}),
        signed(["3", None]),
    ):
        assert viewer_with(forged).opened == frozenset(), forged


def test_the_cookie_is_worth_nothing_after_twelve_hours():
    assert viewer_with(signed([3], signer=OldSigner)).opened == frozenset()


def test_a_browser_keeps_the_latest_twenty_open(house):
    request = RequestFactory().get("/")
    request.user = NOBODY
    for number in [*range(1, 26), 10]:
        response = HttpResponse()
        viewers.remember(request, response, number)
        request.COOKIES[viewers.COOKIE] = response.cookies[viewers.COOKIE].value

    assert viewers.viewer_of(request).opened == {*range(6, 26)}
