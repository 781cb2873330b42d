"""A signed-in person's own pieces: kept a moment for their browser, and never past a change."""

import time

import pytest
from django.db import connection, transaction

from tests.factories import MONDAY, PASSWORD, PersonFactory, answer, ask, build_house, member
from tests.pages.browsing import BAR, PHONE, Browser, in_time
from youthvoice.journal.actions import record
from youthvoice.kit import holdings
from youthvoice.kit.holdings import Leaver
from youthvoice.orgs.actions import join
from youthvoice.orgs.choices import Role
from youthvoice.people.actions import rename
from youthvoice.people.devices.queries import sign_ins_of
from youthvoice.people.models import User
from youthvoice.questions import actions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.queries import name_for_reads
from youthvoice.reads import queries as reads
from youthvoice.reads.choices import Audience
from youthvoice.yours.actions import leave

pytestmark = [pytest.mark.databases, pytest.mark.django_db(transaction=True)]

NAME = "中牟小李"


@pytest.fixture
def house(readers):
    return build_house()


@pytest.fixture
def person(house):
    return PersonFactory.create(nickname=NAME)


def piece_of(question):
    return f"/me{question.get_absolute_url()}"


def test_it_is_what_django_draws_and_nobody_elses(readers, person):
    question = ask(by=PersonFactory.create())
    other = PersonFactory.create(nickname="洛阳小王")
    browsers = [Browser(person), Browser(other)]
    for path in (BAR, piece_of(question)):
        for reader in readers:
            found = [browser.knows(reader, path)["text"] for browser in browsers]
            again = [browser.looks(reader, path)["text"] for browser in browsers]
            assert found == again
            if path == BAR:
                assert [NAME in text for text in found] == [True, False]
                assert found == [browser.client.get(BAR).text for browser in browsers]
            assert NAME not in reader.get(path)["text"]
            assert NAME not in reader.get(path, cookie="sessionid=madeup")["text"]


class Ways:
    """What changes a person or their session, away from the browser that has the piece kept."""

    def __init__(self, person, house):
        self.person, self.house = person, house

    def renamed(self):
        rename(person=self.person, nickname="郑州小张", at=MONDAY)

    def given_a_role(self):
        join(person=self.person, organisation=self.house.city, role=Role.LEAD, by=None, at=MONDAY)

    def suspended(self):
        operator = member(self.house.province, Role.OPERATOR)
        with transaction.atomic():
            User.objects.filter(pk=self.person.pk).update(is_active=False)
            record("admin.changed", subject=self.person, actor=operator, at=MONDAY)

    def leaving(self):
        leave(person=self.person, answers_too=False, at=MONDAY)

    def erased(self):
        holdings.erase([Leaver(self.person.pk)], at=MONDAY)

    def password_changed(self):
        given = {"oldpassword": PASSWORD, "password1": "luoyang-shuixi-8"}
        given["password2"] = given["password1"]
        assert Browser(self.person).sends("/accounts/password/change/", given).status_code == 302

    def signed_out_elsewhere(self):
        assert Browser(self.person).sends("/accounts/sessions/end/", {"which": "others"})

    def this_device_signed_out(self):
        for row in sign_ins_of(self.person):
            other = Browser(self.person)
            other.sends("/accounts/sessions/end/", {"which": str(row.pk)})


@pytest.mark.parametrize("way", [name for name in vars(Ways) if not name.startswith("_")])
def test_after_a_change_no_process_gives_what_was_kept(readers, person, house, way):
    browser = Browser(person)
    for reader in readers:
        assert NAME in browser.knows(reader, BAR)["text"]
    before = browser.looks(readers[0], BAR)["text"]

    getattr(Ways(person, house), way)()

    for reader in readers:
        assert in_time(lambda reader=reader: browser.looks(reader, BAR)["text"] != before), way
        text = browser.looks(reader, BAR)["text"]
        assert (NAME in text) is (way == "given_a_role"), way


def test_after_signing_out_also_its_old_cookies_open_nothing(readers, person):
    browser = Browser(person)
    for reader in readers:
        assert NAME in browser.knows(reader, BAR)["text"]
    old = browser.cookies

    browser.sends("/accounts/logout/")

    for reader in readers:
        assert NAME not in browser.looks(reader, BAR)["text"]
        assert in_time(lambda reader=reader: NAME not in reader.get(BAR, cookie=old)["text"])


def test_what_a_browser_has_just_sent_is_on_what_it_reads_next(readers, person):
    question = ask(by=PersonFactory.create())
    said = answer(question, by=PersonFactory.create())
    piece, browser = piece_of(question), Browser(person)

    def reads():
        browser.rests()
        return [browser.looks(reader, piece)["text"] for reader in readers]

    for reader in readers:
        assert "我也想问" in browser.knows(reader, piece)["text"]
    browser.sends(f"/q/{question.pk}/follow/")
    assert all("你也想问" in text for text in reads())
    browser.sends(f"/q/{question.pk}/follow/", {"undo": "1"})
    assert all("我也想问" in text for text in reads())
    browser.sends(f"/a/{said.pk}/useful/")
    assert all('aria-pressed="true"' in text for text in reads())
    browser.sends(f"/q/{question.pk}/comment/", {"text": "我也是这样。"})
    assert all("/c/" in text for text in reads())


def test_what_is_refused_may_have_changed_a_session_too(readers, person):
    question = ask(by=PersonFactory.create())
    piece, browser = piece_of(question), Browser(person)
    kept = browser.knows(readers[0], piece)["text"]

    assert browser.sends(f"/q/{question.pk}/comment/", {"text": ""}).status_code == 422

    assert "yv_wrote" not in browser.client.cookies
    # Its token is masked anew with each drawing.
    assert browser.looks(readers[0], piece)["text"] != kept


def test_what_others_do_is_there_within_two_seconds_and_what_leaves_at_once(readers, person, house):
    question = ask(by=PersonFactory.create())
    piece, browser = piece_of(question), Browser(person)
    for reader in readers:
        assert "/useful/" not in browser.knows(reader, piece)["text"]

    said = answer(question, by=PersonFactory.create())
    until = time.monotonic() + 2
    waiting = list(readers)
    while waiting and time.monotonic() < until:
        waiting = [one for one in waiting if "/useful/" not in browser.looks(one, piece)["text"]]
    assert not waiting

    for reader in readers:
        browser.knows(reader, piece)
    actions.hide(words=said, reason=HideReason.ABUSE, by=member(house.province), at=MONDAY)
    for reader in readers:
        assert in_time(lambda reader=reader: "/useful/" not in browser.looks(reader, piece)["text"])


def test_what_is_said_once_is_said_once(readers, person):
    browser = Browser(person)
    browser.knows(readers[0], BAR)
    browser.sends("/accounts/profile/", {"nickname": "郑州小张"})
    browser.client.cookies.pop("yv_wrote")
    assert "messages" in browser.client.cookies

    told = browser.looks(readers[0], BAR)
    assert 'id="said"' in told["text"]
    assert "messages=" in told["headers"]["set-cookie"]
    browser.rests()
    assert [
        'id="said"' in browser.looks(reader, BAR)["text"] for reader in (*readers, *readers)
    ] == [False] * 4


def test_what_sets_a_cookie_is_not_kept(readers, person):
    browser = Browser(person)
    browser.client.cookies.pop("yv_reader")

    found = [browser.looks(readers[0], BAR) for _ in range(3)]

    given = {page["headers"]["set-cookie"].partition(";")[0] for page in found}
    assert len(given) == 3
    assert all(cookie.strip().startswith("yv_reader=") for cookie in given)


def test_a_token_of_a_kept_piece_is_taken_as_any_other(readers, person):
    question = ask(by=PersonFactory.create())
    piece, browser = piece_of(question), Browser(person, enforce_csrf_checks=True)
    text = browser.knows(readers[0], piece)["text"]
    token = text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert len(token) == 64

    assert browser.sends(f"/q/{question.pk}/follow/").status_code == 403
    taken = browser.sends(f"/q/{question.pk}/follow/", {"csrfmiddlewaretoken": token})

    assert taken.status_code == 302


def test_many_at_once_of_one_browser_are_one_drawing(readers, person):
    piece, browser = piece_of(ask(by=PersonFactory.create())), Browser(person)
    browser.client.get(piece)
    before = readers[0].get("/about/")["drawn"]

    found = readers[0].get_all([piece] * 20, cookie=browser.cookies)

    assert {page["status"] for page in found} == {200}
    assert len({page["text"] for page in found}) == 1
    assert found[0]["drawn"] == before + 1


def test_of_staff_nothing_is_drawn_for_keeping(readers, house):
    piece = piece_of(ask(by=PersonFactory.create()))
    for role in (Role.ANSWERER, Role.OPERATOR):
        browser = Browser(member(house.city, role))
        before = readers[0].get("/about/")["drawn"]
        for path in (BAR, piece):
            browser.client.get(path)
            found = [browser.looks(readers[0], path) for _ in range(3)]
            assert {page["drawn"] for page in found} == {before}, role
        assert len({page["text"] for page in found}) == 3


def test_whoever_holds_a_receipt_is_left_to_django(readers, person):
    question = ask()
    browser = Browser(person)
    before = readers[0].get("/about/")["drawn"]
    browser.client.cookies["yv_receipts"] = "anything"

    assert {browser.looks(readers[0], piece_of(question))["drawn"] for _ in range(3)} == {before}


def test_reads_of_kept_pieces_count_as_others_do(readers, person, house):
    """Also an asker's own under their name; staff are told apart."""
    question, other = ask(by=person), ask(by=PersonFactory.create())
    browsers = [Browser(person), Browser(PersonFactory.create()), Browser(member(house.city))]
    for number, browser in enumerate(browsers):
        browser.client.cookies["csrftoken"] = f"{number}" * 32
        for asked in (question, other):
            for _ in range(3):
                browser.looks(readers[0], piece_of(asked), user_agent=f"{PHONE} {number}")
    readers[0].flush()

    names = [name_for_reads(asked) for asked in (question, other)]
    assert reads.totals(names) == dict.fromkeys(names, 2)
    assert reads.site_totals()[Audience.STAFF] == 2


def test_two_machines_know_each_others_sessions(readers, person):
    """A control of the tests above: the second process does keep pieces of its own."""
    browser = Browser(person)
    found = [browser.knows(reader, BAR) for reader in readers]
    assert [NAME in page["text"] for page in found] == [True, True]
    assert connection.vendor in ("sqlite", "postgresql")
