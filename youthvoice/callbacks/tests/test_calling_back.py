"""Asked back after 1 and 28 days: by letter, on the page, behind the receipt; and silence."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.callbacks import actions, queries
from youthvoice.callbacks.choices import Channel, Day
from youthvoice.callbacks.models import Callback
from youthvoice.cases.actions import UnableToMove
from youthvoice.cases.choices import State
from youthvoice.cases.tests.working import DAY, HOUR, case_of, words
from youthvoice.journal.models import Entry
from youthvoice.journal.queries import strays
from youthvoice.kit import holdings
from youthvoice.kit.clock import end_of_day, start_of_day
from youthvoice.kit.holdings import Leaver
from youthvoice.people.models import User
from youthvoice.promises import actions as promises
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason

pytestmark = pytest.mark.django_db
AT = MONDAY + HOUR


def answered(house, by=None, at=AT):
    question = ask(by=by)
    answer(question, by=member(house.city), organisation=house.city, at=at)
    return question


def with_address(**kwargs):
    person = PersonFactory(email="mail@mail.test", **kwargs)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def rows(question):
    found = Callback.objects.filter(case__question=question).order_by("round", "day")
    return [(row.round, row.day, row.opened_at is not None) for row in found]


def asked_now(question, at=AT + DAY):
    actions.open_due(at=at)
    found = queries.current(case_of(question), at=at)
    assert found is not None
    return found


def say(question, callback, *, at, by=None, channel=Channel.PAGE, **said):
    callback.case.question.refresh_from_db()
    actions.call_back(
        callback=callback, by=by or asker_of(question), channel=channel, at=at, **said
    )
    callback.refresh_from_db()


def mark(question, outcome, at):
    question.refresh_from_db()
    questions.mark_outcome(question=question, outcome=outcome, by=asker_of(question), at=at)


# --- When --------------------------------------------------------------------------------


def test_an_answer_plans_two_and_a_second_answer_none(house):
    question = answered(house)
    answer(question, by=member(house.city), organisation=house.city, at=AT + HOUR)

    planned = Callback.objects.filter(case__question=question).order_by("day")
    assert [(row.day, row.due_at) for row in planned] == [
        (1, AT + DAY),
        (Day.LATER, AT + Day.LATER * DAY),
    ]


def test_a_peers_answer_plans_none(house):
    question = ask()
    answer(question, by=PersonFactory())

    assert rows(question) == []


def test_they_are_opened_on_their_day_and_once(house):
    question = answered(house)

    assert actions.open_due(at=AT + DAY - HOUR) == 0
    assert actions.open_due(at=AT + DAY) == 1
    assert actions.open_due(at=AT + DAY) == 0
    assert rows(question) == [(1, 1, True), (1, Day.LATER, False)]
    assert Entry.objects.get(verb="case.call_back").actor is None


def test_the_index_finds_what_is_due_and_a_run_is_a_batch(house, monkeypatch):
    monkeypatch.setattr("youthvoice.callbacks.actions.calling_back._AT_ONCE", 2)
    for n in range(3):
        answered(house, at=AT + n * HOUR)

    assert [actions.open_due(at=AT + 2 * DAY) for _ in range(3)] == [2, 1, 0]


@pytest.mark.parametrize("what", ["withheld", "hidden", "deleted", "merged", "unsolved"])
def test_what_is_out_of_the_askers_hands_is_not_asked_about(house, what):
    question = answered(house, by=PersonFactory())
    if what == "withheld":
        questions.withhold_question(question=question, by=None, at=AT)
    elif what == "hidden":
        questions.hide(words=question, reason=HideReason.ABUSE, by=member(house.province), at=AT)
    elif what == "deleted":
        questions.delete_question(question=question, by=asker_of(question), at=AT)
    elif what == "merged":
        case = case_of(question)
        type(case).objects.filter(pk=case.pk).update(state=State.MERGED)
    else:
        mark(question, "unsolved", AT)

    assert actions.open_due(at=AT + 30 * DAY) == 0
    assert rows(question) == []


def test_what_is_back_in_public_view_is_asked_about_after_all(house):
    question = answered(house)
    questions.withhold_question(question=question, by=None, at=AT)
    actions.open_due(at=AT + 2 * DAY)
    questions.release_question(question=question, by=member(house.city), at=AT + 3 * DAY)

    assert rows(question) == [(2, 1, False), (2, Day.LATER, False)]


def test_a_question_that_was_opened_again_has_a_new_pair(house):
    question = answered(house)
    say(question, asked_now(question), solved=False, at=AT + DAY)
    answer(question, by=member(house.city), organisation=house.city, at=AT + 2 * DAY)

    assert rows(question) == [(1, 1, True), (2, 1, False), (2, Day.LATER, False)]


def test_what_is_promised_is_asked_about_after_its_day(house):
    question = ask()
    made = answer(question, by=member(house.city), organisation=house.city, at=AT)
    due_on = date(2026, 3, 9)
    by = member(house.city)
    promises.promise(answer=made, text="答复退款结果", due_on=due_on, by=by, at=AT)

    planned = Callback.objects.order_by("day").values_list("due_at", flat=True)
    assert list(planned) == [end_of_day(due_on) + DAY, end_of_day(due_on) + Day.LATER * DAY]
    assert actions.open_due(at=end_of_day(due_on) + DAY) == 1


def test_a_second_later_promise_puts_them_off_again(house):
    question, by = ask(), member(house.city)
    for due_on in (date(2026, 3, 9), date(2026, 3, 12)):
        made = answer(question, by=by, organisation=house.city, at=AT)
        promises.promise(answer=made, text="答复退款结果", due_on=due_on, by=by, at=AT)

    first = Callback.objects.order_by("day")[0]
    assert first.due_at == end_of_day(date(2026, 3, 12)) + DAY


# --- Letters -----------------------------------------------------------------------------


def token_of(letter):
    return letter.body.partition("/back/")[2].partition("/")[0]


def test_whoever_has_a_proven_address_gets_a_letter_without_their_words(house):
    question = answered(house, by=with_address())
    actions.open_due(at=AT + DAY)

    assert actions.send_letters(at=AT + DAY) == 1
    assert actions.send_letters(at=AT + 2 * DAY) == 0

    [letter] = mail.outbox
    assert letter.to == ["mail@mail.test"]
    assert question.title not in letter.body + letter.subject
    token = token_of(letter)
    assert len(token) >= 22
    assert queries.by_token(token).case.question == question
    assert token not in str(list(Callback.objects.values()))


def test_no_letter_goes_to_an_address_that_nobody_proved(house):
    person = PersonFactory(email="mail@mail.test")
    EmailAddress.objects.create(user=person, email=person.email, verified=False, primary=True)
    answered(house, by=person)
    answered(house)
    actions.open_due(at=AT + DAY)

    assert actions.send_letters(at=AT + DAY) == 0
    assert mail.outbox == []


def test_a_letter_that_fails_is_tried_again_ever_later_with_a_link_of_its_own(house, settings):
    answered(house, by=with_address())
    actions.open_due(at=AT + DAY)
    settings.EMAIL_BACKEND = "no.such.backend"
    assert actions.send_letters(at=AT + DAY) == 0
    first = Callback.objects.get(day=1)
    assert first.next_at == AT + DAY + timedelta(seconds=30)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert actions.send_letters(at=AT + DAY) == 0
    assert actions.send_letters(at=first.next_at) == 1
    assert Callback.objects.get(day=1).token_digest != first.token_digest


def test_no_letter_goes_once_it_has_been_said(house):
    question = answered(house, by=with_address())
    actions.open_due(at=AT + DAY)
    mark(question, "solved", AT + DAY)

    assert actions.send_letters(at=AT + DAY) == 0


# --- What is said ------------------------------------------------------------------------


def test_solved_is_said_of_the_question_too(house):
    question = answered(house, by=PersonFactory())
    say(question, asked_now(question), solved=True, satisfied=4, missing="没有", at=AT + 2 * DAY)

    row = Callback.objects.get(day=1)
    assert (row.solved, row.satisfied, row.missing) == (True, 4, "没有")
    assert (row.answered_at, row.channel) == (AT + 2 * DAY, Channel.PAGE)
    assert case_of(question).state == State.SOLVED
    entry = Entry.objects.get(verb="case.called_back")
    assert (entry.actor, entry.data["said"]) == (
        question.author_id,
        ["missing", "satisfied", "solved"],
    )


def test_not_solved_opens_it_again_with_one_tap(house):
    question = answered(house)
    say(question, asked_now(question), solved=False, at=AT + DAY)

    assert case_of(question).state == State.UNSOLVED
    assert words(question)[-1] == "提问者说：没解决"


def test_not_solved_after_four_weeks_takes_back_an_earlier_solved(house):
    question = answered(house)
    mark(question, "solved", AT + 2 * DAY)
    late = AT + Day.LATER * DAY

    say(question, asked_now(question, at=late), solved=False, at=late)

    assert case_of(question).state == State.UNSOLVED
    question.refresh_from_db()
    assert question.outcome == "unsolved"


def test_not_solved_again_after_a_second_answer_opens_it_again(house):
    question = answered(house)
    say(question, asked_now(question), solved=False, at=AT + DAY)
    answer(question, by=member(house.city), organisation=house.city, at=AT + 2 * DAY)
    assert case_of(question).state == State.ANSWERED

    say(question, asked_now(question, at=AT + 3 * DAY), solved=False, at=AT + 3 * DAY)

    assert case_of(question).state == State.UNSOLVED


def test_of_a_nameless_asker_the_day_alone_is_kept_and_nobody_is_named(house):
    question = answered(house)
    said_at = AT + DAY + timedelta(minutes=7)
    say(question, asked_now(question), satisfied=2, at=said_at, channel=Channel.RECEIPT)

    row = Callback.objects.get(day=1)
    assert row.answered_at == start_of_day(said_at)
    entry = Entry.objects.get(verb="case.called_back")
    assert (entry.actor, entry.at) == (None, start_of_day(said_at))


def test_each_thing_is_said_once_one_after_another(house):
    question = answered(house)
    row = asked_now(question)
    say(question, row, solved=False, at=AT + DAY)
    say(question, row, satisfied=2, at=AT + DAY)
    say(question, row, satisfied=5, missing="一个电话", solved=True, at=AT + DAY)

    assert (row.solved, row.satisfied, row.missing) == (False, 2, "一个电话")
    assert case_of(question).state == State.UNSOLVED


def test_the_entry_holds_what_was_missed_also_when_more_is_said_after_it(house):
    question = answered(house)
    row = asked_now(question)
    say(question, row, missing="一个电话", at=AT + DAY)
    say(question, row, satisfied=2, at=AT + DAY)
    assert [stray for stray in strays() if stray.row.startswith("callbacks.")] == []

    for missing in ("什么都不缺", ""):
        Callback.objects.filter(pk=row.pk).update(missing=missing)

        assert (f"callbacks.callback:{row.pk}", "other words") in {
            (stray.row, stray.kind) for stray in strays()
        }


def test_nobody_says_it_for_another(house):
    question = answered(house, by=PersonFactory())
    row = asked_now(question)

    with pytest.raises(UnableToMove, match="只有提问者"):
        say(question, row, solved=True, by=asker_of(ask(by=PersonFactory())), at=AT + DAY)


def test_an_earlier_asking_is_over_once_a_later_one_is_opened(house):
    question = answered(house)
    row = asked_now(question)
    asked_now(question, at=AT + Day.LATER * DAY)

    with pytest.raises(UnableToMove, match="已经过去"):
        say(question, row, solved=True, at=AT + Day.LATER * DAY)


def test_after_sixty_days_it_is_over(house):
    question = answered(house)
    asked_now(question, at=AT + Day.LATER * DAY)

    assert queries.current(case_of(question), at=AT + 87 * DAY) is not None
    assert queries.current(case_of(question), at=AT + 88 * DAY) is None


def test_what_is_marked_on_the_page_answers_what_is_asked(house):
    question = answered(house)
    asked_now(question)
    mark(question, "solved", AT + DAY)

    row = Callback.objects.get(day=1)
    assert (row.solved, row.satisfied, row.channel) == (True, None, Channel.RECEIPT)
    assert row.answered_at == start_of_day(AT + DAY)


# --- Leaving -----------------------------------------------------------------------------


def test_what_was_missed_goes_with_the_question(house):
    question = answered(house, by=PersonFactory())
    say(question, asked_now(question), missing="一个电话", at=AT + DAY)
    questions.delete_question(question=question, by=asker_of(question), at=AT + DAY)

    assert list(Callback.objects.values_list("missing", "salt", "day")) == [("", "", 1)]


def test_what_was_missed_goes_with_its_writer(house):
    question = answered(house, by=PersonFactory())
    other = answered(house, by=PersonFactory())
    for one in (question, other):
        say(one, asked_now(one), missing="一个电话", at=AT + DAY)

    User.objects.filter(pk=question.author_id).update(is_active=False)
    holdings.of("callbacks.Callback").erase([Leaver(question.author_id)], at=AT + 2 * DAY)

    found = Callback.objects.exclude(missing="")
    assert [row.case.question_id for row in found] == [other.pk]
    assert {row.salt for row in Callback.objects.filter(missing="", case__question=question)} == {
        ""
    }
    assert [stray for stray in strays() if stray.row.startswith("callbacks.")] == []


def test_it_is_given_to_its_writer(house):
    question = answered(house, by=PersonFactory())
    say(question, asked_now(question), missing="一个电话", satisfied=2, at=AT + DAY)

    holding = holdings.of("callbacks.Callback")
    [row] = holding.rows(question.author_id).filter(day=1)
    _look_up, said = holding.columns["满意吗"]
    assert (row.missing, said(row.satisfied)) == ("一个电话", "不满意")
