"""Reads as browsers make them: the page, its fragment, and who is behind them."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, ask, member
from youthvoice.kit import clock
from youthvoice.kit.receipts import code_for
from youthvoice.reads import queries
from youthvoice.reads.visitors import COOKIE

KEY = "f" * 32
BROWSER = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"


@pytest.fixture(autouse=True)
def recorder(held_reads):
    return held_reads


@pytest.fixture
def at(monkeypatch):
    """Sets what time it is."""

    def set_time(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_time(MONDAY)
    return set_time


@pytest.fixture
def question(house, at):
    return ask()


@pytest.fixture
def visit(question):
    """Opens the question as a browser does: the page, then the header's and its own part."""

    def visit(client, *, agent=BROWSER, address="203.0.113.5", fragments=True):
        paths = [f"/q/{question.pk}/"]
        if fragments:
            paths += ["/me/bar/", f"/me/q/{question.pk}/"]
        for path in paths:
            answer = client.get(path, headers={"user-agent": agent}, REMOTE_ADDR=address)
            assert answer.status_code == 200

    return visit


def reads(recorder):
    recorder.flush()
    return queries.site_totals()


def test_page_and_fragment_are_one_read(client, visit, question, recorder):
    visit(client)
    visit(client)

    assert reads(recorder) == {"p": 1, "s": 0, "r": 0}
    assert queries.totals([f"question:{question.pk}"]) == {f"question:{question.pk}": 1}


def test_the_next_hour_is_another_read(client, visit, recorder, at):
    visit(client)
    at(MONDAY + timedelta(hours=1))
    visit(client)
    visit(client)

    assert reads(recorder) == {"p": 2, "s": 0, "r": 0}


def test_a_page_from_a_cache_is_counted_by_its_fragment(client, question, recorder):
    client.get(f"/me/q/{question.pk}/", headers={"user-agent": BROWSER})

    assert reads(recorder) == {"p": 1, "s": 0, "r": 0}


def test_readers_on_two_networks_are_two(client, visit, recorder):
    visit(client)
    client.cookies.clear()
    visit(client, address="198.51.100.7")

    assert reads(recorder) == {"p": 2, "s": 0, "r": 0}


def test_robots_are_counted_apart(client, visit, recorder):
    visit(client, agent="Baiduspider/2.0", fragments=False)

    assert reads(recorder) == {"p": 0, "s": 0, "r": 1}


def test_staff_are_counted_apart_from_their_first_page_after_signing_in(
    client, visit, recorder, house
):
    client.force_login(member(house.city))
    client.get("/me/bar/", headers={"user-agent": BROWSER})
    visit(client)

    assert reads(recorder) == {"p": 0, "s": 1, "r": 0}


def test_a_person_without_an_office_is_the_public(client, visit, recorder):
    client.force_login(PersonFactory())
    visit(client)

    assert reads(recorder) == {"p": 1, "s": 0, "r": 0}


def test_asking_only_for_the_head_of_a_page_is_no_read(client, question, recorder):
    client.head(f"/q/{question.pk}/", headers={"user-agent": BROWSER})

    assert reads(recorder) == {"p": 0, "s": 0, "r": 0}


def test_a_question_that_is_not_there_is_not_read(client, question, recorder):
    client.get(f"/q/{question.pk + 1}/", headers={"user-agent": BROWSER})

    assert reads(recorder) == {"p": 0, "s": 0, "r": 0}


def test_public_pages_set_no_cookie(client, question):
    client.get("/")
    client.get(f"/q/{question.pk}/")

    assert client.cookies == {}


def test_the_header_brings_the_readers_cookie_once(client, question):
    assert COOKIE in client.get("/me/bar/").cookies
    assert COOKIE not in client.get("/me/bar/").cookies


def test_an_askers_own_look_at_a_nameless_question_is_not_counted(client, visit, recorder, house):
    """Among staff, it would say of whoever asked that they are."""
    client.force_login(member(house.city))
    client.get("/me/bar/", headers={"user-agent": BROWSER})
    own = ask(key=KEY)
    client.post("/receipt/", {"code": code_for(KEY)})

    for path in (f"/q/{own.pk}/", f"/me/q/{own.pk}/"):
        assert client.get(path, headers={"user-agent": BROWSER}).status_code == 200
    assert reads(recorder) == {"p": 0, "s": 0, "r": 0}
    visit(client)
    assert reads(recorder) == {"p": 0, "s": 1, "r": 0}
