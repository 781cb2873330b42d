"""The pages under /sealed/: for two people, and for nobody else."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import PersonFactory, ask, member
from tests.sealing import REASON, WORDS
from youthvoice.kit import clock
from youthvoice.orgs.choices import Role
from youthvoice.sealed import actions
from youthvoice.sealed.choices import Ground, State
from youthvoice.sealed.models import Opening
from youthvoice.sealed.queries import key_ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(sealing):
    return ask(sealed_for=PersonFactory(username="xiaoming"))


@pytest.fixture
def asked(sealing, question):
    return ask_for(sealing, question)


def ask_for(sealing, question):
    return actions.ask_opening(
        question=question.pk,
        ground=Ground.CRIME,
        reason=REASON,
        by=sealing.first,
        at=clock.now(),
    )


def page(response):
    return response.content.decode()


def form(question, **changes):
    return {"question": question.pk, "ground": "crime", "reason": REASON} | changes


def key(sealing, name, **changes):
    file = getattr(sealing, f"{name}_file")
    return {
        "key_file": SimpleUploadedFile("a.key", file),
        "passphrase": WORDS[name],
    } | changes


def state():
    return Opening.objects.get().state


def test_two_people_walk_a_record_to_its_end(client, sealing, question):
    client.force_login(sealing.first)
    assert "提出打开一条" in page(client.get("/sealed/"))
    made = client.post("/sealed/ask/", form(question))
    opening = Opening.objects.get()
    base = f"/sealed/{opening.pk}/"
    assert (made.status_code, made.url) == (302, base)
    assert "现在轮到另一位" in page(client.get(base))

    client.force_login(sealing.second)
    shown = page(client.get(base))
    assert REASON in shown
    assert "先开的" in shown
    assert f"/q/{question.pk}/" in shown
    assert client.post(f"{base}grant/").url == base
    assert "现在轮到另一位" in page(client.get(base))

    client.force_login(sealing.first)
    assert opening.record.outer_key in page(client.get(base))
    peeled = client.post(f"{base}peel/", key(sealing, "first"))
    assert peeled.status_code == 302
    assert "xiaoming" not in page(client.get(base))

    client.force_login(sealing.second)
    assert opening.record.inner_key in page(client.get(base))
    opened = client.post(f"{base}open/", key(sealing, "second"))

    assert opened.status_code == 200
    assert "xiaoming" in page(opened)
    assert "no-store" in opened["Cache-Control"]
    assert state() == State.OPENED
    for who in (sealing.second, sealing.first):
        client.force_login(who)
        for url in ("/sealed/", base):
            assert "xiaoming" not in page(client.get(url))
    client.force_login(sealing.second)
    again = client.post(f"{base}open/", key(sealing, "second"))
    assert again.status_code == 422
    assert "xiaoming" not in page(again)


def test_what_names_nobody_says_so(client, sealing):
    opening = ask_for(sealing, ask())
    actions.grant(opening=opening, by=sealing.second, at=clock.now())
    opening.refresh_from_db()
    actions.peel_outer(opening=opening, at=clock.now(), **sealing.with_first)
    client.force_login(sealing.second)

    opened = client.post(f"/sealed/{opening.pk}/open/", key(sealing, "second"))

    assert "没有身份可看" in page(opened)


def test_the_second_may_refuse(client, sealing, asked):
    client.force_login(sealing.second)

    client.post(f"/sealed/{asked.pk}/refuse/")

    assert state() == State.REFUSED
    late = client.post(f"/sealed/{asked.pk}/grant/")
    assert late.status_code == 422
    assert "刚才已经有变化" in page(late)


@pytest.mark.parametrize("who", ["nobody", "youth", "operator", "lead", "demoted", "closed"])
def test_for_everybody_else_there_is_nothing(client, house, sealing, asked, who):
    if who == "youth":
        client.force_login(PersonFactory())
    elif who in {"operator", "lead"}:
        client.force_login(member(house.province, Role(who)))
    elif who == "demoted":
        sealing.first.memberships.update(role=Role.ANSWERER)
        client.force_login(sealing.first)
    elif who == "closed":
        client.force_login(sealing.first)
        type(sealing.first).objects.filter(pk=sealing.first.pk).update(is_active=False)

    base = f"/sealed/{asked.pk}/"
    for url in ("/sealed/", "/sealed/ask/", base, *(f"{base}{a}/" for a in ACTS)):
        for method in (client.get, client.post, client.put):
            assert method(url).status_code == 404
    assert state() == State.ASKED


ACTS = ("grant", "refuse", "peel", "open")


def test_each_of_the_two_is_told_what_is_not_theirs(client, sealing, question, asked):
    base = f"/sealed/{asked.pk}/"
    client.force_login(sealing.first)
    assert client.post(f"{base}grant/").status_code == 422
    assert client.post(f"{base}refuse/").status_code == 422
    assert client.post(f"{base}open/", key(sealing, "first")).status_code == 422
    client.force_login(sealing.second)
    assert client.get("/sealed/ask/").status_code == 403
    assert client.post("/sealed/ask/", form(question)).status_code == 403
    assert "提出打开一条" not in page(client.get("/sealed/"))
    assert client.post(f"{base}peel/", key(sealing, "second")).status_code == 422
    for act in ACTS:
        assert client.get(f"{base}{act}/").status_code == 405
        assert client.post(f"/sealed/999999/{act}/").status_code == 404
    assert client.get("/sealed/999999/").status_code == 404
    assert state() == State.ASKED


# --- What is typed -----------------------------------------------------------------------


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"question": ""}, "请填编号"),
        ({"question": "十二"}, "编号只有数字"),
        ({"question": "0"}, "最小是 1"),
        ({"question": "9" * 30}, "最大是"),
        ({"question": "1" * 5000}, "编号只有数字"),
        ({"question": "999999"}, "没有封存的记录"),
        ({"ground": "fun"}, "没有这个选项"),
        ({"ground": ""}, "请选一项依据"),
        ({"reason": ""}, "请写理由"),
        ({"reason": "想知道是谁"}, "至少 20 个字"),
        ({"reason": " " * 30 + "短"}, "至少 20 个字"),
        ({"reason": "长" * 1001}, "最多 1000 个字"),
        ({"reason": REASON + "\x00"}, "理由"),
        ({"court_order": "(2026)豫01法密7号"}, "要么都填"),
        ({"silent_until": "2999-01-01"}, "要么都填"),
        ({"court_order": "密", "silent_until": "yesterday"}, "这样的日期"),
        ({"court_order": "密", "silent_until": "9999-12-31"}, "5 年以内"),
        ({"court_order": "密", "silent_until": "2000-01-01"}, "5 年以内"),
    ],
    ids=range(18),
)
def test_a_bad_form_is_told_what_to_mend(client, sealing, question, changes, said):
    client.force_login(sealing.first)

    response = client.post("/sealed/ask/", form(question) | changes)

    assert response.status_code == 422
    assert said in page(response)
    assert not Opening.objects.exists()


def test_a_courts_order_is_kept_with_its_last_day(client, sealing, question):
    client.force_login(sealing.first)
    order = {"court_order": " (2026)豫01法密7号 ", "silent_until": day(90)}

    client.post("/sealed/ask/", form(question, **order))

    found = Opening.objects.get()
    assert (found.court_order, found.silent_until.isoformat()) == ("(2026)豫01法密7号", day(90))
    assert "(2026)豫01法密7号" in page(client.get(f"/sealed/{found.pk}/"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"passphrase": "不是这个口令啊"}, "口令不对"),
        ({"passphrase": ""}, "请填口令"),
        ({"key_file": b"\xff\x00 no key"}, "不是钥匙文件"),
        ({"key_file": b"x" * 3000}, "太大"),
        ({"key_file": b""}, "是空的"),
        ({"key_file": None}, "请选钥匙文件"),
    ],
    ids=["wrong", "none", "rubbish", "large", "empty", "missing"],
)
def test_a_key_that_does_not_do_is_told_and_kept_nowhere(client, sealing, asked, changes, said):
    actions.grant(opening=asked, by=sealing.second, at=clock.now())
    client.force_login(sealing.first)
    given = key(sealing, "first") | changes
    if isinstance(given["key_file"], bytes):
        given["key_file"] = SimpleUploadedFile("a.key", given["key_file"])
    given = {name: value for name, value in given.items() if value is not None}

    response = client.post(f"/sealed/{asked.pk}/peel/", given)

    assert response.status_code == 422
    assert said in page(response)
    assert given.get("passphrase") == "" or given["passphrase"] not in page(response)
    assert state() == State.GRANTED


def test_keys_are_not_tried_without_end(client, sealing, asked):
    actions.grant(opening=asked, by=sealing.second, at=clock.now())
    client.force_login(sealing.first)

    def tried():
        wrong = key(sealing, "first", passphrase="不是这个口令啊")
        return client.post(f"/sealed/{asked.pk}/peel/", wrong)

    assert [tried().status_code for _ in range(11)] == [422] * 10 + [429]


# --- The list ----------------------------------------------------------------------------


def test_the_list_costs_the_same_with_one_and_with_three(client, sealing, asked):
    client.force_login(sealing.first)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get("/sealed/")
        return len(queries)

    client.get("/sealed/")
    one = cost()
    for _ in range(2):
        ask_for(sealing, ask())

    assert cost() == one
    assert page(client.get("/sealed/")).count('class="opening"') == 3


def test_the_list_is_paged(client, sealing):
    now = clock.now()
    Opening.objects.bulk_create(
        Opening(
            question=n,
            state=State.LAPSED,
            ground=Ground.COURT,
            reason=REASON,
            asked_at=now - timedelta(hours=n),
            lapses_at=now,
        )
        for n in range(1, 23)
    )
    client.force_login(sealing.second)

    first = client.get("/sealed/")
    second = client.get(first.context["next_url"])

    assert [o.question for o in first.context["openings"]] == list(range(1, 21))
    assert [o.question for o in second.context["openings"]] == [21, 22]
    assert second.context["next_url"] == ""


def test_the_list_shows_which_keys_are_sealed_with(client, sealing, settings):
    client.force_login(sealing.second)
    ids = key_ids()
    shown = page(client.get("/sealed/"))
    assert all(found in shown for found in ids)

    settings.SEALED_RECORDS = False

    assert "封存没有开" in page(client.get("/sealed/"))
