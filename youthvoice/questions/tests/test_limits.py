"""Too much of asking, writing, receipts and the small acts: refused, with nothing lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import MONDAY, PersonFactory, answer, ask
from youthvoice.kit import receipts
from youthvoice.kit.receipts import code_for
from youthvoice.kit.templatetags.kit_tags import duration
from youthvoice.limits.actions import Want
from youthvoice.limits.choices import What
from youthvoice.limits.networks import WAIT, wider
from youthvoice.limits.tests import filling
from youthvoice.limits.tests.filling import fill, fill_up, used
from youthvoice.questions import viewers
from youthvoice.questions.models import Answer, Comment, Follow, Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
KEY = "f" * 32
HERE = "127.0.0.1"
ELSEWHERE = "203.0.113.5"


def form(**changes):
    return {
        "kind": "help",
        "field": "work",
        "title": "试用期工资怎么算",
        "text": "入职第二个月，想问清楚。",
        "region": "410122",
        "name_choice": "nameless",
        "key": KEY,
    } | changes


def refused(response, words=""):
    """The page of a refusal, which says how long to wait to people and to tools."""
    assert response.status_code == 429
    wait, shown = int(response["Retry-After"]), response.content.decode()
    assert 0 < wait <= 3660
    told = re.search(r"，请 ([^。]+)后再试。", shown)[1]
    assert told in {f"{wait} 秒"} | {
        duration(-(-seconds // 60) * 60) for seconds in (wait, wait + 1)
    }
    assert "先等一等" in shown
    assert words in shown
    return shown


def keys(person):
    """Every key under which something of this account could be counted."""
    return {
        Want(what, who).key for what in What for who in (person.pk, person.username, person.email)
    }


# --- Asking --------------------------------------------------------------------------------


def test_a_network_asks_thirty_times_before_anybody_waits_and_what_was_typed_stays(client, house):
    fill(What.ASK, HERE, left=1)
    assert client.post("/ask/", form(key="a" * 32)).status_code == 200

    shown = refused(client.post("/ask/", form()), "同一个网络里用的人多，请 20 秒")

    assert "试用期工资怎么算" in shown
    assert "入职第二个月，想问清楚。" in shown
    assert KEY in shown
    assert Question.objects.count() == 1
    assert client.post("/ask/", form(), REMOTE_ADDR=ELSEWHERE).status_code == 200


def test_somebody_asks_twenty_times_under_their_name_from_wherever(client, house):
    person = PersonFactory()
    client.force_login(person)
    fill_up(What.ASK_NAMED, person.pk, left=1)
    assert client.post("/ask/", form(key="a" * 32, name_choice="named")).status_code == 200

    named = form(name_choice="named")
    refused(client.post("/ask/", named, REMOTE_ADDR=ELSEWHERE), "你刚才发得太多")

    assert used(What.ASK, f"{ELSEWHERE} named") == 0
    # Without their name the account's limit is neither asked nor touched.
    assert client.post("/ask/", form()).status_code == 200
    assert used(What.ASK_NAMED, person.pk) == 20


def test_a_nameless_question_leaves_no_row_of_the_account(client, house):
    person = PersonFactory()
    client.force_login(person)

    client.post("/ask/", form())

    question = Question.objects.get()
    assert question.author is None
    assert filling.keys() == {Want(What.ASK, who).key for who in (HERE, wider(HERE))}


def test_what_is_asked_with_and_without_a_name_is_counted_apart(client, house):
    person = PersonFactory()
    client.force_login(person)
    client.post("/ask/", form(key="a" * 32, name_choice="named"))
    named = filling.rows()

    client.post("/ask/", form())

    assert len(named) == 3
    assert [row for row in filling.rows() if row[0] in dict.fromkeys(r[0] for r in named)] == named
    assert used(What.ASK, HERE) == 1


def test_what_the_asker_of_a_nameless_question_adds_leaves_none_either(client, house):
    person, question = PersonFactory(), ask(key=KEY)
    client.force_login(person)
    client.post("/receipt/", {"code": code_for(KEY)})
    assert viewers.COOKIE in client.cookies

    client.post(f"/q/{question.pk}/comment/", {"text": "补充一句。"})

    assert Comment.objects.get().author is None
    assert not filling.keys() & keys(person)
    assert used(What.WRITE_NAMELESS, HERE) == 1


def test_a_form_with_mistakes_is_no_question_and_counted_by_its_cost_alone(client, house):
    assert client.post("/ask/", form(title="")).status_code == 422

    assert used(What.ASK, HERE) == 0
    assert used(What.REFUSED, HERE) > 0


def test_a_network_sends_nine_hundred_pictures(client, house):
    fill_up(What.PICTURES, HERE, left=1)
    files = [SimpleUploadedFile(f"{n}.jpg", b"not looked at") for n in range(2)]

    shown = refused(client.post("/ask/", form(pictures=files)), "传了太多图片")

    assert "试用期工资怎么算" in shown
    assert (used(What.PICTURES, HERE), used(What.ASK, HERE)) == (899, 0)
    # Words alone still go.
    assert client.post("/ask/", form()).status_code == 200


def test_pupils_of_one_class_wait_for_seconds_with_their_words_and_then_ask(client, house, at):
    """Of a class behind one address the thirty-first waited an hour."""
    fill(What.ASK, HERE, left=1)
    for pupil in (neighbour := Client(), client):
        pupil.get("/ask/")
    assert neighbour.post("/ask/", form(key="a" * 32)).status_code == 200

    shown = refused(client.post("/ask/", form()), "同一个网络里用的人多，请 20 秒后再试。")
    at(MONDAY + WAIT)
    sent = client.post("/ask/", form())

    assert all(words in shown for words in ("试用期工资怎么算", "入职第二个月，想问清楚。", KEY))
    assert (sent.status_code, Question.objects.count()) == (200, 2)
    # The wait is used up: the next one begins anew.
    refused(client.post("/ask/", form(key="b" * 32)), "请 20 秒后再试。")


# --- Receipts ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["1111 2222 3333 4444", "什么号码", "", "1" * 99])
def test_the_wrong_and_the_impossible_code_cost_the_same(client, house, code):
    ask(key=KEY)
    client.get("/receipt/")
    for _ in range(10):
        assert client.post("/receipt/", {"code": code}).status_code == 422

    refused(client.post("/receipt/", {"code": code_for(KEY)}), "你这台设备")
    assert viewers.COOKIE not in client.cookies
    # Who sits beside them is not refused.
    assert Client().post("/receipt/", {"code": code_for(KEY)}).status_code == 302


def test_right_codes_are_no_guesses(client, house):
    """The eleventh right one within ten minutes was refused, to a whole school."""
    ask(key=KEY)

    opened = [client.post("/receipt/", {"code": code_for(KEY)}).status_code for _ in range(31)]

    assert opened == [302] * 31
    assert (used(What.RECEIPT, HERE), used(What.OPENED, HERE)) == (0, 31)


def test_a_refused_code_is_not_hashed_and_stays_in_the_form(client, house, monkeypatch):
    fill_up(What.RECEIPT, HERE)
    monkeypatch.setattr(receipts, "hash_secret_raw", None)

    assert "1111 2222" in refused(client.post("/receipt/", {"code": "1111 2222 3333 4444"}))
    refused(client.post("/receipt/"))


# --- Answering and commenting --------------------------------------------------------------


def test_somebody_writes_sixty_answers_and_comments_and_keeps_the_next_one(client, house):
    person, question = PersonFactory(), ask()
    client.force_login(person)
    fill_up(What.WRITE, person.pk, left=2)
    client.post(f"/q/{question.pk}/answer/", {"text": "先看合同。"})
    client.post(f"/q/{question.pk}/comment/", {"text": "说得好。"})

    for path in (f"/q/{question.pk}/answer/", f"/q/{question.pk}/comment/",
                 f"/a/{Answer.objects.get().pk}/comment/"):  # fmt: skip
        assert "这一句还在" in refused(client.post(path, {"text": "这一句还在"}))

    assert (Answer.objects.count(), Comment.objects.count()) == (1, 1)
    assert client.get(f"/q/{question.pk}/answer/").status_code == 200


def test_a_holder_of_a_receipt_writes_by_network(client, house):
    question = ask(key=KEY)
    client.post("/receipt/", {"code": code_for(KEY)})
    fill_up(What.WRITE_NAMELESS, HERE)
    url = f"/q/{question.pk}/comment/"

    assert "再补充一句" in refused(client.post(url, {"text": "再补充一句"}))
    assert client.post(url, {"text": "再补充一句"}, REMOTE_ADDR=ELSEWHERE).status_code == 302


# --- Small acts ----------------------------------------------------------------------------


def test_following_and_useful_are_counted_by_account(client, house):
    person, question = PersonFactory(), ask()
    made = answer(question, by=PersonFactory())
    client.force_login(person)
    fill_up(What.FOLLOW, person.pk, left=2)
    client.post(f"/a/{made.pk}/useful/")
    client.post(f"/a/{made.pk}/useful/", {"undo": "1"})

    refused(client.post(f"/q/{question.pk}/follow/"), "你刚才点得太快")
    refused(client.post(f"/a/{made.pk}/useful/", headers={"HX-Request": "true"}))

    assert Follow.objects.count() == 0


def test_who_is_not_signed_in_is_not_counted(client, house):
    assert client.post(f"/q/{ask().pk}/follow/").status_code == 302

    assert filling.rows() == []


# --- Editing and taking back ---------------------------------------------------------------


def test_edits_and_deletions_are_counted_by_account_and_keep_what_was_typed(client, house):
    person = PersonFactory()
    question = ask(by=person)
    made = answer(ask(), by=person)
    client.force_login(person)
    fill_up(What.CHANGE, person.pk, left=1)
    words = {"title": "试用期工资到底怎么算", "text": "这一句还在", "seen": question.version}
    assert client.post(f"/q/{question.pk}/edit/", words).status_code == 302

    assert "这一句还在" in refused(client.post(f"/q/{question.pk}/edit/", words), "你刚才改得太多")
    seen = {"text": "这一句还在", "seen": made.version}
    assert "这一句还在" in refused(client.post(f"/a/{made.pk}/edit/", seen))
    refused(client.post(f"/a/{made.pk}/delete/"))
    refused(client.post(f"/q/{question.pk}/delete/"))
    question.refresh_from_db()
    assert question.deleted_at is None


def test_a_holder_of_a_receipt_changes_by_network_even_when_signed_in(client, house):
    person, question = PersonFactory(), ask(key=KEY)
    client.force_login(person)
    client.post("/receipt/", {"code": code_for(KEY)})

    client.post(
        f"/q/{question.pk}/edit/",
        {"title": question.title, "text": "改过的内容。", "seen": question.version},
    )
    assert used(What.CHANGE_NAMELESS, HERE) == 1
    fill_up(What.CHANGE_NAMELESS, ELSEWHERE)
    refused(client.post(f"/q/{question.pk}/delete/", REMOTE_ADDR=ELSEWHERE), "你用的网络")

    assert not filling.keys() & keys(person)
