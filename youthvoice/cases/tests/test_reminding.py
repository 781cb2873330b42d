"""Who was told of what is late finds it at their desk and in a letter, and ticks it off."""

from datetime import timedelta

import pytest
from django.core import mail

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.cases import actions
from youthvoice.cases.actions import UnableToMove, reminding
from youthvoice.cases.models import Escalation, Notice
from youthvoice.cases.queries import NOTICES_SHOWN
from youthvoice.cases.tests.working import DAY, HOUR, claim, own
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
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
    monkeypatch.setattr(reminding, "_NAMED_MOST", 2)
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


# --- The desk ----------------------------------------------------------------------------


def desk(client, person):
    client.force_login(person)
    response = client.get("/desk/")
    assert response.status_code == 200
    return response


def test_the_desk_says_what_is_late_and_for_how_long(client, question, clerk, at):
    at(due(question) + 3 * HOUR)

    shown = desk(client, clerk).text

    assert "催办" in shown
    assert "3 小时" in shown
    assert f'href="/q/{question.pk}/"' in shown
    assert TITLE in shown


def test_it_is_at_nobody_elses_desk(client, house, question, at):
    at(due(question) + HOUR)

    assert "催办" not in desk(client, member(house.city)).text


def test_what_is_ticked_off_leaves_the_desk_and_comes_back_with_the_next_step(
    client, house, question, clerk, at
):
    Membership.objects.create(person=clerk, organisation=house.city, role=Role.LEAD)
    at(due(question) + HOUR)
    desk(client, clerk)

    response = client.post(f"/desk/late/{Notice.objects.get().pk}/seen/")

    assert (response.status_code, response.url) == (302, "/desk/")
    assert "催办" not in desk(client, clerk).text
    entry = Entry.objects.get(verb="case.late_seen")
    assert (entry.actor, entry.data["question"]) == (clerk.pk, question.pk)
    client.post(f"/desk/late/{Notice.objects.get().pk}/seen/")
    assert Entry.objects.filter(verb="case.late_seen").count() == 1

    actions.escalate_due(at=due(question) + 2 * HOUR)
    at(due(question) + 2 * HOUR)
    assert len(desk(client, clerk).context["notices"]) == 1


def test_who_was_told_twice_of_one_has_one_line_and_ticks_off_both(
    client, house, question, clerk, at
):
    Membership.objects.create(person=clerk, organisation=house.city, role=Role.LEAD)
    actions.escalate_due(at=due(question) + 2 * HOUR)
    at(due(question) + 3 * HOUR)

    (notice,) = desk(client, clerk).context["notices"]
    assert notice.rung == 1
    client.post(f"/desk/late/{notice.pk}/seen/")

    assert Notice.objects.filter(seen_at=None).count() == 0


@pytest.mark.parametrize("act", ["claim", "answer", "ask_back"])
def test_who_acts_need_not_tick_it_off(client, house, question, clerk, at, act):
    when = due(question) + HOUR
    if act == "claim":
        claim(question, by=clerk, at=when)
    elif act == "answer":
        answer(question, by=clerk, organisation=house.city, at=when)
    else:
        actions.ask_back(lane=own(question), text="在哪个区？", by=clerk, at=when)
    at(when)

    assert desk(client, clerk).context["notices"] == []


def test_the_oldest_come_first_and_the_list_is_short(client, house, clerk, at):
    asked = [ask(at=MONDAY + timedelta(minutes=n)) for n in range(NOTICES_SHOWN + 2)]
    actions.escalate_due(at=due(asked[-1]))
    at(due(asked[-1]) + HOUR)

    response = desk(client, clerk)

    shown = [notice.lane.case.question_id for notice in response.context["notices"]]
    assert shown == [question.pk for question in asked[:NOTICES_SHOWN]]
    assert response.context["more_notices"]
    assert "还有更多" in response.text


def test_nobody_ticks_off_for_another(question):
    with pytest.raises(UnableToMove, match="不是给你的"):
        actions.tick_off(notice=Notice.objects.get(), by=PersonFactory(), at=MONDAY)


def test_notices_are_forgotten_and_no_step_is_told_again_for_it(question):
    at = due(question)

    assert actions.purge_notices(at=at + 30 * DAY) == 0
    assert actions.purge_notices(at=at + 31 * DAY) == 1
    assert Escalation.objects.count() == 1
    assert actions.escalate_due(at=at) == 0
