"""Holding, handing on, referring, asking back: each moves its lane, its clock and the trail."""

import pytest

from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.cases import actions
from youthvoice.cases.actions import SomebodyWasFirst, UnableToMove
from youthvoice.cases.choices import Clock, Grade, HopKind, HopState, LaneState, State
from youthvoice.cases.models import Hop
from youthvoice.cases.tests.working import (
    DAY,
    HOUR,
    case_of,
    claim,
    lane_of,
    own,
    refer,
    transfer,
    words,
)
from youthvoice.journal.models import Entry
from youthvoice.questions import actions as questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(house):
    return OrganisationFactory(slug="rsj", kind="expert", short_name="市人社局", region_id="410100")


@pytest.fixture
def school(house):
    return OrganisationFactory(slug="jyj", kind="expert", short_name="市教育局", region_id="410100")


# --- In hand -----------------------------------------------------------------------------


def test_who_claims_has_it_in_hand(house):
    question, person = ask(), member(house.city)

    lane = claim(question, by=person, at=MONDAY + HOUR)

    assert (lane.person, lane.state) == (person, LaneState.MOVING)
    assert case_of(question).state == State.HELD
    assert words(question)[-1] == "团郑州市委 有人接手了"
    assert Entry.objects.get(verb="case.claimed").actor == person.pk


def test_the_second_who_claims_is_told_who_was_first(house):
    question = ask()
    seen = own(question)
    claim(question, by=member(house.city, nickname="小秦"), at=MONDAY)

    with pytest.raises(SomebodyWasFirst, match="小秦 刚刚先动了这件事：团郑州市委 有人接手了"):
        actions.claim(lane=seen, by=member(house.city), at=MONDAY)

    assert own(question).person.nickname == "小秦"


def test_claiming_twice_is_once(house):
    question, person = ask(), member(house.city)
    claim(question, by=person, at=MONDAY)

    claim(question, by=person, at=MONDAY)

    assert Entry.objects.filter(verb="case.claimed").count() == 1


def test_nobody_claims_for_another_body(house):
    with pytest.raises(UnableToMove, match="不在你所在的组织"):
        claim(ask(), by=member(house.county), at=MONDAY)


def test_what_is_put_down_waits_for_a_colleague_and_keeps_its_clock(house):
    question, person = ask(), member(house.city)
    due_at = own(question).due_at
    claim(question, by=person, at=MONDAY)

    actions.release(lane=own(question), by=person, at=MONDAY + HOUR)

    lane = own(question)
    assert (lane.person, lane.state, lane.due_at) == (None, LaneState.ASKED, due_at)
    assert case_of(question).state == State.RECEIVED


# --- To another office -------------------------------------------------------------------


def test_a_transfer_gives_the_whole_question_to_another_office(house):
    question, by = ask(region="410122"), member(house.county)
    before = own(question)

    hop = transfer(question, house.city, by=by, at=MONDAY + HOUR)

    case, lane = case_of(question), own(question)
    assert (case.holder, lane.holder) == (house.city, house.city)
    assert (case.state, lane.state, lane.person) == (State.RECEIVED, LaneState.ASKED, None)
    assert lane.due_at >= before.due_at
    assert (lane.round, lane.rung, lane.escalate_at) == (2, 0, lane.due_at)
    assert (hop.kind, hop.sender, hop.receiver) == (HopKind.TRANSFER, house.county, house.city)
    assert words(question)[-1] == "已转给 团郑州市委"
    assert Entry.objects.get(verb="case.transferred").data == {
        "question": question.pk,
        "from": house.county.pk,
        "to": house.city.pk,
        "commitment": hop.commitment(),
    }


def test_of_two_transfers_of_what_both_saw_one_wins(house):
    question = ask(region="410122")
    seen = case_of(question)
    transfer(question, house.city, at=MONDAY)

    with pytest.raises(SomebodyWasFirst, match="已转给 团郑州市委"):
        actions.transfer(
            case=seen, to=house.province, reason="…", by=member(house.county), at=MONDAY
        )

    assert Hop.objects.count() == 1


def test_a_transfer_is_given_back_with_a_reason(house):
    question = ask(region="410122")
    transfer(question, house.city, at=MONDAY)

    actions.give_back(
        case=case_of(question), reason="这是县里的事。", by=member(house.city), at=MONDAY + HOUR
    )

    hop = Hop.objects.get()
    assert case_of(question).holder == house.county
    assert (hop.state, hop.return_reason) == (HopState.RETURNED, "这是县里的事。")
    assert words(question)[-1] == "团郑州市委 退回了"


def test_what_is_handed_on_again_leaves_two_hops(house):
    question = ask(region="410122")
    transfer(question, house.city, at=MONDAY)
    transfer(question, house.province, at=MONDAY + HOUR)

    assert list(Hop.objects.order_by("pk").values_list("state", "receiver")) == [
        (HopState.PASSED, house.city.pk),
        (HopState.OPEN, house.province.pk),
    ]


def test_a_whole_question_goes_to_offices_of_the_league_only(house, bureau):
    with pytest.raises(UnableToMove, match="只能移交给团组织"):
        transfer(ask(), bureau, at=MONDAY)


# --- To another body ---------------------------------------------------------------------


def test_a_referral_opens_a_lane_and_the_holder_stays(house, bureau):
    question = ask()

    (hop,) = refer(question, bureau, at=MONDAY)

    case, lane = case_of(question), lane_of(question, bureau)
    assert (case.state, case.holder) == (State.REFERRED, house.city)
    assert (lane.state, lane.clock, lane.due_at) == (LaneState.ASKED, Clock.SIGN, hop.sign_due_at)
    assert hop.sign_due_at < hop.due_at < own(question).due_at
    assert own(question).clock == Clock.NEXT_STEP
    assert words(question)[-1] == "请 市人社局 来办"


def test_several_bodies_are_summoned_each_with_a_lane(house, bureau, school):
    question = ask()

    hops = refer(question, bureau, school, at=MONDAY, grade=Grade.SIMPLE)

    assert {hop.kind for hop in hops} == {HopKind.SUMMONS}
    assert len({hop.lane_id for hop in hops}) == 2


def test_a_member_signs_by_claiming(house, bureau):
    question = ask()
    (hop,) = refer(question, bureau, at=MONDAY)

    actions.claim(lane=lane_of(question, bureau), by=member(bureau), at=MONDAY + HOUR)

    hop.refresh_from_db()
    lane = lane_of(question, bureau)
    assert (hop.state, hop.signed_at) == (HopState.SIGNED, MONDAY + HOUR)
    assert (lane.state, lane.clock, lane.due_at) == (LaneState.MOVING, Clock.DONE, hop.due_at)
    assert case_of(question).state == State.REFERRED


def test_a_body_without_accounts_signs_too(house, bureau):
    question = ask()
    (hop,) = refer(question, bureau, at=MONDAY)

    actions.sign(hop=hop, at=MONDAY + HOUR)

    assert (hop.state, lane_of(question, bureau).state) == (HopState.SIGNED, LaneState.MOVING)
    with pytest.raises(SomebodyWasFirst):
        actions.sign(hop=hop, at=MONDAY + HOUR)


def test_the_last_reply_of_those_asked_gives_the_word_to_the_asker(house, bureau, school):
    question = ask()
    first, _second = refer(question, bureau, school, at=MONDAY)

    answer(question, by=member(bureau), organisation=bureau, at=MONDAY + HOUR)
    assert case_of(question).state == State.REFERRED
    answer(question, by=member(school), organisation=school, at=MONDAY + 2 * HOUR)

    first.refresh_from_db()
    assert first.state == HopState.ANSWERED
    assert lane_of(question, bureau).stopped_at == MONDAY + HOUR
    assert case_of(question).state == State.ANSWERED
    assert own(question).escalate_at is None


def test_the_holders_own_answer_does_not_end_what_others_were_asked(house, bureau):
    question = ask()
    refer(question, bureau, at=MONDAY)

    answer(question, by=member(house.city), organisation=house.city, at=MONDAY + HOUR)

    assert case_of(question).state == State.REFERRED
    assert lane_of(question, bureau).is_running


def test_what_is_returned_with_a_reason_is_the_holders_again(house, bureau):
    question = ask()
    claim(question, at=MONDAY)
    (hop,) = refer(question, bureau, at=MONDAY)

    actions.return_lane(hop=hop, reason="不在我局职责里。", by=member(bureau), at=MONDAY + HOUR)

    case, lane = case_of(question), own(question)
    assert (case.state, case.waiting_since) == (State.HELD, MONDAY)
    assert (lane.clock, lane.is_running) == (Clock.NEXT_STEP, True)
    assert lane_of(question, bureau).state == LaneState.RETURNED
    assert case.steps.last().note == "不在我局职责里。"
    refer(question, bureau, at=MONDAY + 2 * HOUR)
    assert lane_of(question, bureau).state == LaneState.ASKED


def test_what_is_withdrawn_is_off_the_other_bodys_desk(house, bureau):
    question, by = ask(), member(house.city)
    (hop,) = refer(question, bureau, at=MONDAY, by=by)

    actions.withdraw(hop=hop, by=by, at=MONDAY + HOUR)

    assert (hop.state, lane_of(question, bureau).state) == (HopState.WITHDRAWN, LaneState.ENDED)
    assert case_of(question).state == State.RECEIVED


def test_nobody_is_asked_twice_at_once(house, bureau):
    question = ask()
    refer(question, bureau, at=MONDAY)

    with pytest.raises(UnableToMove, match="市人社局 已经在办了"):
        refer(question, bureau, at=MONDAY + HOUR)


def test_solved_ends_what_others_were_asked(house, bureau):
    question = ask()
    (hop,) = refer(question, bureau, at=MONDAY)

    questions.mark_outcome(
        question=question, outcome="solved", by=asker_of(question), at=MONDAY + DAY
    )

    hop.refresh_from_db()
    assert (hop.state, lane_of(question, bureau).state) == (HopState.WITHDRAWN, LaneState.ENDED)
    assert case_of(question).state == State.SOLVED


# --- Nobody asked them -------------------------------------------------------------------


def test_peers_and_experts_open_their_own_lanes_by_answering(house):
    question = ask()
    answer(question, by=PersonFactory())
    answer(question, by=member(house.experts), organisation=house.experts)

    lanes = case_of(question).lanes.filter(is_own=False).order_by("kind")
    assert [(lane.kind, lane.state, lane.holder) for lane in lanes] == [
        ("peer", LaneState.ANSWERED, house.city),
        ("society", LaneState.ANSWERED, house.experts),
    ]
    assert case_of(question).state == State.RECEIVED


def test_the_holder_answers_in_its_own_lane_though_it_looks_after_the_peers_too(house):
    question = ask()
    answer(question, by=PersonFactory())

    answer(question, by=member(house.city), organisation=house.city)

    assert (case_of(question).state, own(question).state) == (State.ANSWERED, LaneState.ANSWERED)


def test_an_office_that_looked_after_peers_may_be_asked_for_its_own_part(house):
    question = ask(region="410122")
    answer(question, by=PersonFactory())
    transfer(question, house.city, at=MONDAY + DAY)

    refer(question, house.county, at=MONDAY + DAY)

    kinds = case_of(question).lanes.filter(holder=house.county).values_list("kind", "state")
    assert sorted(kinds) == [("league", LaneState.ASKED), ("peer", LaneState.ANSWERED)]


# --- Waiting for the asker ---------------------------------------------------------------


def test_asking_back_stops_the_clock_until_the_asker_has_said_more(house):
    question, by = ask(), member(house.city)
    claim(question, by=by, at=MONDAY)
    due_at = own(question).due_at

    actions.ask_back(lane=own(question), text="合同签了几个月？", by=by, at=MONDAY + HOUR)

    lane = own(question)
    assert (case_of(question).state, lane.state) == (State.ASKING, LaneState.PAUSED)
    assert (lane.stopped_at, lane.escalate_at) == (MONDAY + HOUR, None)

    questions.comment(
        question=question, answer=None, text="三个月。", by=asker_of(question), at=MONDAY + 8 * DAY
    )

    lane = own(question)
    assert (case_of(question).state, lane.state) == (State.HELD, LaneState.MOVING)
    assert lane.due_at > due_at
    assert lane.escalate_at == lane.due_at
    assert words(question)[-2:] == ["团郑州市委 想请提问者补充", "提问者补充了"]


def test_others_who_ask_back_stop_their_own_clock_only(house, bureau):
    question, by = ask(), member(bureau)
    refer(question, bureau, at=MONDAY)

    actions.ask_back(lane=lane_of(question, bureau), text="在哪个区？", by=by, at=MONDAY + HOUR)

    lane = lane_of(question, bureau)
    assert (lane.state, lane.stopped_at, lane.escalate_at) == (
        LaneState.PAUSED,
        MONDAY + HOUR,
        None,
    )
    assert (case_of(question).state, own(question).is_running) == (State.REFERRED, True)
    questions.comment(
        question=question, answer=None, text="金水区。", by=asker_of(question), at=MONDAY + DAY
    )
    lane = lane_of(question, bureau)
    assert (lane.state, lane.is_running) == (LaneState.ASKED, True)
    assert lane.escalate_at == lane.due_at


# --- Aside -------------------------------------------------------------------------------


def test_aside_all_clocks_stand_and_go_on_where_they_would_be(house, bureau):
    question = ask()
    refer(question, bureau, at=MONDAY)
    due_at = lane_of(question, bureau).due_at

    questions.withhold_question(question=question, by=None, at=MONDAY + HOUR)
    assert not case_of(question).lanes.filter(stopped_at=None).exists()
    question.refresh_from_db()
    questions.release_question(question=question, by=member(house.city), at=MONDAY + 5 * DAY)

    lane = lane_of(question, bureau)
    assert (lane.due_at, lane.escalate_at, lane.is_running) == (due_at, due_at, True)
    assert case_of(question).state == State.REFERRED
