"""Sessions of staff: led to their factor, ended when idle; and the demo's exception."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.test import Client

from tests.factories import PASSWORD, PersonFactory, answer, ask, member
from tests.signing_in import code_now, give_factor, use_factor, without_factor
from youthvoice.demo import policy as demo
from youthvoice.journal.models import Entry
from youthvoice.kit import clock
from youthvoice.orgs import policy, queries
from youthvoice.orgs.choices import Role
from youthvoice.orgs.middleware import COOKIE
from youthvoice.people.factors import factor

pytestmark = pytest.mark.django_db
AGAIN = "/accounts/2fa/reauthenticate/"


@pytest.fixture
def worker(house):
    return member(house.city, username="worker", nickname="小秦")


@pytest.fixture
def bare(client, worker):
    """A browser in which the worker is signed in without a factor."""
    without_factor(client, worker)
    return client


@pytest.fixture
def later(monkeypatch):
    """Moves the house's clock on."""

    def move(**kwargs):
        now = real() + timedelta(**kwargs)
        monkeypatch.setattr(clock, "now", lambda: now)

    real = clock.now
    return move


# --- Led to the factor ---------------------------------------------------------------------


def test_who_has_no_factor_is_led_to_set_one_up_and_on(bare):
    response = bare.get("/desk/?show=all")

    assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/")
    assert bare.session[factor.NEXT] == "/desk/?show=all"
    assert "多一步验证" in bare.get("/accounts/2fa/").text


def test_who_has_one_is_asked_for_it_and_led_on(bare, worker):
    authenticator = give_factor(worker)
    response = bare.get("/desk/")
    assert response["Location"] == f"{AGAIN}?next=%2Fdesk%2F"
    assert "只给工作人员看" in bare.get(response["Location"]).text

    done = bare.post(AGAIN, {"code": code_now(authenticator), "next": "/desk/"})

    assert (done.status_code, done["Location"]) == (302, "/desk/")
    assert bare.get("/desk/").status_code == 200


def test_the_factor_of_another_session_or_person_does_not_count(bare, house, worker):
    other = Client()
    other.force_login(worker)
    assert other.get("/desk/").status_code == 200
    assert bare.get("/desk/").status_code == 302

    colleague = member(house.city)
    use_factor(bare, give_factor(colleague))
    assert bare.get("/desk/").status_code == 302


def test_a_factor_that_was_taken_away_does_not_count(client, worker):
    client.force_login(worker)
    assert client.get("/desk/").status_code == 200

    Authenticator.objects.all().delete()

    assert client.get("/desk/")["Location"] == "/accounts/2fa/"


def test_a_form_that_is_refused_leads_back_to_its_page(bare, house, worker):
    official = answer(ask(), by=worker, organisation=house.city)
    path = f"/a/{official.pk}/edit/"

    for referer, wanted in [
        ("http://testserver/q/1/", "http://testserver/q/1/"),
        ("https://evil.example/", "/desk/"),
        ("", "/desk/"),
    ]:
        response = bare.post(path, {"text": "新的"}, headers={"Referer": referer})
        # From a page of ours the words come back, and the way stands beside them.
        way = response.get("Location") or response.context["there"]
        assert way == "/accounts/2fa/"
        assert (response.status_code == 403) is ("testserver" in referer)
        assert bare.session[factor.NEXT] == wanted
    official.refresh_from_db()
    assert official.text != "新的"


def test_until_then_they_are_an_ordinary_person(bare, house, worker, held_reads):
    question = ask()

    assert bare.get(f"/q/{question.pk}/answer/").context["form"]
    assert "团郑州市委" not in bare.get(f"/me/q/{question.pk}/").text
    assert bare.get("/mine/").status_code == 200
    # But the way to the desk is shown.
    assert '"/desk/"' in bare.get("/me/bar/").text


def test_a_refusal_for_another_reason_stays_one(bare, client, house):
    client.force_login(PersonFactory())
    assert client.get("/desk/").status_code == 403

    without_factor(bare, member(house.line))
    assert bare.get("/desk/tuan-410100/").status_code == 403


def test_an_operator_is_led_from_the_admin_and_back_to_its_page(client, house):
    without_factor(client, member(house.province, Role.OPERATOR))

    for path in ("/admin/", "/admin/orgs/region/?q=1"):
        assert client.get(path)["Location"] == "/accounts/2fa/"
        assert client.session[factor.NEXT] == path
    assert client.get("/admin/login/")["Location"] == "/accounts/2fa/"


def test_rules_look_at_the_session_whichever_row_they_are_given(rf, worker):
    """And at no other person's, and at none outside of a request."""
    request = rf.get("/desk/")
    request.session = SessionStore()
    request.user = type(worker).objects.get(pk=worker.pk)
    colleague = member(worker.memberships.get().organisation)
    with factor.bound(request):
        assert policy.is_staff(worker), "nothing has looked at the session"
        request.session.get("x")
        assert not policy.is_staff(worker)
        assert not policy.is_staff(type(worker).objects.get(pk=worker.pk))
        assert queries.memberships_of(worker) == []
        assert policy.is_staff(colleague)
        assert policy.is_counted_as_staff(worker)
    assert policy.is_staff(worker)
    assert not policy.is_counted_as_staff(AnonymousUser())


# --- Idle ----------------------------------------------------------------------------------


@pytest.fixture
def at_work(client, worker):
    client.force_login(worker)
    return client


def test_a_session_of_staff_ends_when_nothing_is_done(at_work, later):
    assert at_work.get("/desk/").status_code == 200
    later(minutes=31)

    response = at_work.get("/desk/", follow=True)

    assert response.request["PATH_INFO"] == "/accounts/login/"
    assert "你有 30 分钟没有操作" in response.text
    assert "_auth_user_id" not in at_work.session


def test_a_session_in_use_goes_on(at_work, later):
    for minutes in (20, 40, 60, 80):
        later(minutes=minutes)
        assert at_work.get("/me/bar/").status_code == 200
    assert at_work.get("/desk/").status_code == 200


def test_without_the_cookie_the_sign_in_counts(at_work, later):
    del_cookie = at_work.cookies.pop
    later(minutes=29)
    del_cookie(COOKIE, None)
    assert at_work.get("/desk/").status_code == 200
    later(minutes=31)
    del_cookie(COOKIE, None)
    assert at_work.get("/desk/").status_code == 302


@pytest.mark.parametrize("value", ["", "x", "x:y", "a.1:b"])
def test_a_forged_cookie_keeps_nobody_awake(at_work, later, value):
    later(minutes=31)
    at_work.cookies[COOKIE] = value

    assert at_work.get("/desk/").status_code == 302


def test_without_factor_and_cookie_nobody_stays(bare):
    del bare.cookies[COOKIE]

    assert bare.get("/mine/").status_code == 302


def test_the_cookie_of_another_session_keeps_nobody_awake(at_work, house, later):
    later(minutes=31)
    other = Client()
    other.force_login(member(house.line))
    other.get("/desk/")
    at_work.cookies[COOKIE] = other.cookies[COOKIE].value

    assert at_work.get("/desk/").status_code == 302


def test_staff_without_a_factor_sleep_too(bare, later):
    later(minutes=31)

    assert bare.get("/mine/").status_code == 302


def test_young_people_stay_with_a_factor_or_without(client, later):
    person, other = PersonFactory(), Client()
    without_factor(client, person)
    without_factor(other, PersonFactory())
    use_factor(client, give_factor(person))
    later(minutes=31)

    assert client.get("/mine/").status_code == 200
    assert other.get("/mine/").status_code == 200
    assert COOKIE not in other.cookies


def test_nothing_in_the_database_tells_when_a_page_was_looked_at(at_work, later):
    at_work.get("/desk/")
    before = dict(at_work.session.items())
    later(minutes=9)

    at_work.get("/desk/")

    assert dict(at_work.session.items()) == before
    cookie = at_work.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_public_pages_know_nothing_of_it(at_work, later, held_reads):
    later(minutes=31)

    response = at_work.get("/about/")

    assert (response.status_code, response.cookies) == (200, {})


# --- Lost ----------------------------------------------------------------------------------


def reset(client, *people):
    values = {"action": "reset_factor", "_selected_action": [p.pk for p in people]}
    return client.post("/admin/people/user/", values, follow=True)


def test_another_operator_resets_a_lost_factor(client, house, worker):
    operator = member(house.province, Role.OPERATOR)
    worker.email = "worker@example.cn"
    worker.save()
    client.force_login(operator)
    phone = Client()
    phone.force_login(worker)

    assert "重置好了" in reset(client, worker).text

    assert not Authenticator.objects.filter(user=worker).exists()
    assert phone.get("/mine/").status_code == 302
    assert [letter.to for letter in mail.outbox] == [["worker@example.cn"]]
    entry = Entry.objects.get(verb="person.factor_reset")
    assert (entry.subject, entry.actor) == (f"people.user:{worker.pk}", operator.pk)


def test_nobody_resets_their_own_or_several_or_nothing(client, house, worker):
    operator = member(house.province, Role.OPERATOR)
    client.force_login(operator)
    give_factor(worker)

    assert "自己的第二步验证不能自己重置" in reset(client, operator).text
    assert "一次只能重置一个人的" in reset(client, operator, worker).text
    assert "没有设置第二步验证" in reset(client, PersonFactory()).text
    assert Authenticator.objects.count() == 2
    assert not Entry.objects.filter(verb="person.factor_reset").exists()


# --- The demo ------------------------------------------------------------------------------


@pytest.fixture
def demo_session(client, worker, monkeypatch):
    without_factor(client, worker)
    session = client.session
    session["demo"] = True
    session.save()
    monkeypatch.setattr(demo, "is_loaded", lambda: True)
    return client


def test_a_demo_session_needs_no_factor_and_does_not_sleep(demo_session, later):
    assert demo_session.get("/desk/", headers={"host": "localhost"}).status_code == 200
    later(minutes=31)
    assert demo_session.get("/desk/", headers={"host": "localhost"}).status_code == 200


def test_once_the_house_is_reached_otherwise_it_is_worth_nothing(demo_session, settings):
    settings.TRUSTED_PROXIES = 1

    response = demo_session.get("/desk/", headers={"host": "localhost"})

    assert response["Location"] == "/accounts/2fa/"


def test_from_another_machine_it_is_worth_nothing(demo_session):
    far = {"REMOTE_ADDR": "203.0.113.5"}

    assert demo_session.get("/desk/", headers={"host": "localhost"}, **far).status_code == 302


def test_the_mark_of_the_demo_alone_is_worth_nothing(client, worker):
    without_factor(client, worker)
    session = client.session
    session["demo"] = True
    session.save()

    assert client.get("/desk/", headers={"host": "localhost"}).status_code == 302


def test_the_password_of_staff_alone_opens_no_desk(client, worker):
    client.post("/accounts/login/", {"login": "worker", "password": PASSWORD})

    assert client.get("/desk/")["Location"] == "/accounts/2fa/"
