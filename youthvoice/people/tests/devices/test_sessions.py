"""Where somebody is signed in: what is kept of it, and how it is ended."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from tests.factories import MONDAY, PASSWORD, PersonFactory
from youthvoice.journal.models import Entry
from youthvoice.kit import clock
from youthvoice.people.devices import actions, rows
from youthvoice.people.devices.actions import purge
from youthvoice.people.devices.browsers import browser_of, device_of
from youthvoice.people.devices.queries import sign_ins_of
from youthvoice.people.devices.rows import marks_of
from youthvoice.people.devices.sessions import SessionStore, kept_as
from youthvoice.people.models import EndedSession, SignIn

pytestmark = pytest.mark.django_db
PAGE, END = "/accounts/sessions/", "/accounts/sessions/end/"
NEW_PASSWORD = "luoyang-shuixi-8"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1"
WECHAT = "Mozilla/5.0 (Linux; Android 13; Mobile) Chrome/107 Mobile Safari MicroMessenger/8.0"


@pytest.fixture
def person():
    return PersonFactory(username="xiaoli", email="xiaoli@example.cn")


def signed_in(agent=IPHONE):
    client = Client(headers={"User-Agent": agent})
    values = {"login": "xiaoli", "password": PASSWORD}
    assert client.post("/accounts/login/", values).status_code == 302
    return client


def is_in(client):
    return client.get("/mine/").status_code == 200


def test_the_page_tells_the_devices_in_plain_words(person):
    signed_in(WECHAT)
    client = signed_in()

    page = client.get(PAGE)

    assert [str(each["row"]) for each in page.context["rows"]] == [
        "苹果手机 · Safari",
        "安卓手机 · 微信",
    ]
    assert [each["is_current"] for each in page.context["rows"]] == [True, False]
    assert "就是这一台" in page.text
    assert "这周来过" in page.text


def test_neither_address_nor_agent_nor_time_of_day_is_kept(person):
    signed_in(WECHAT)

    (row,) = SignIn.objects.values()
    assert set(row) == {"id", "mark", "inside", "seen"}
    (inside,) = sign_ins_of(person)
    assert (inside.device, inside.browser) == ("android", "wechat")
    assert {inside.seen.weekday(), inside.since.weekday()} == {0}


def test_rows_of_one_person_have_nothing_in_common_without_the_key(person, settings):
    """Rows come in the order of acts: had they, those before public acts would name the others."""
    for agent in (WECHAT, IPHONE, IPHONE):
        signed_in(agent)

    rows = SignIn.objects.all()
    assert len({row.mark for row in rows}) == 3
    assert len({len(row.inside) for row in rows}) == 1
    assert len({row.inside[:90] for row in rows}) == 3
    assert len(sign_ins_of(person)) == 3
    settings.SECRET_KEY = "another key" * 8
    assert sign_ins_of(person) == []


def test_rows_of_others_are_never_found_among_ones_own(person):
    signed_in()
    row = SignIn.objects.get()
    stranger = PersonFactory()

    assert row.mark not in marks_of(stranger.pk)
    assert sign_ins_of(stranger) == []


def test_more_devices_than_marks_are_listed_all_the_same(person, monkeypatch):
    monkeypatch.setattr(rows, "_MARKS", 2)
    for _ in range(3):
        signed_in()

    assert len(sign_ins_of(person)) == 3


def test_a_form_that_is_sent_leaves_no_trace_in_the_list(person):
    client = signed_in()
    SignIn.objects.update(seen=MONDAY)

    client.get("/ask/")
    client.post("/ask/", {})

    assert SignIn.objects.get().seen == MONDAY.date()


def test_who_comes_again_is_written_later_with_the_others(person, monkeypatch):
    """At once, it would stand in the log of writes beside what they came for."""
    clients = [signed_in() for _ in range(3)]
    SignIn.objects.update(seen=MONDAY)
    began = clock.now()
    weeks = [[MONDAY.date()] * 3]

    for minutes, client in ((0, clients[0]), (59, clients[1]), (60, clients[2])):
        monkeypatch.setattr(clock, "now", lambda at=began + timedelta(minutes=minutes): at)
        client.get("/me/bar/")
        weeks.append(list(SignIn.objects.order_by("pk").values_list("seen", flat=True)))

    now = clock.week_of(began + timedelta(minutes=60))
    assert weeks[:3] == [[MONDAY.date()] * 3] * 3
    assert weeks[3] == [now, now, MONDAY.date()]


def test_one_device_is_signed_out(person):
    client, other, third = signed_in(), signed_in(WECHAT), signed_in()

    (row,) = (row for row in sign_ins_of(person) if row.device == "android")
    assert client.post(END, {"which": str(row.pk)}).status_code == 302

    assert (is_in(client), is_in(other), is_in(third)) == (True, False, True)
    assert list(Entry.objects.values_list("verb", flat=True)) == ["person.session_ended"]


def test_all_others_are_signed_out_listed_or_not(person):
    client, other, unlisted = signed_in(), signed_in(WECHAT), signed_in()
    SignIn.objects.filter(pk=unlisted.session["sign_in"]).delete()

    client.post(END, {"which": "others"})

    assert (is_in(client), is_in(other), is_in(unlisted)) == (True, False, False)
    assert [each["is_current"] for each in client.get(PAGE).context["rows"]] == [True]
    assert list(Entry.objects.values_list("verb", flat=True)) == ["person.sessions_ended"]


def test_nobody_ends_the_session_of_another(person):
    stranger = Client()
    stranger.force_login(PersonFactory())
    client = signed_in()
    (row,) = sign_ins_of(person)

    assert stranger.post(END, {"which": str(row.pk)}).status_code == 404
    assert is_in(client)


@pytest.mark.parametrize("which", ["", "0", "-1", "x", "9" * 18, "9" * 5000, "１", "\x00"])
def test_what_is_no_other_device_is_not_found(person, which):
    client = signed_in()

    assert client.post(END, {"which": which}).status_code == 404
    assert client.post(END, {"which": str(SignIn.objects.get().pk)}).status_code == 404
    assert is_in(client)


def test_signing_out_ends_the_session_at_once_and_takes_the_device_off_the_list(person):
    client, other = signed_in(), signed_in(WECHAT)
    cookie = client.cookies["sessionid"].value
    rows = list(Session.objects.values()), list(SignIn.objects.values())

    client.post("/accounts/logout/")

    client.cookies["sessionid"] = cookie
    assert (is_in(client), is_in(other)) == (False, True)
    assert [row.device for row in sign_ins_of(person)] == ["android"]
    # No row that came with the sign-in is touched: that would tie it to whatever was done last.
    assert rows == (list(Session.objects.values()), list(SignIn.objects.values()))
    ended = EndedSession.objects.get()
    assert cookie not in str((bytes(ended.mark), ended.inside))


def test_what_was_signed_out_of_is_dropped_with_others_and_its_mark_later(person, settings):
    one, two, three = signed_in(), signed_in(), signed_in(WECHAT)
    for client in (one, two):
        client.post("/accounts/logout/")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key" * 8
    now = clock.now()

    purge(at=now)

    assert list(Session.objects.values_list("pk", flat=True)) == [
        kept_as(three.session.session_key)
    ]
    assert (SignIn.objects.count(), EndedSession.objects.count()) == (1, 2)
    purge(at=now + timedelta(days=14))
    assert EndedSession.objects.count() == 0


def test_a_copy_opens_no_session(person):
    """Else our own pages would tell whose it is."""
    client = signed_in()
    row = Session.objects.get()

    assert is_in(client)
    assert row.pk == kept_as(client.cookies["sessionid"].value)
    for found in (row.pk, row.session_data):
        thief = Client()
        thief.cookies["sessionid"] = found
        assert not is_in(thief)


def test_a_session_that_says_more_is_as_long_as_the_others(person):
    """A length would tell the sign-in name's, and with it whose sessions are one's."""
    lengths = {
        len(SessionStore().encode({"username": "x" * n, "numbers": list(range(n))}))
        for n in (0, 3, 30, 60)
    }

    assert len(lengths) == 1


def test_a_session_from_before_is_listed_when_it_comes_again(person):
    client = signed_in()
    SignIn.objects.all().delete()

    assert len(client.get(PAGE).context["rows"]) == 1
    client.get("/me/bar/")
    assert SignIn.objects.count() == 1


def test_a_changed_password_ends_the_others_and_takes_them_off_the_list(person):
    client, other = signed_in(), signed_in(WECHAT)

    values = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post("/accounts/password/change/", values)

    assert (is_in(client), is_in(other)) == (True, False)
    assert [each["is_current"] for each in client.get(PAGE).context["rows"]] == [True]


def test_a_password_made_by_a_letter_ends_them_all(person):
    client, visitor = signed_in(), Client()
    visitor.post("/accounts/password/reset/", {"email": "xiaoli@example.cn"})
    link = next(w for w in mail.outbox[0].body.split() if "/password/reset/key/" in w)
    form = visitor.get(link, follow=True)
    visitor.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert not is_in(client)
    assert not SignIn.objects.exists()


def test_sessions_outlive_a_new_key_that_knows_the_old_one(person, settings):
    client = signed_in()
    client.post(END, {"which": "others"})
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key" * 8

    assert is_in(client)


def test_what_has_run_out_is_dropped(person):
    client = signed_in()
    kept, gone = SignIn.objects.get(), MONDAY
    SignIn.objects.create(mark="x", inside="x", seen=gone)
    Session.objects.create(session_key="y", session_data="", expire_date=MONDAY)

    purge(at=clock.now() + timedelta(days=13))

    assert list(SignIn.objects.all()) == [kept]
    assert list(Session.objects.values_list("pk", flat=True)) == [
        kept_as(client.session.session_key)
    ]


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_no_more_for_more_devices(person, many, django_assert_num_queries):
    for _ in range(many - 1):
        signed_in(WECHAT)
    client = signed_in()
    client.get(PAGE)

    with django_assert_num_queries(7):
        client.get(PAGE)


@pytest.mark.parametrize(
    ("agent", "device", "browser"),
    [
        ("", "other", "other"),
        (IPHONE, "iphone", "safari"),
        (WECHAT, "android", "wechat"),
        ("Mozilla/5.0 (iPad; CPU OS 16_0) CriOS/120 Safari/604.1", "tablet", "chrome"),
        ("Mozilla/5.0 (Linux; Android 12; SM-T500) Chrome/119 Safari", "tablet", "chrome"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "windows", "edge"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/17 Safari/605", "mac", "safari"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Firefox/120.0", "linux", "firefox"),
        ("Mozilla/5.0 (Linux; Android 13) MQQBrowser/14 Mobile Safari", "android", "qq"),
    ],
)
def test_devices_are_known_by_what_browsers_say(agent, device, browser):
    assert (device_of(agent), browser_of(agent)) == (device, browser)


@pytest.fixture(params=["delete", "flush"], ids=["signs in anew", "signs out"])
def end_under_way(monkeypatch, request):
    """Whoever asks from now on ends their session in another tab before the answer is ready."""

    def end(asked, person, *, at):
        asked.session.modified = True
        getattr(SessionStore(asked.session.session_key), request.param)()

    return lambda: monkeypatch.setattr(actions, "note", end)


def test_a_look_whose_session_ends_under_way_is_taken_once_more(person, end_under_way):
    client = signed_in()
    end_under_way()

    answer = client.get("/me/bar/?a=1")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/me/bar/?a=1"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "小李" not in client.get("/me/bar/").text
    assert not is_in(client)


def test_what_was_done_stands_though_the_session_ends_under_way(person, end_under_way):
    client = signed_in()
    end_under_way()

    answer = client.post("/accounts/profile/", {"nickname": "中牟小李"})

    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.nickname == "中牟小李"
    assert not is_in(client)
