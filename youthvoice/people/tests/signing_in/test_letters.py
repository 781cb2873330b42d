"""Letters go by the worker: what stands in its table, and what happens when the mail is away."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.factories import PASSWORD, SIGN_UP, PersonFactory
from youthvoice.clock import actions as clock_actions
from youthvoice.clock import registry
from youthvoice.kit import clock
from youthvoice.limits.choices import What
from youthvoice.limits.tests.filling import fill_up
from youthvoice.people.models import User
from youthvoice.people.signing_in import tasks

pytestmark = pytest.mark.django_db
EMAIL = "known@example.cn"


@pytest.fixture
def _queue(settings):
    """Tasks wait for the worker, as in a house that runs."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def person():
    return PersonFactory(username="known", email=EMAIL)


def reset(email=EMAIL, **kwargs):
    return Client().post("/accounts/password/reset/", {"email": email}, **kwargs)


def sign_up(email="fresh@example.cn"):
    form = {"username": "fresh", "nickname": "小李", **SIGN_UP}
    form |= {"password1": PASSWORD, "password2": PASSWORD}
    Client().post("/accounts/signup/", form | {"email": email})
    return User.objects.get(username="fresh")


def rows():
    return [
        (row.task_path.rpartition(".")[2], row.status, row.args_kwargs["kwargs"])
        for row in DBTaskResult.objects.order_by("enqueued_at")
    ]


@pytest.mark.usefixtures("_queue")
def test_what_waits_names_no_account_and_holds_no_key(person):
    reset()
    made = sign_up()

    assert mail.outbox == []
    address = made.emailaddress_set.get()
    origin = "http://testserver"
    assert rows() == [
        ("send_reset", "READY", {"email": EMAIL, "origin": origin}),
        (
            "send_confirmation",
            "READY",
            {"address_id": address.pk, "signup": True, "origin": origin},
        ),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_queue")
def test_the_worker_sends_them_and_their_rows_go(person):
    reset()
    reset("nobody@example.cn")
    sign_up()
    call_command("worker", "--once")

    assert [letter.to for letter in mail.outbox] == [
        [EMAIL], ["nobody@example.cn"], ["fresh@example.cn"]
    ]  # fmt: skip
    assert "http://testserver/accounts/password/reset/key/" in mail.outbox[0].body
    assert "http://testserver/accounts/confirm-email/" in mail.outbox[2].body
    assert {status for _, status, _ in rows()} == {"SUCCESSFUL"}

    clock_actions.forget_tasks(at=clock.now() + timedelta(minutes=9))
    assert DBTaskResult.objects.count() == 3
    clock_actions.forget_tasks(at=clock.now() + timedelta(minutes=11))
    assert DBTaskResult.objects.count() == 0
    assert "tasks.forget" in {step.name for step in registry.steps()}


def test_what_failed_stays_a_day_and_what_waits_stays():
    now = clock.now()
    for status, finished in (("FAILED", now), ("READY", None)):
        DBTaskResult.objects.create(
            status=status, finished_at=finished, task_path="a.b", queue_name="default",
            backend_name="default", args_kwargs={"args": [], "kwargs": {}}, exception_class_path="",
            traceback="", run_after=now,
        )  # fmt: skip

    clock_actions.forget_tasks(at=now + timedelta(hours=23))
    assert DBTaskResult.objects.count() == 2
    clock_actions.forget_tasks(at=now + timedelta(hours=25))
    assert [row.status for row in DBTaskResult.objects.all()] == ["READY"]


def test_links_are_those_of_the_address_that_was_asked(person, settings):
    settings.ALLOWED_HOSTS = ["voice.example.org"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    reset(headers={"host": "voice.example.org", "X-Forwarded-Proto": "https"})

    assert "https://voice.example.org/accounts/password/reset/key/" in mail.outbox[0].body


@pytest.mark.usefixtures("_queue")
def test_a_letter_that_could_not_be_sent_is_tried_three_times_more(person, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    before = clock.now()
    for tries in range(3):
        tasks.send_reset.func(EMAIL, "http://testserver", tries)
    with pytest.raises(ConnectionRefusedError):
        tasks.send_reset.func(EMAIL, "http://testserver", 3)

    again = list(DBTaskResult.objects.order_by("run_after"))
    assert [row.args_kwargs["kwargs"]["tries"] for row in again] == [1, 2, 3]
    waits = [round((row.run_after - before).total_seconds() / 60) for row in again]
    assert waits == [1, 5, 25]


def test_an_address_that_is_gone_gets_no_letter(person):
    tasks.send_confirmation.func(0, True, "http://testserver")
    tasks.send_reset.func("no address", "http://testserver")

    assert mail.outbox == []


def test_nobody_is_flooded_by_others_who_sign_up_with_their_address():
    fill_up(What.LETTER, "fresh@example.cn")

    made = sign_up("Fresh@Example.cn")

    assert (mail.outbox, made.email) == ([], "fresh@example.cn")
    assert EmailAddress.objects.get().user == made
