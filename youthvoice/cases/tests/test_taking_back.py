"""An answer that goes gives back the waiting that it ended, as if it had never been there."""

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.cases import actions
from youthvoice.cases.choices import Clock, HopState, LaneState, State
from youthvoice.cases.models import Case, Hop, Lane
from youthvoice.cases.queries import checking
from youthvoice.cases.tests.working import (
    DAY,
    HOUR,
    case_of,
    claim,
    lane_of,
    own,
    refer,
    words,
)
from youthvoice.desks.choices import Show
from youthvoice.desks.queries import queues
from youthvoice.kit.holdings import Leaver
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Answer, Question
from youthvoice.questions.policy import Viewer
from youthvoice.rates.queries import classing

pytestmark = pytest.mark.django_db

LATER = MONDAY + 2 * HOUR


def of(body, question, *, at=MONDAY + HOUR, text="会有人去看。"):
    return answer(question, by=member(body), organisation=body, at=at, text=text)


def delete(given, *, at=LATER):
    questions.delete_answer(answer=given, by=Viewer(given.author), at=at)


def hide(given, *, at=LATER):
    questions.hide(words=given, reason=HideReason.SPAM, by=given.author, at=at)


def show(given, *, at=LATER + HOUR):
    questions.show_again(words=given, by=given.author, at=at)


WAYS = pytest.mark.parametrize("go", [delete, hide])


def standing(question):
    """All that a wait consists of, but for when it was last touched."""
    case = case_of(question)
    lanes = Lane.objects.filter(case=case).order_by("pk")
    kept = ("kind", "state", "clock", "since", "due_at", "stopped_at", "escalate_at", "person")
    hops = Hop.objects.filter(lane__case=case).order_by("pk")
    return (
        (case.state, case.waiting_since, case.first_reply_at, case.open_kinds),
        list(lanes.values_list(*kept)),
        list(hops.values_list("state", "ended_at")),
        Question.objects.waiting().filter(pk=question.pk).exists(),
    )


def nothing_is_wrong():
    return list(checking.without()) == []


@WAYS
@pytest.mark.parametrize("in_hand", [False, True], ids=["nobody had it", "somebody had it"])
def test_the_holders_only_answer_goes_and_all_is_as_it_was(house, go, in_hand):
    question = ask()
    if in_hand:
        claim(question, at=MONDAY)
    before = standing(question)
    given = of(house.city, question)
    assert case_of(question).state == State.ANSWERED

    go(given)

    assert standing(question) == before
    assert own(question).before_answer is None
    assert words(question)[-1] == "回答撤下了，重新等 团郑州市委"
    assert nothing_is_wrong()


@WAYS
def test_what_was_late_is_late_again_and_told_on(house, go):
    question = ask()
    member(house.city)
    overdue = own(question).due_at + HOUR
    actions.escalate_due(at=overdue)
    before, rung = standing(question), own(question).rung
    assert own(question).escalate_at

    go(of(house.city, question, at=overdue), at=overdue + HOUR)

    assert (standing(question), own(question).rung) == (before, rung)


def classes(question):
    rows = classing.classed(Question.objects.filter(pk=question.pk), at=MONDAY + 40 * DAY)
    return rows.values_list("response", "solution").get()


@WAYS
def test_it_is_on_the_desk_and_in_the_rates_as_one_without_an_answer(house, go):
    question = ask()
    before = classes(question)
    given = of(house.city, question)
    assert queues.queue(house.city, show=Show.WAITING, after="").items == []

    go(given)

    rows = queues.queue(house.city, show=Show.WAITING, after="").items
    assert [row.pk for row in rows] == [own(question).pk]
    assert classes(question) == before


@WAYS
def test_while_another_of_the_same_body_stands_nothing_waits(house, go):
    question = ask()
    first = of(house.city, question)
    second = of(house.city, question, at=LATER, text="补充：已经去看了。")
    answered = case_of(question).state

    go(first, at=LATER + HOUR)
    assert case_of(question).state == answered == State.ANSWERED

    go(second, at=LATER + 2 * HOUR)
    assert case_of(question).state == State.RECEIVED
    assert nothing_is_wrong()


@WAYS
def test_a_referral_is_open_again(house, go):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    actions.claim(
        lane=lane_of(question, house.experts), by=member(house.experts), at=MONDAY + HOUR / 2
    )
    before = standing(question)
    given = of(house.experts, question)
    assert case_of(question).state == State.ANSWERED

    go(given)

    assert standing(question) == before
    assert Hop.objects.get().state == HopState.SIGNED
    assert nothing_is_wrong()


@WAYS
def test_the_holders_word_goes_while_others_are_at_it(house, go):
    """Its clock had begun to count to the others' day; it counts again to what was owed."""
    question = ask()
    refer(question, house.experts, at=MONDAY)
    questions.mark_outcome(question=question, outcome="unsolved", by=asker_of(question), at=MONDAY)
    before = standing(question)
    given = of(house.city, question)
    assert case_of(question).state == State.REFERRED

    go(given)

    assert standing(question) == before
    assert own(question).clock == Clock.NEXT_STEP
    assert nothing_is_wrong()


@WAYS
def test_of_two_bodies_each_gives_back_its_own(house, go):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    asked = standing(question)
    others = of(house.experts, question)
    given = of(house.city, question, at=LATER)
    assert case_of(question).state == State.ANSWERED

    go(others, at=LATER + HOUR)
    state, lanes, hops, _waits = standing(question)
    assert (state[0], hops) == (State.REFERRED, asked[2])
    assert lanes == asked[1]
    go(given, at=LATER + 2 * HOUR)

    assert case_of(question).state == State.REFERRED
    assert nothing_is_wrong()


@WAYS
def test_what_nobody_had_asked_for_leaves_no_lane_behind(house, go):
    question = ask()
    given = of(house.experts, question)
    before = own(question).due_at

    go(given)

    assert not lane_of(question, house.experts).is_running
    assert (case_of(question).state, own(question).due_at) == (State.RECEIVED, before)
    assert nothing_is_wrong()


@WAYS
def test_waiting_for_the_asker_stays_waiting_for_the_asker(house, go):
    question = ask()
    by = member(house.city)
    claim(question, at=MONDAY, by=by)
    actions.ask_back(lane=own(question), text="是哪一栋楼？", by=by, at=MONDAY)
    before = standing(question)

    go(of(house.city, question))

    assert standing(question) == before
    assert case_of(question).state == State.ASKING
    assert nothing_is_wrong()


def test_a_peer_leaves_and_nobody_was_asked_of_peers(house):
    question, peer = ask(), PersonFactory()
    answer(question, by=peer, at=MONDAY + HOUR)
    lane = Lane.objects.get(kind="peer")
    assert lane.state == LaneState.ANSWERED

    questions.erase_people([Leaver(peer.pk, answers_too=True)], at=LATER)

    assert standing(question)[0][0] == State.RECEIVED
    assert not Lane.objects.filter(kind="peer").exists()
    assert nothing_is_wrong()


@WAYS
def test_what_the_asker_says_counts_more(house, go):
    solved, again = ask(), ask()
    first, second = of(house.city, solved), of(house.city, again)
    for question, outcome in ((solved, "solved"), (again, "unsolved")):
        questions.mark_outcome(question=question, outcome=outcome, by=asker_of(question), at=LATER)
    before = standing(solved), standing(again)

    go(first, at=LATER + HOUR)
    go(second, at=LATER + HOUR)

    for question, was in zip((solved, again), before, strict=True):
        now = standing(question)
        assert (now[0][0], now[1]) == (was[0][0], was[1])


@WAYS
def test_out_of_sight_it_comes_back_waiting(house, go):
    question = ask()
    due_at = own(question).due_at
    given = of(house.city, question)
    questions.hide(words=question, reason=HideReason.SPAM, by=member(house.city), at=LATER)

    go(given, at=LATER)
    assert (case_of(question).state, own(question).is_running) == (State.ASIDE, False)
    questions.show_again(words=question, by=member(house.city), at=LATER + HOUR)

    assert case_of(question).state == State.RECEIVED
    assert (own(question).is_running, own(question).due_at) == (True, due_at)
    assert nothing_is_wrong()


def test_one_that_is_seen_again_ends_the_wait_again(house):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    given = of(house.experts, question)
    answered = standing(question)
    hide(given)
    assert case_of(question).state == State.REFERRED

    show(given)

    assert case_of(question).state == State.ANSWERED
    assert standing(question)[0] == answered[0]
    assert nothing_is_wrong()


def test_one_that_is_seen_again_after_the_asker_asked_on_ends_nothing(house):
    question = ask()
    given = of(house.city, question)
    hide(given)
    questions.mark_outcome(question=question, outcome="unsolved", by=asker_of(question), at=LATER)

    show(given)

    assert case_of(question).state == State.RECEIVED


def test_the_next_answer_is_told_in_the_trail(house):
    question = ask()
    delete(of(house.city, question))

    of(house.city, question, at=LATER + HOUR)

    assert words(question)[-3:] == [
        "团郑州市委 回答了",
        "回答撤下了，重新等 团郑州市委",
        "团郑州市委 回答了",
    ]


def test_a_question_that_counts_as_answered_without_an_answer_is_found(house):
    """As it was before: the answer goes, and the case is told nothing."""
    question = ask()
    given = of(house.city, question)
    Answer.objects.filter(pk=given.pk).update(deleted_at=LATER)
    assert Case.objects.get().state == State.ANSWERED

    assert list(checking.without()) == [
        f"question {question.pk} counts as answered and no answer of a body stands"
    ]


@WAYS
def test_what_had_ended_nothing_is_not_told_as_answered_any_more(house, go):
    """The holder has asked others and answers; an expert whom nobody asked; a peer."""
    question, peer = ask(), PersonFactory()
    refer(question, house.county, at=MONDAY)
    before = standing(question)
    given = [of(house.city, question), of(house.experts, question), answer(question, by=peer)]

    for one in given:
        go(one)

    assert standing(question)[0] == before[0]
    assert words(question)[-3:] == [
        "团郑州市委 的回答撤下了",
        "法律专家组 的回答撤下了",
        "青年的回答撤下了",
    ]
    assert nothing_is_wrong()


@WAYS
def test_who_was_answered_by_nobody_in_the_end_has_waited_all_the_while(house, go):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    since = case_of(question).waiting_since
    go(of(house.city, question))

    actions.withdraw(hop=Hop.objects.get(), by=member(house.city), at=LATER + HOUR)

    assert case_of(question).waiting_since == since


def test_one_that_is_seen_again_is_told_again(house):
    question = ask()
    given = of(house.city, question)
    hide(given)

    show(given)

    assert words(question)[-1] == "团郑州市委 回答了"
