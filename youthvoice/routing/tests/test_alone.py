"""The house acts alone only where an operator lets it, and whoever is a person wins."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import MONDAY, OrganisationFactory, answer, ask, member
from youthvoice.cases import actions as cases
from youthvoice.cases.choices import State
from youthvoice.cases.tests.working import case_of, claim, own, transfer, words
from youthvoice.clock import actions as clock
from youthvoice.journal.models import Entry
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Question
from youthvoice.routing import actions, queries
from youthvoice.routing.choices import Target
from youthvoice.routing.models import Alone, Decision, TrainedModel
from youthvoice.routing.tests.letters import letters

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=1)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def nothing_at_hand(monkeypatch):
    """Rows' numbers come again in each test."""
    monkeypatch.setattr(queries, "_at_hand", {})


@pytest.fixture
def sure(house):
    """It has learnt that ferries are the county's."""
    holders = {"library": house.province, "ferry": house.county}
    for row in letters():
        question = Question.objects.create(
            kind="help",
            field="work",
            region_id="410100",
            title=row.asked.title,
            text=row.asked.text,
            asked_at=MONDAY,
            is_nameless=True,
        )
        Decision.objects.create(
            question=question,
            target=Target.HOLDER,
            value=str(holders[row.code].pk),
            decided_at=MONDAY,
        )
    actions.train_models(at=MONDAY + timedelta(hours=1))
    return house


@pytest.fixture
def allowed(settings):
    settings.ROUTING_ALONE_ABOVE = 60


def ask_of_ferries(**kwargs):
    return ask(
        at=NOW,
        title="东湖渡轮末班停得太早",
        text="我住在东湖，渡轮末班停得太早，请看看。",
        **kwargs,
    )


def test_it_moves_what_it_is_sure_of_and_says_so(sure, allowed):
    question = ask_of_ferries()
    percent = queries.suggestion_for(question).holder.percent

    assert actions.act_alone(at=LATER) == 1

    case = case_of(question)
    assert (case.holder, case.state, case.version) == (sure.county, State.RECEIVED, 2)
    step = case.steps.order_by("pk").last()
    assert step.note == f"系统按以往的办理习惯转来，把握 {percent} %"
    assert words(question)[-1] == "已转给 团中牟县委"
    entry = Entry.objects.get(verb="case.transferred")
    assert (entry.actor, entry.data["to"]) == (None, sure.county.pk)
    alone = Alone.objects.get()
    assert (alone.value, alone.confidence) == (str(sure.county.pk), percent)
    # Nobody has decided anything.
    assert not Decision.objects.filter(question=question).exists()


def test_the_clock_does_it(sure, allowed):
    question = ask_of_ferries()

    assert "routing.alone" in clock.run_due(at=LATER)

    assert case_of(question).holder == sure.county


def test_it_never_acts_when_it_is_off(sure, settings):
    settings.ROUTING_ALONE_ABOVE = 0
    question = ask_of_ferries()

    assert actions.act_alone(at=LATER) == 0
    assert (case_of(question).holder, Alone.objects.count()) == (sure.city, 0)


def test_it_never_acts_below_the_threshold(sure, settings):
    settings.ROUTING_ALONE_ABOVE = 100
    question = ask_of_ferries()

    assert actions.act_alone(at=LATER) == 0
    assert (case_of(question).holder, Alone.objects.get().value) == (sure.city, "")


def test_it_never_acts_by_the_table_or_by_rules(house, allowed):
    question = ask_of_ferries()
    # The table says something else now than when it was asked.
    Question.objects.filter(pk=question.pk).update(region="410122")

    assert actions.act_alone(at=LATER) == 0
    assert (case_of(question).holder, TrainedModel.objects.count()) == (house.city, 0)


def test_it_never_acts_twice_on_one_question(sure, allowed):
    question = ask_of_ferries()
    actions.act_alone(at=LATER)
    back = case_of(question)
    cases.give_back(case=back, reason="不是这里的。", by=member(sure.county), at=LATER)

    assert actions.act_alone(at=LATER) == 0
    assert case_of(question).holder == sure.city


def test_what_was_looked_at_once_is_not_looked_at_again(sure, settings):
    settings.ROUTING_ALONE_ABOVE = 100
    ask_of_ferries()
    actions.act_alone(at=LATER)
    settings.ROUTING_ALONE_ABOVE = 60

    assert queries.to_look_at(at=LATER) == []
    assert actions.act_alone(at=LATER) == 0


def test_a_member_who_was_first_has_it(sure, allowed):
    """The house had read the case when the member claimed it."""
    question = ask_of_ferries()
    (seen,) = queries.to_look_at(at=LATER)
    by = member(sure.city)
    claim(question, at=LATER, by=by)

    assert actions._look(seen, at=LATER) is False

    assert (case_of(question).holder, own(question).person) == (sure.city, by)
    assert Alone.objects.get().value == ""
    assert not Entry.objects.filter(verb="case.transferred").exists()


def test_what_somebody_touched_is_old_or_is_out_of_view_is_left_alone(sure, allowed):
    claimed, released, withheld, old = (ask_of_ferries() for _ in range(4))
    claim(claimed, at=NOW)
    by = member(sure.city)
    claim(released, at=NOW, by=by)
    cases.release(lane=own(released), by=by, at=NOW)
    questions.withhold_question(question=withheld, by=None, at=NOW)

    assert [case.question for case in queries.to_look_at(at=LATER)] == [old]
    assert queries.to_look_at(at=NOW + timedelta(hours=1)) == []


def test_an_office_out_of_use_or_of_another_kind_is_sent_nothing(sure, allowed):
    experts = OrganisationFactory.create(kind="expert")
    Decision.objects.filter(value=str(sure.county.pk)).update(value=str(experts.pk))
    TrainedModel.objects.all().delete()
    actions.train_models(at=MONDAY + timedelta(hours=2))
    question = ask_of_ferries()

    assert actions.act_alone(at=LATER) == 0
    assert (case_of(question).holder, Alone.objects.get().value) == (sure.city, "")


def test_a_step_of_the_clock_costs_little(sure, allowed, django_assert_num_queries):
    question = ask(at=NOW, title="qwq", text="……")
    queries.suggestion_for(question)
    actions.act_alone(at=LATER)

    with django_assert_num_queries(1):
        actions.act_alone(at=LATER)


# --- What staff make of it ---------------------------------------------------------------


def figures():
    out = StringIO()
    call_command("routing_figures", stdout=out)
    return out.getvalue().splitlines()


def test_what_staff_undo_is_counted_and_learnt(sure, allowed):
    kept, back, on = (ask_of_ferries() for _ in range(3))
    actions.act_alone(at=LATER)
    own_member = member(sure.county)
    county, city, province = (str(o.pk) for o in (sure.county, sure.city, sure.province))

    answer(kept, by=own_member, organisation=sure.county, at=LATER)
    cases.give_back(case=case_of(back), reason="不是。", by=own_member, at=LATER)
    transfer(on, sure.province, at=LATER, by=own_member)

    def decided(question):
        return Decision.objects.values_list("value", "suggested").get(
            question=question, target=Target.HOLDER
        )

    assert [decided(q) for q in (kept, back, on)] == [
        (county, county),
        (city, county),
        (province, county),
    ]
    assert queries.alone_figures() == queries.AloneFigures(looked_at=3, moved=3, corrected=2)
    assert "holder: suggested before 3 decisions, 1 of them as suggested (33%)" in figures()
    assert figures()[-1] == "alone: looked at 3, moved 3, of these corrected 2 (67%)"


def test_figures_of_nothing(house):
    assert figures() == ["alone: looked at 0, moved 0, of these corrected 0 (-)"]


# --- What had been suggested when staff decided ------------------------------------------


def test_what_was_told_stands_beside_the_decision(sure):
    question = ask_of_ferries()
    queries.suggestion_for(question)

    transfer(question, sure.province, at=LATER)

    decision = Decision.objects.get(question=question, target=Target.HOLDER)
    assert (decision.value, decision.suggested) == (str(sure.province.pk), str(sure.county.pk))


def test_an_act_waits_for_no_model_to_be_unpacked(sure, django_assert_num_queries):
    question = ask_of_ferries()

    with django_assert_num_queries(1):
        assert queries.told_for(question, Target.HOLDER) == ""


def test_what_is_out_of_view_or_unsure_was_not_told(house):
    question = ask_of_ferries()
    # The table alone is not sure enough.
    assert queries.told_for(question, Target.HOLDER) == ""

    wages = ask(title="老板拖欠工资", text="找劳动监察大队也没人管，拖欠工资，欠薪。")
    assert queries.told_for(wages, Target.GROUP) == "labour"
    questions.withhold_question(question=wages, by=None, at=MONDAY)
    wages.refresh_from_db()
    assert queries.told_for(wages, Target.GROUP) == ""
