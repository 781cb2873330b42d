"""What is late is told step by step, each step once a round, and loudly where nobody is there."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, answer, ask, member
from youthvoice.cases import actions, ladder
from youthvoice.cases.actions import escalating, moving
from youthvoice.cases.choices import Clock, Rung, State
from youthvoice.cases.models import EmptyPlace, Escalation, Lane, Notice
from youthvoice.cases.tests.working import DAY, HOUR, case_of, claim, lane_of, own, refer, words
from youthvoice.clock import registry
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.questions import actions as questions

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def staff(house):
    """Somebody at every step above the city."""
    return {
        "clerk": member(house.city, nickname="小秦", email="clerk@mail.test"),
        "lead": member(house.city, Role.LEAD, email="lead@mail.test"),
        "duty": member(house.province, Role.DUTY, email="duty@mail.test"),
        "top": member(house.province, Role.LEAD, email="top@mail.test"),
    }


@pytest.fixture
def told(monkeypatch):
    """What was logged as an error."""
    lines = []
    monkeypatch.setattr(
        escalating._log, "error", lambda event, **more: lines.append((event, more)), raising=False
    )
    return lines


def late(question, hours=0):
    return own(question).due_at + timedelta(hours=hours)


def told_of(question):
    """Round, rung and how many, in the order of the telling."""
    rows = Escalation.objects.filter(lane__case__question=question).order_by("pk")
    return list(rows.values_list("round", "rung", "told"))


def people(rung):
    return set(Notice.objects.filter(rung=rung).values_list("person", flat=True))


def empties():
    rows = EmptyPlace.objects.order_by("pk")
    return list(rows.values_list("organisation__slug", "rung"))


# --- Up the chain ------------------------------------------------------------------------


def test_nobody_is_told_before_it_is_late(house, staff):
    question = ask()

    assert actions.escalate_due(at=late(question) - MINUTE) == 0
    assert not Escalation.objects.exists()


def test_each_step_is_told_at_its_hour_and_once(house, staff):
    question = ask()
    due_at = late(question)
    for hours, rung in ((0, 0), (2, 1), (4, 2), (8, 3)):
        at = due_at + timedelta(hours=hours)
        assert actions.escalate_due(at=at - MINUTE) == 0
        assert actions.escalate_due(at=at) == 1
        assert actions.escalate_due(at=at) == 0
        assert own(question).rung == rung + 1

    assert own(question).escalate_at is None
    assert actions.escalate_due(at=due_at + 30 * DAY) == 0
    assert told_of(question) == [(1, 0, 2), (1, 1, 1), (1, 2, 1), (1, 3, 1)]
    assert people(Rung.HOLDER) == {staff["clerk"].pk, staff["lead"].pk}
    assert people(Rung.LEAD) == {staff["lead"].pk}
    assert people(Rung.DUTY) == {staff["duty"].pk}
    assert people(Rung.PROVINCE) == {staff["top"].pk}


def test_who_has_it_in_hand_is_told_alone(house, staff):
    question = ask()
    claim(question, by=staff["clerk"], at=MONDAY)

    actions.escalate_due(at=late(question))

    assert people(Rung.HOLDER) == {staff["clerk"].pk}


@pytest.mark.parametrize("gone", ["closed", "elsewhere"])
def test_who_has_left_has_nothing_in_hand(house, staff, gone):
    question = ask()
    claim(question, by=staff["clerk"], at=MONDAY)
    if gone == "closed":
        staff["clerk"].is_active = False
        staff["clerk"].save()
    else:
        Membership.objects.filter(person=staff["clerk"]).delete()

    actions.escalate_due(at=late(question))

    assert people(Rung.HOLDER) == {staff["lead"].pk}


def test_it_is_in_the_journal_and_once_a_round_in_the_trail(house, staff):
    question = ask()
    at = late(question, hours=8)

    assert actions.escalate_due(at=at) == 4

    entries = Entry.objects.filter(verb="case.escalated").order_by("seq")
    assert [entry.data["rung"] for entry in entries] == [0, 1, 2, 3]
    assert (entries[0].actor, entries[0].at) == (None, at)
    assert entries[0].data == {
        "question": question.pk,
        "holder": house.city.pk,
        "rung": 0,
        "round": 1,
        "clock": Clock.FIRST_REPLY,
        "told": 2,
    }
    assert words(question).count("团郑州市委 超时了") == 1


def test_a_worker_that_slept_for_days_tells_each_step_once_and_in_order(house, staff):
    question = ask()

    assert actions.escalate_due(at=late(question) + 6 * DAY) == 4
    assert [rung for _round, rung, _told in told_of(question)] == [0, 1, 2, 3]
    assert actions.escalate_due(at=late(question) + 7 * DAY) == 0


def test_a_machine_whose_time_is_put_back_tells_nothing_twice(house, staff):
    question = ask()
    at = late(question)

    assert actions.escalate_due(at=at + DAY) == 4
    assert actions.escalate_due(at=at) == 0
    assert len(told_of(question)) == 4


def test_a_new_clock_is_a_new_round(house, staff):
    question = ask()
    actions.escalate_due(at=late(question, hours=2))
    answer(question, by=staff["clerk"], organisation=house.city, at=late(question, hours=3))
    assert actions.escalate_due(at=late(question, hours=9)) == 0

    moving.move(case_of(question), State.UNSOLVED, at=MONDAY + 3 * DAY)
    moving.start_clock(own(question), Clock.NEXT_STEP, MONDAY + 4 * DAY, at=MONDAY + 3 * DAY)
    actions.escalate_due(at=MONDAY + 4 * DAY)

    assert [row[:2] for row in told_of(question)] == [(1, 0), (1, 1), (2, 0)]
    assert words(question).count("团郑州市委 超时了") == 2


def test_a_clock_that_stood_goes_on_with_the_next_step(house, staff):
    question = ask()
    claim(question, by=staff["clerk"], at=MONDAY)
    at = late(question)
    actions.escalate_due(at=at)
    actions.ask_back(lane=own(question), text="在哪个区？", by=staff["clerk"], at=at + MINUTE)
    assert actions.escalate_due(at=at + DAY) == 0

    moving.resume_clock(own(question), at=at + DAY)
    again = late(question)
    assert actions.escalate_due(at=again + 2 * HOUR) == 1
    assert [row[:2] for row in told_of(question)] == [(1, 0), (1, 1)]


def test_other_bodies_are_told_of_their_own_lanes(house, staff):
    bureau = OrganisationFactory(slug="rsj", kind="expert", short_name="市人社局")
    clerk = member(bureau)
    question = ask()
    refer(question, bureau, at=MONDAY)

    actions.escalate_due(at=lane_of(question, bureau).due_at)

    assert people(Rung.HOLDER) == {clerk.pk}
    assert words(question)[-1] == "市人社局 超时了"


# --- Who is never told of ----------------------------------------------------------------


def test_of_peers_nothing_is_demanded(house, staff):
    question = ask()
    answer(question, by=PersonFactory())
    peers = case_of(question).lanes.get(kind="peer")
    Lane.objects.filter(pk=peers.pk).update(stopped_at=None, escalate_at=MONDAY)
    Lane.objects.exclude(pk=peers.pk).update(escalate_at=None)

    assert actions.escalate_due(at=MONDAY + DAY) == 0


@pytest.mark.parametrize("state", [State.ASIDE, State.CLOSED, State.MERGED])
def test_nothing_is_told_of_what_is_off_the_desk(house, staff, state):
    question = ask()
    at = late(question, hours=9)
    case = case_of(question)
    type(case).objects.filter(pk=case.pk).update(state=state)

    assert own(question).escalate_at is not None
    assert actions.escalate_due(at=at) == 0


@pytest.mark.parametrize("moves", ["aside", "claim", "answer"])
def test_what_moves_under_the_workers_hand_is_left_to_the_next_run(house, staff, moves):
    """It was chosen as late, and moved before its turn came."""
    question = ask()
    at = late(question)
    seen = own(question)
    if moves == "aside":
        questions.withhold_question(question=question, by=None, at=at)
    elif moves == "claim":
        claim(question, by=staff["clerk"], at=at)
    else:
        answer(question, by=staff["clerk"], organisation=house.city, at=at)

    assert escalating._climb(seen, at=at) == 0
    assert (Escalation.objects.count(), Notice.objects.count()) == (0, 0)
    assert not Entry.objects.filter(verb="case.escalated").exists()


def test_of_two_workers_one_tells(house, staff):
    question = ask()
    one, other = own(question), own(question)

    assert escalating._climb(one, at=late(question)) == 1
    assert escalating._climb(other, at=late(question)) == 0


# --- Empty places ------------------------------------------------------------------------


def test_an_empty_place_is_said_loudly_and_the_next_one_is_told_at_once(house, staff, told):
    Membership.objects.filter(person=staff["lead"]).delete()
    question = ask()
    actions.escalate_due(at=late(question))

    assert actions.escalate_due(at=late(question, hours=2)) == 2

    assert told_of(question) == [(1, 0, 1), (1, 1, 0), (1, 2, 1)]
    assert told == [("cases.nobody_to_tell", {"organisation": "tuan-410100", "rungs": [1]})]
    assert empties() == [("tuan-410100", Rung.LEAD)]
    assert actions.escalate_due(at=late(question, hours=8) - MINUTE) == 0
    assert actions.escalate_due(at=late(question, hours=8)) == 1


def test_a_chain_without_anybody_is_climbed_to_its_end_at_once(house, told):
    question = ask()

    assert actions.escalate_due(at=late(question)) == 4

    assert told_of(question) == [(1, 0, 0), (1, 1, 0), (1, 2, 0), (1, 3, 0)]
    assert [(more["organisation"], more["rungs"]) for _event, more in told] == [
        ("tuan-410100", [0, 1]),
        ("tuan-410000", [2, 3]),
    ]
    assert empties() == [
        ("tuan-410100", 0),
        ("tuan-410100", 1),
        ("tuan-410000", 2),
        ("tuan-410000", 3),
    ]
    assert own(question).escalate_at is None


def test_an_empty_place_is_one_row_however_often_it_is_met(house, told):
    first, second = ask(), ask()
    actions.escalate_due(at=late(first))
    actions.escalate_due(at=late(second, hours=1))

    assert EmptyPlace.objects.count() == 4


def test_after_a_crash_behind_an_empty_place_the_next_one_is_still_told(house, staff, told):
    """Each step is committed by itself: the moment of the empty one is its successor's."""
    Membership.objects.filter(person=staff["lead"]).delete()
    question = ask()
    at = late(question, hours=2)
    steps = ladder.climb(
        due_at=late(question),
        rung=1,
        next_at=at,
        at=at,
        hours=[0, 2, 4, 8],
        is_empty=lambda rung: rung == 1,
    )

    assert next(steps).next_at == at


def test_operators_see_the_place_until_somebody_is_there(house, client, told, at):
    question = ask()
    actions.escalate_due(at=late(question))
    at(late(question, hours=1))
    operator = member(house.province, Role.OPERATOR)
    sentence = "却没有人可以催"

    client.force_login(operator)
    shown = " ".join(client.get("/desk/").text.split())
    assert sentence in shown
    assert "团郑州市委 · 承办人、团郑州市委 · 带班、团河南省委 · 值班员" in shown
    assert client.get("/healthz").json()["chain"] == "empty"

    member(house.city, Role.LEAD)
    member(house.province, Role.DUTY)
    member(house.province, Role.LEAD)
    assert sentence not in client.get("/desk/").text
    assert client.get("/healthz").json()["chain"] == "ok"


def test_others_are_not_troubled_with_it_and_in_time_nobody(house, client, told, at):
    question = ask()
    actions.escalate_due(at=late(question))
    at(late(question, hours=1))
    client.force_login(member(house.experts))
    assert "却没有人可以催" not in client.get("/desk/").text

    at(late(question) + 8 * DAY)
    client.force_login(member(house.line, Role.OPERATOR))
    assert "却没有人可以催" not in client.get("/desk/").text


# --- The run -----------------------------------------------------------------------------


def test_the_oldest_are_told_first_and_the_rest_with_the_next_run(house, staff, monkeypatch):
    monkeypatch.setattr(escalating, "AT_ONCE", 2)
    asked = [ask(at=MONDAY - timedelta(days=n)) for n in range(3)]
    at = late(asked[0])

    actions.escalate_due(at=at)
    assert [bool(told_of(question)) for question in asked] == [False, True, True]
    actions.escalate_due(at=at)
    assert [bool(told_of(question)) for question in asked] == [True, True, True]


def test_one_that_fails_keeps_nobody_else_from_being_told(house, staff, monkeypatch):
    first, second = ask(at=MONDAY - DAY), ask()
    climb = escalating._climb

    def broken(lane, *, at):
        if lane.case.question_id == first.pk:
            raise RuntimeError("broken")
        return climb(lane, at=at)

    monkeypatch.setattr(escalating, "_climb", broken)
    monkeypatch.setattr(escalating._log, "exception", lambda *a, **k: None, raising=False)

    assert actions.escalate_due(at=late(second)) == 1


def test_the_clock_knows_the_steps():
    works = [step.work for step in registry.steps()]

    assert escalating.escalate_due in works
    assert actions.send_reminders in works


def test_that_it_is_late_was_nobodys_move(house, staff):
    question = ask()
    seen = own(question)
    claim(question, by=staff["clerk"], at=MONDAY)
    actions.escalate_due(at=late(question))

    with pytest.raises(
        actions.SomebodyWasFirst, match="小秦 刚刚先动了这件事：团郑州市委 有人接手了"
    ):
        actions.claim(lane=seen, by=staff["lead"], at=late(question))
