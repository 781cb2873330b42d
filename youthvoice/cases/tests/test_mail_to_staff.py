"""Who was told of what is late finds it at their desk and in a letter, and ticks it off."""

from datetime import timedelta

import pytest
from django.core import mail

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.cases import actions
from youthvoice.cases.actions import UnableToMove, mail_to_staff
from youthvoice.cases.models import Escalation, Notice
from youthvoice.cases.tests.working import DAY, HOUR, claim, own
from youthvoice.questions import actions as questions

pytestmark = pytest.mark.django_db
SECONDS = timedelta(seconds=1)
TITLE = "公司不给交社保怎么办"


@pytest.fixture
def clerk(house):
    return member(house.city, email="clerk@mail.test")


@pytest.fixture
def question(house, clerk):
    """Late, and told."""
    made = ask(title=TITLE)
    actions.escalate_due(at=own(made).due_at)
    return made


def due(question):
    return own(question).due_at


# --- Letters -----------------------------------------------------------------------------


def test_a_letter_holds_numbers_and_links_and_no_word_of_the_question(question, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "voice.example.org", "localhost"]

    assert actions.send_reminders(at=due(question)) == 1
    assert actions.send_reminders(at=due(question) + HOUR) == 0

    (letter,) = mail.outbox
    assert letter.to == ["clerk@mail.test"]
    assert letter.subject.endswith("催办：1 个提问超时了")
    assert letter.body == (
        f"第 {question.pk} 号：http://voice.example.org/q/{question.pk}/\n"
        "都在你的办理页：http://voice.example.org/desk/"
    )


def test_what_is_due_to_one_person_is_one_letter(house, clerk, monkeypatch):
    monkeypatch.setattr(mail_to_staff, "_NAMED_MOST", 2)
    asked = [ask() for _ in range(3)]
    at = due(asked[0])
    actions.escalate_due(at=at)

    assert actions.send_reminders(at=at) == 3

    (letter,) = mail.outbox
    assert letter.subject.endswith("催办：3 个提问超时了")
    lines = letter.body.splitlines()
    assert [line[:1] for line in lines] == ["第", "第", "还", "都"]
    assert lines[2] == "还有 1 个。"


def test_a_letter_that_fails_is_tried_again_later(question, settings):
    at = due(question)
    settings.EMAIL_BACKEND = "no.such.Backend"
    assert actions.send_reminders(at=at) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert actions.send_reminders(at=at + 29 * SECONDS) == 0
    assert actions.send_reminders(at=at + 30 * SECONDS) == 1


def test_a_letter_is_given_up_in_the_end(question, settings):
    settings.EMAIL_BACKEND = "no.such.Backend"
    at = due(question)
    while Notice.objects.exclude(next_at=None).exists():
        actions.send_reminders(at=at)
        at += HOUR

    assert timedelta(hours=12) < at - due(question) < timedelta(hours=24)


def test_who_has_no_address_finds_it_at_the_desk_only(house):
    member(house.city)
    made = ask()
    actions.escalate_due(at=due(made))

    assert Notice.objects.get().next_at is None


@pytest.mark.parametrize("meanwhile", ["answered", "claimed", "ticked", "aside", "closed"])
def test_no_letter_goes_where_none_is_needed_any_more(house, question, clerk, meanwhile):
    at = due(question)
    if meanwhile == "answered":
        answer(question, by=clerk, organisation=house.city, at=at)
    elif meanwhile == "claimed":
        claim(question, by=clerk, at=at)
    elif meanwhile == "ticked":
        actions.tick_off(notice=Notice.objects.get(), by=clerk, at=at)
    elif meanwhile == "aside":
        questions.withhold_question(question=question, by=None, at=at)
    else:
        clerk.is_active = False
        clerk.save()

    assert actions.send_reminders(at=at) == 0
    assert mail.outbox == []
    assert Notice.objects.get().next_at is None


# --- Ticking off -------------------------------------------------------------------------


def test_nobody_ticks_off_for_another(question):
    with pytest.raises(UnableToMove, match="不是给你的"):
        actions.tick_off(notice=Notice.objects.get(), by=PersonFactory(), at=MONDAY)


def test_notices_are_forgotten_and_no_step_is_told_again_for_it(question):
    at = due(question)

    assert actions.purge_notices(at=at + 30 * DAY) == 0
    assert actions.purge_notices(at=at + 31 * DAY) == 1
    assert Escalation.objects.count() == 1
    assert actions.escalate_due(at=at) == 0
