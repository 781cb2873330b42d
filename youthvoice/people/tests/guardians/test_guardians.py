"""A child under 14 writes under a name only when a guardian has said yes."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from tests.factories import MONDAY, PASSWORD, PersonFactory, ask
from youthvoice.clock import registry
from youthvoice.journal.models import Entry
from youthvoice.kit.clock import start_of_day
from youthvoice.limits.choices import LIMITS, What
from youthvoice.limits.tests.filling import rows
from youthvoice.people import policy
from youthvoice.people.actions import give_consents, say_age
from youthvoice.people.choices import VERSIONS, AgeBand, Document, Version
from youthvoice.people.guardians import actions, queries
from youthvoice.people.models import Guardianship, User
from youthvoice.people.queries import hash_of
from youthvoice.people.tests.test_sign_up import refusals, sign_up
from youthvoice.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_reads")]
MUM = "mum@example.cn"


@pytest.fixture
def at(monkeypatch):
    """Sets the clock; it begins on Monday."""

    def set_clock(moment):
        monkeypatch.setattr("youthvoice.kit.clock.now", lambda: moment)

    set_clock(MONDAY)
    return set_clock


@pytest.fixture
def child(client, at):
    """Has signed up, is signed in, and the letter is on its way."""
    sign_up(client, nickname="小雨点", age_band="under-14", guardian=MUM)
    return User.objects.get()


def link(letter=-1):
    return re.search(r"https?://testserver(/guardian/\S+)", mail.outbox[letter].body)[1]


def verbs():
    rows = Entry.objects.filter(verb__startswith="guardian.").order_by("seq")
    return list(rows.values_list("verb", flat=True))


def write(client):
    """Whether the child may write under its name."""
    words = {"kind": "help", "field": "life", "title": "操场什么时候开", "text": "想踢球。",
             "name_choice": "named", "key": "8" * 32}  # fmt: skip
    return client.post("/ask/", words).status_code


# --- Asking ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "mum", "mum@"])
def test_the_youngest_must_say_how_a_guardian_is_reached(client, address):
    assert list(refusals(sign_up(client, age_band="under-14", guardian=address))) == ["guardian"]
    assert not User.objects.exists()


def test_others_addresses_are_not_kept_even_if_typed(client):
    sign_up(client, age_band="14-17", guardian=MUM)

    assert not Guardianship.objects.exists()
    assert mail.outbox == []


def test_the_letter_holds_a_link_and_nothing_that_the_child_wrote(client, child):
    (letter,) = mail.outbox

    assert letter.to == [MUM]
    assert "小雨点" not in letter.body + letter.subject
    assert client.get(link()).status_code == 200


def test_the_link_is_stored_nowhere_and_the_journal_names_no_address(child):
    token = link().split("/")[2]

    row = Guardianship.objects.get()
    assert token not in repr(vars(row))
    assert row.token_hash == hash_of(token)
    assert row.erase_at == start_of_day(MONDAY + timedelta(days=30))
    assert not Entry.objects.filter(verb="guardian.asked").exists()


def test_who_signs_up_is_told_what_happens_now(client, at):
    response = sign_up(client, age_band="under-14", guardian=MUM)

    assert response.headers["Location"] == "/accounts/guardian/"
    page = client.get("/accounts/guardian/").text
    assert MUM in page
    assert "7 天内有效" in page
    assert "2026年4月1日" in page
    assert "还在等监护人同意" in client.get("/accounts/profile/").text
    assert "还在等监护人同意" in client.get("/accounts/consents/").text


def test_until_then_it_reads_and_asks_without_a_name(house, client, child):
    question = ask()

    assert client.get(f"/q/{question.pk}/").status_code == 200
    assert write(client) == 403
    nameless = {"kind": "help", "field": "life", "title": "操场什么时候开", "text": "想踢球。",
                "name_choice": "nameless", "key": "9" * 32}  # fmt: skip
    assert client.post("/ask/", nameless).status_code == 200
    assert Question.objects.filter(author=None, title="操场什么时候开").exists()
    assert not Question.objects.filter(author=child).exists()


def test_another_letter_makes_the_first_link_useless(client, child):
    first = link()
    page = client.post("/accounts/guardian/", {"address": "DAD@example.cn"}, follow=True).text

    assert "信发出去了。" in page
    assert mail.outbox[-1].to == ["dad@example.cn"]
    assert [client.get(where).status_code for where in (first, link())] == [404, 200]


def test_letters_are_limited_by_account_and_by_address(client, child):
    statuses = [client.post("/accounts/guardian/", {"address": MUM}).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]
    assert len(mail.outbox) == 3

    client.logout()
    other = sign_up(client, username="second", age_band="under-14", guardian=MUM)
    assert other.headers["Location"] == "/accounts/guardian/"
    assert "信还没有发出去" in client.get("/accounts/guardian/").text
    assert len(mail.outbox) == 3
    assert LIMITS[What.GUARDIAN].most == 3
    assert len(rows()) >= 2


def test_a_mail_server_that_is_down_is_told(client, child, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    page = client.post("/accounts/guardian/", {"address": MUM}, follow=True).text

    assert "信没有发出去。" in page


@pytest.mark.parametrize("address", ["", "no address", "a\x00@example.cn"])
def test_what_is_no_address_is_refused(client, child, address):
    assert client.post("/accounts/guardian/", {"address": address}).status_code == 422


def test_who_needs_no_guardian_has_no_such_page(client):
    person = PersonFactory()
    client.force_login(person)

    assert client.get("/accounts/guardian/").headers["Location"] == "/accounts/profile/"
    with pytest.raises(actions.UnableToAskGuardian):
        actions.ask_guardian(person=person, address=MUM, at=MONDAY)


# --- Answering ---------------------------------------------------------------------------


def test_the_page_tells_what_the_child_wants_and_looking_changes_nothing(client, child):
    client.logout()
    page = client.get(link()).text

    assert "小雨点" in page
    assert "xiaoli" not in page  # the sign-in name
    assert 'href="/rules/"' in page
    assert 'href="/privacy/"' in page
    assert policy.waits_for_guardian(child)


def test_yes_lets_the_child_write_and_the_address_goes(house, client, child):
    answer = client.post(link(), {"answer": "yes"})

    assert "记下了，您同意" in answer.text
    assert write(client) == 200
    row = Guardianship.objects.get()
    assert (row.address, row.token_hash) == ("", None)
    assert (row.sent_at, row.erase_at) == (None, None)
    assert (row.agreed_at, len(row.address_proof)) == (start_of_day(MONDAY), 64)
    assert MUM not in row.address_proof
    assert verbs() == ["guardian.agreed"]
    assert Entry.objects.get(verb="guardian.agreed").actor is None


def test_no_erases_the_account(client, child):
    answer = client.post(link(), {"answer": "no"})

    assert "账号已经抹去" in answer.text
    assert not User.objects.exists()
    assert not Guardianship.objects.exists()
    assert verbs() == ["guardian.refused"]
    assert "登录" in client.get("/me/bar/").text


def test_a_link_answers_once(client, child):
    where = link()
    client.post(where, {"answer": "yes"})

    assert client.get(where).status_code == 404
    again = client.post(where, {"answer": "no"})
    assert (again.status_code, User.objects.count()) == (404, 1)


@pytest.mark.parametrize("body", [{}, {"answer": "maybe"}])
def test_an_answer_that_is_neither_is_none(client, child, body):
    assert client.post(link(), body).status_code == 422
    assert policy.waits_for_guardian(child)


@pytest.mark.parametrize(
    ("days", "status"), [(6, 200), (7, 404), (8, 404)], ids=["six", "seven", "eight"]
)
def test_a_link_opens_for_seven_days(client, child, at, days, status):
    at(MONDAY + timedelta(days=days))

    assert client.get(link()).status_code == status
    assert client.post(link(), {"answer": "no"}).status_code == status


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "💥", "%ED%A0%80"])
def test_a_made_up_link_opens_nothing(client, child, token):
    assert client.get(f"/guardian/{token}/").status_code in {400, 404}


def test_of_two_answers_at_once_the_first_one_holds(child, monkeypatch):
    """Both have found the link open; the other one was quicker to use it up."""
    token = link().split("/")[2]
    found = queries.asked_guardian(token, at=MONDAY)
    assert actions.answer_as_guardian(token=token, agrees=True, at=MONDAY)
    monkeypatch.setattr(queries, "asked_guardian", lambda token, at: found)

    assert not actions.answer_as_guardian(token=token, agrees=False, at=MONDAY)
    assert User.objects.filter(pk=child.pk).exists()


def test_a_new_version_of_the_privacy_page_asks_the_guardian_anew(house, client, child,
                                                                  monkeypatch):  # fmt: skip
    client.post(link(), {"answer": "yes"})
    monkeypatch.setitem(VERSIONS, Document.PRIVACY, Version("2027-01-01", "x"))

    assert write(client) == 403
    assert "信还没有发出去" in client.get("/accounts/guardian/").text
    client.post("/accounts/guardian/", {"address": MUM})
    client.post(link(), {"answer": "yes"})
    give_consents(person=child, what=Document, at=MONDAY)
    assert write(client) == 200
    # Nobody is erased for having agreed to the version before.
    assert Guardianship.objects.get().erase_at is None


# --- No answer ---------------------------------------------------------------------------


def test_silence_erases_after_thirty_days(child):
    due = MONDAY + timedelta(days=30)
    other = PersonFactory()

    due = start_of_day(due)
    assert actions.erase_unanswered(at=due - timedelta(seconds=1)) == 0
    assert actions.erase_unanswered(at=due) == 1
    assert list(User.objects.all()) == [other]
    assert verbs() == ["guardian.silent"]


def test_the_worker_does_it(child):
    (step,) = [s for s in registry.steps() if s.name == "people.guardians"]

    step.work(at=MONDAY + timedelta(days=31))

    assert not User.objects.exists()


def test_an_answer_in_between_saves_the_account(child, monkeypatch):
    client_token = link().split("/")[2]
    real = queries.unanswered

    def slow(*, at):
        found = list(real(at=at))
        actions.answer_as_guardian(token=client_token, agrees=True, at=MONDAY)
        monkeypatch.setattr(queries, "unanswered", real)
        return found

    monkeypatch.setattr(queries, "unanswered", slow)

    assert actions.erase_unanswered(at=MONDAY + timedelta(days=31)) == 0
    assert User.objects.filter(pk=child.pk).exists()


def test_who_has_written_before_leaves_words_without_a_name(house, client):
    """Somebody with an account of earlier years says only now that they are under 14."""
    person = PersonFactory(nickname="小雨点", username="xiaoyu", email="rain@example.cn")
    question = ask(by=person, text="老问题。")
    person.refresh_from_db()
    say_age(person=person, band=AgeBand.UNDER_14, at=MONDAY)

    actions.erase_unanswered(at=MONDAY + timedelta(days=30))

    person.refresh_from_db()
    assert (person.username, person.email, person.is_active) == (f"erased:{person.pk}", "", False)
    assert not person.check_password(PASSWORD)
    assert "小雨点" not in client.get(f"/q/{question.pk}/").text
    assert not Guardianship.objects.exists()
