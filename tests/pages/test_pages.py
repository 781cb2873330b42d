"""What web processes show: all of what was accepted, nothing of what left."""

import time
from datetime import timedelta

import psycopg
import pytest
from django.core import signing
from django.db import connection, connections
from psycopg import sql

from tests.factories import (
    MONDAY,
    PersonFactory,
    answer,
    ask,
    asker_of,
    build_house,
    member,
)
from youthvoice.entrance import surrogates
from youthvoice.kit import holdings
from youthvoice.kit.holdings import Leaver
from youthvoice.people.actions import rename
from youthvoice.questions import actions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.policy import Viewer
from youthvoice.questions.queries import name_for_reads
from youthvoice.reads import queries as reads
from youthvoice.reads.choices import Audience

pytestmark = [pytest.mark.databases, pytest.mark.django_db(transaction=True)]

LATER = MONDAY + timedelta(hours=2)


def word(number):
    return f"记号{number:03d}号"


class Ways:
    """Each way in which words leave public view: what is said, where, and how it goes."""

    def __init__(self):
        self.house = build_house()
        self.official = member(self.house.city)
        self.judge = member(self.house.province)
        self.count = 0

    def _word(self):
        self.count += 1
        return word(self.count)

    def _question(self, mark, **given):
        return ask(by=PersonFactory.create(), title=f"{mark}怎么办", text="想问清楚。", **given)

    def _answer(self, mark, by=None, organisation=None):
        question = ask(by=PersonFactory.create())
        said = answer(question, by=by or self.official, organisation=organisation, text=mark)
        return question, said

    def _comment(self, mark):
        question = ask(by=PersonFactory.create())
        by = Viewer(PersonFactory.create())
        given = {"question": question, "answer": None, "by": by, "at": LATER}
        return question, actions.comment(text=mark, **given), by

    def hidden_question(self, mark):
        question = self._question(mark)
        pages = [question.get_absolute_url(), "/", "/?show=waiting"]
        return pages, lambda: actions.hide(
            words=question, reason=HideReason.ABUSE, by=self.judge, at=LATER
        )

    def withheld_question(self, mark):
        question = self._question(mark)
        pages = [question.get_absolute_url(), "/"]
        return pages, lambda: actions.withhold_question(question=question, by=None, at=LATER)

    def deleted_question(self, mark):
        question = self._question(mark)
        pages = [question.get_absolute_url(), "/"]
        return pages, lambda: actions.delete_question(
            question=question, by=asker_of(question), at=LATER
        )

    def deleted_nameless_question(self, mark):
        question = ask(title=f"{mark}怎么办")
        pages = [question.get_absolute_url(), "/"]
        return pages, lambda: actions.delete_question(
            question=question, by=asker_of(question), at=LATER
        )

    def edited_question(self, mark):
        question = self._question(mark)
        pages = [question.get_absolute_url(), "/"]
        return pages, lambda: actions.edit_question(
            question=question, title="别的怎么办", text="好", by=asker_of(question), at=LATER
        )

    def hidden_answer(self, mark):
        question, said = self._answer(mark, organisation=self.house.city)
        pages = [question.get_absolute_url(), f"/orgs/{self.house.city.slug}/"]
        return pages, lambda: actions.hide(
            words=said, reason=HideReason.ABUSE, by=self.judge, at=LATER
        )

    def deleted_answer(self, mark):
        question, said = self._answer(mark)
        return [question.get_absolute_url()], lambda: actions.delete_answer(
            answer=said, by=Viewer(self.official), at=LATER
        )

    def edited_answer(self, mark):
        question, said = self._answer(mark)
        return [question.get_absolute_url()], lambda: actions.edit_answer(
            answer=said, text="别的", by=Viewer(self.official), at=LATER
        )

    def hidden_comment(self, mark):
        question, said, _by = self._comment(mark)
        return [question.get_absolute_url()], lambda: actions.hide(
            words=said, reason=HideReason.ABUSE, by=self.judge, at=LATER
        )

    def deleted_comment(self, mark):
        question, said, by = self._comment(mark)
        return [question.get_absolute_url()], lambda: actions.delete_comment(
            comment=said, by=by, at=LATER
        )

    def erased_person(self, mark):
        person = PersonFactory.create()
        question = ask(by=person, title=f"{mark}怎么办")
        pages = [question.get_absolute_url(), "/"]
        return pages, lambda: holdings.erase([Leaver(person.pk)], at=LATER)

    def erased_answer(self, mark):
        person = PersonFactory.create()
        question, _said = self._answer(mark, by=person)
        leaver = Leaver(person.pk, answers_too=True)
        return [question.get_absolute_url()], lambda: holdings.erase([leaver], at=LATER)

    def name_of_who_answered(self, mark):
        person = PersonFactory.create(nickname=mark)
        question, _said = self._answer("一句", by=person)
        return [question.get_absolute_url()], lambda: rename(
            person=person, nickname="青年", at=LATER
        )


WAYS = sorted(name for name in vars(Ways) if not name.startswith("_"))


def test_words_that_leave_are_given_by_no_process_again(readers):
    ways, stayed = Ways(), []
    for name in WAYS:
        mark = ways._word()
        pages, leave = getattr(ways, name)(mark)
        # Control: they are kept, and both processes give them.
        for reader in readers:
            reader.get_all(pages, cookie="yv_wrote=1")
            found = reader.get_all(pages)
            assert all(mark in page["text"] for page in found), name
            assert reader.get(pages[0])["drawn"] == found[0]["drawn"], name
        leave()
        gone_by = time.monotonic() + (1 if connection.vendor == "postgresql" else 0)
        for reader in readers:
            while True:
                found = reader.get_all(pages)
                assert {page["status"] for page in found} <= {200, 404, 410}, name
                there = zip(pages, found, strict=True)
                left = [(name, path) for path, page in there if mark in page["text"]]
                # Another machine hears of it in some thousandths of a second.
                if not left or reader is readers[0] or time.monotonic() > gone_by:
                    break
            stayed += left

    assert stayed == []
    assert len(WAYS) == 13


def test_what_is_accepted_is_on_the_page_within_two_seconds(readers):
    house = build_house()
    question = ask(by=PersonFactory.create())
    url = question.get_absolute_url()
    for reader in readers:
        reader.get_all([url, "/"])

    answer(question, by=member(house.city), text=word(1))
    new = ask(by=PersonFactory.create(), title=word(2))

    until = time.monotonic() + 2
    missing = {(n, page) for n in range(2) for page in (url, "/")}
    while missing and time.monotonic() < until:
        for n, page in list(missing):
            if (word(1) if page == url else word(2)) in readers[n].get(page)["text"]:
                missing.discard((n, page))
        time.sleep(0.05)
    assert not missing
    assert new.get_absolute_url() in readers[0].get("/")["text"]


def test_who_has_just_written_reads_what_they_wrote(readers):
    """A page may be a moment old for others; the writer's browser carries the mark of it."""
    house = build_house()
    question = ask(by=PersonFactory.create())
    url = question.get_absolute_url()
    for reader in readers:
        reader.get_all([url, "/"])

    for number in range(4):
        answer(question, by=member(house.city), text=word(number))
        for reader in readers:
            assert word(number) in reader.get(url, cookie="yv_wrote=1")["text"]


def test_each_write_leaves_the_mark_and_no_reading_does(house, client):
    client.force_login(PersonFactory.create())
    question = ask(by=PersonFactory.create())

    client.get(question.get_absolute_url())
    assert "yv_wrote" not in client.cookies
    refused = client.post(f"/q/{question.pk}/comment/", {"text": ""})
    assert (refused.status_code, "yv_wrote" in client.cookies) == (422, False)
    client.post(f"/q/{question.pk}/follow/")

    assert client.cookies["yv_wrote"].value == "1"
    assert client.cookies["yv_wrote"]["httponly"]


def test_fifty_readers_of_a_cold_page_are_one_drawing(readers):
    build_house()
    url = ask(by=PersonFactory.create()).get_absolute_url()
    before = readers[0].get("/about/")["drawn"]

    found = readers[0].get_all([url] * 50)

    assert {page["status"] for page in found} == {200}
    assert found[0]["drawn"] == before + 1


@pytest.mark.parametrize(
    "asked",
    [
        {"if_match": '"another"'},
        {"if_unmodified_since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"if_none_match": '"another"', "range": "bytes=0-1"},
    ],
)
def test_what_one_asks_for_on_a_condition_is_drawn_for_all(readers, asked):
    here, _there = readers
    assert here.get("/", **asked)["status"] == 200


def test_a_read_counts_once_by_page_and_piece_in_every_process_of_a_machine(readers):
    build_house()
    question = ask(by=PersonFactory.create())
    url = question.get_absolute_url()
    # On PostgreSQL the other one is on another machine, with a day's key of its own.
    ours = readers if connection.vendor == "sqlite" else readers[:1]

    for reader in ours:
        for phone in ("Mozilla/5.0 (one)", "Mozilla/5.0 (other)", "Mozilla/5.0 (a bot)", ""):
            reader.get_all([url, f"/me{url}", url], user_agent=phone)
    for reader in ours:
        reader.flush()

    assert reads.totals([name_for_reads(question)]) == {name_for_reads(question): 2}
    assert reads.site_totals()[Audience.ROBOT] == 2


def test_the_askers_own_look_at_a_nameless_question_is_no_read(readers):
    build_house()
    question = ask()
    cookie = signing.dumps([question.pk], salt="youthvoice.receipts", compress=True)

    own = readers[0].get(question.get_absolute_url(), cookie=f"yv_receipts={cookie}")
    readers[0].flush()
    assert (own["status"], reads.totals([name_for_reads(question)])) == (200, {})

    # Control: anybody else's is one.
    readers[0].get(question.get_absolute_url(), cookie="yv_receipts=forged")
    readers[0].flush()
    assert reads.totals([name_for_reads(question)]) == {name_for_reads(question): 1}


def test_a_visitors_piece_is_the_houses_own_but_for_cookies(readers, client):
    """Byte for byte what Django says to somebody unknown, on every page with one."""
    build_house()
    question = ask(by=PersonFactory.create())
    answer(question, by=PersonFactory.create())
    for path in ("/me/bar/", f"/me{question.get_absolute_url()}"):
        ours = client.get(path, headers={"user-agent": "Mozilla/5.0"}, REMOTE_ADDR="198.51.100.7")
        kept = [readers[0].get(path) for _ in range(2)]

        assert [page["text"] for page in kept] == [ours.content.decode()] * 2, path
        assert kept[1]["drawn"] == kept[0]["drawn"]
        assert "csrf" not in kept[0]["text"]
        assert kept[0]["headers"]["cache-control"] == ours["Cache-Control"]


def test_a_kept_page_is_what_the_house_draws(readers, client, held_reads):
    """Whatever its address asks for: unknown parameters, orders, made-up values."""
    build_house()
    question = ask(by=PersonFactory.create())
    for n in range(3):
        answer(question, by=PersonFactory.create(), text=word(n))
    url = question.get_absolute_url()
    for path in (
        "/", "/?show=waiting", "/?field=work&show=hot", "/?show=hot&field=work&x=1", "/?show=x",
        "/?region=410100", "/orgs/", "/orgs/?kind=league", "/rates/", "/rates/?by=month",
        "/ledger/", "/ledger/?show=open", "/topics/", "/promises/", "/pulse/", "/about/",
        "/moderation/", "/moderation/?until=2026-03", url, f"{url}?after=9~9",
        f"{url}?of=1&comments=2", "/ledger/feed.atom",
    ):  # fmt: skip
        kept, ours = readers[0].get(path), client.get(path, headers={"host": "localhost"})
        assert kept["status"] == ours.status_code, path
        if ours.status_code == 200:
            assert kept["text"] == ours.content.decode(), path


def test_nobody_is_given_a_page_of_another_host_or_of_a_person(readers):
    build_house()
    question = ask(by=PersonFactory.create())
    reader = readers[0]

    assert reader.get("/", host="evil.example")["status"] == 400
    assert reader.get("/mine/", cookie="sessionid=x")["status"] == 302
    assert reader.get(f"/q/{question.pk + 999}/")["status"] == 404


class Stopped:
    """PostgreSQL, as far as the readers' database goes: nobody is let in, and all are put out."""

    def __init__(self):
        given = connection.get_connection_params()
        self.name = given["dbname"]
        keep = ("host", "port", "user", "password")
        self.door = psycopg.connect(
            dbname="postgres", autocommit=True, **{k: given[k] for k in keep if given.get(k)}
        )

    def allow(self, *, whether):
        name = sql.Identifier(self.name)
        how = sql.Literal(whether)
        self.door.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(name, how))

    def __enter__(self):
        connections.close_all()
        self.allow(whether=False)
        self.door.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self.name]
        )

    def __exit__(self, *problem):
        self.allow(whether=True)
        self.door.close()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a file can't be stopped")
def test_a_page_of_before_beats_an_error_while_the_database_is_away(readers):
    build_house()
    question = ask(by=PersonFactory.create())
    url, reader = question.get_absolute_url(), readers[0]
    before = reader.get(url)
    assert before["status"] == 200

    with Stopped():
        # What was kept is given; what must be drawn anew can't be, and its age is told.
        assert reader.get(url)["text"] == before["text"]
        surrogates.board().change([f"q{question.pk}"], at_once=False)
        time.sleep(1.1)
        found = reader.get(url)
        assert (found["status"], found["text"]) == (200, before["text"])
        assert int(found["headers"]["age"]) >= 1
        # What was never drawn, and what has left, is an error.
        assert reader.get("/topics/")["status"] >= 500
        surrogates.board().change([f"q{question.pk}"], at_once=True)
        assert reader.get(url)["status"] >= 500

    until = time.monotonic() + 20
    while (found := reader.get(url))["status"] >= 500 and time.monotonic() < until:
        time.sleep(0.1)
    assert (found["status"], "age" in found["headers"]) == (200, False)
