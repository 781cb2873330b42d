"""What staff decide is noted and learnt, and comes back as a suggestion."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, answer, ask, member
from youthvoice.clock import actions as clock
from youthvoice.journal.actions import record
from youthvoice.journal.models import Entry
from youthvoice.kit import clock as kit_clock
from youthvoice.orgs.choices import Field, Group
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Question
from youthvoice.routing import actions, queries
from youthvoice.routing.choices import Source, Target
from youthvoice.routing.models import Decision, TrainedModel
from youthvoice.routing.tests.letters import letters

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def decided(**filters):
    rows = Decision.objects.filter(**filters).order_by("pk")
    return list(rows.values_list("target", "value", "suggested"))


def enter(verb, subject, **data):
    with transaction.atomic():
        data = {"question": subject.pk} | data
        record(verb, subject=subject, actor=PersonFactory.create(), at=MONDAY, data=data)


def department(group):
    return OrganisationFactory.create(group=group)


@pytest.fixture
def taught(house):
    """Questions of two groups, each referred by staff."""
    groups = {"library": Group.EDUCATION, "ferry": Group.TRANSPORT}
    for number, row in enumerate(letters()):
        question = Question.objects.create(
            kind="help",
            field="life",
            title=row.asked.title,
            text=row.asked.text,
            asked_at=MONDAY,
            is_nameless=True,
        )
        actions.note_decision(
            question=question.pk,
            target=Target.GROUP,
            value=groups[row.code],
            at=MONDAY + timedelta(minutes=number),
        )


# --- What is noted -----------------------------------------------------------------------


def test_a_transfer_is_a_decision_of_its_holder_and_the_last_word_counts(house):
    question = ask()

    enter("case.transferred", question, to=house.county.pk, suggested=house.city.pk)
    assert decided() == [(Target.HOLDER, str(house.county.pk), str(house.city.pk))]

    enter("case.given_back", question, to=house.city.pk)
    assert decided() == [(Target.HOLDER, str(house.city.pk), "")]


def test_a_referral_is_a_decision_of_the_departments_group(house):
    question = ask()
    bodies = [department(Group.LABOUR).pk, department(Group.LABOUR).pk, house.experts.pk]

    enter("case.referred", question, to=bodies)

    # By its words it would have been told so.
    assert decided() == [(Target.GROUP, Group.LABOUR, Group.LABOUR)]


def test_several_groups_or_none_are_no_decision(house):
    question = ask()

    enter("case.referred", question, to=[department(g).pk for g in (Group.LABOUR, Group.HEALTH)])
    enter("case.referred", question, to=[house.experts.pk])
    enter("case.transferred", question, to=None)

    assert decided() == []


@pytest.mark.parametrize("number", [None, "7", 10**9, True])
def test_an_entry_without_its_question_is_passed_over(house, number):
    enter("case.transferred", ask(), question=number, to=1)

    assert decided() == []


def test_an_answer_of_the_holder_confirms_holder_and_field(house):
    question = ask()

    answer(question, by=member(house.city), organisation=house.city)

    assert decided() == [(Target.HOLDER, str(house.city.pk), ""), (Target.FIELD, "work", "")]


def test_others_answers_confirm_nothing_and_no_answer_undoes_a_decision(house):
    question = ask()
    enter("question.field_changed", question, to="life")

    answer(question, by=member(house.experts), organisation=house.experts)
    assert decided() == [(Target.FIELD, "life", "")]

    answer(question, by=member(house.city), organisation=house.city)
    assert decided(target=Target.FIELD) == [(Target.FIELD, "life", "")]


# --- Learning at night -------------------------------------------------------------------


def test_the_night_learns_and_the_next_suggestion_knows(taught):
    question = ask(title="大码头渡轮末班停得太早", text="船票机也坏了。")
    before = queries.suggestion_for(question).group
    assert before is None or before.source == Source.RULES

    (model,) = actions.train_models(at=MONDAY + DAY)

    assert (model.target, model.rows, model.is_current) == (Target.GROUP, 64, True)
    assert model.macro_f1 == 1.0
    suggested = queries.suggestion_for(question).group
    assert (suggested.code, suggested.label) == (Group.TRANSPORT, "交通运输")
    assert suggested.source == Source.LEARNT
    assert 0.5 < suggested.confidence <= 1
    assert set(suggested.words) & {"渡轮", "末班", "码头", "船票"}
    entry = Entry.objects.get(verb="routing.trained")
    assert entry.data == {"target": "group", "rows": 64, "f1": 1000}


def test_a_correction_is_learnt_the_next_night(taught):
    """What went to transport now goes to justice, for staff said so."""
    actions.train_models(at=MONDAY + DAY)
    for decision in Decision.objects.filter(value=Group.TRANSPORT):
        number, at = decision.question_id, MONDAY + DAY * 2
        actions.note_decision(question=number, target=Target.GROUP, value=Group.JUSTICE, at=at)

    actions.train_models(at=MONDAY + DAY * 3)

    suggested = queries.suggestion_for(ask(title="渡轮末班停得太早", text="船票")).group
    assert suggested.code == Group.JUSTICE
    assert TrainedModel.objects.filter(is_current=True).count() == 1


def test_nothing_new_is_nothing_trained(taught):
    assert len(actions.train_models(at=MONDAY + DAY)) == 1
    assert actions.train_models(at=MONDAY + DAY * 2) == []


def test_too_little_is_nothing_trained(house):
    enter("case.transferred", ask(), to=house.county.pk)

    assert actions.train_models(at=MONDAY + DAY) == []


def test_what_may_not_be_read_any_more_is_not_learnt(taught):
    assert len(queries.rows_to_learn(Target.GROUP)) == 64
    first, second = Question.objects.order_by("pk")[:2]
    Question.objects.filter(pk=first.pk).update(deleted_at=MONDAY)
    questions.withhold_question(question=second, by=None, at=MONDAY)

    assert len(queries.rows_to_learn(Target.GROUP)) == 62


def test_the_clock_trains_once_in_the_hour_of_the_night(taught, monkeypatch):
    """03:00 in the house is 19:00 of the day before in UTC."""

    def looks(moment):
        monkeypatch.setattr(kit_clock, "now", lambda: moment)
        clock.run_due(at=moment)
        return TrainedModel.objects.count()

    night = MONDAY.replace(hour=19)
    some = timedelta(minutes=25)
    assert [looks(night - some), looks(night + some / 5), looks(night + some)] == [0, 1, 1]
    Decision.objects.update(decided_at=night + timedelta(minutes=26))
    # Decided since, but it is not night any more, or again trained already.
    assert [looks(night + some * 2), looks(night + some * 3)] == [1, 1]
    assert looks(night + DAY + some) == 2


def test_only_the_last_nights_are_kept(taught, monkeypatch):
    monkeypatch.setattr(actions, "_NIGHTS_KEPT", 2)
    for night in range(3):
        Decision.objects.update(decided_at=MONDAY + DAY * night)
        actions.train_models(at=MONDAY + DAY * night + timedelta(hours=1))

    assert TrainedModel.objects.count() == 2


# --- Suggesting --------------------------------------------------------------------------


def test_the_first_day_goes_by_rules_and_the_table(house):
    question = ask(title="老板拖欠工资", text="找劳动监察大队也没人管。")

    found = queries.suggestion_for(question)

    assert (found.holder.code, found.holder.source) == (str(house.city.pk), Source.TABLE)
    assert (found.field.code, found.field.source) == (Field.WORK, Source.RULES)
    assert (found.group.code, found.group.source) == (Group.LABOUR, Source.RULES)
    assert found.group.words[:2] == ("老板", "拖欠工资")
    assert 0 < found.group.confidence < 1


def test_a_group_that_is_hardly_decided_yet_is_left_to_the_rules(taught):
    actions.train_models(at=MONDAY + DAY)

    text = "化工厂偷排污水废气，环保局不来，粉尘噪音扰民，环评也没有。" * 3
    suggested = queries.suggestion_for(ask(title="化工厂污染严重，污水废气粉尘", text=text)).group

    assert suggested.code == Group.ENVIRONMENT
    assert suggested.source == Source.RULES


def test_words_without_any_sense_suggest_no_group(house):
    assert queries.suggestion_for(ask(title="qwq", text="……")).group is None


def test_suggesting_asks_the_database_little(taught, django_assert_num_queries):
    actions.train_models(at=MONDAY + DAY)
    question = ask()
    queries.suggestion_for(question)
    question = Question.objects.get(pk=question.pk)

    with django_assert_num_queries(2):
        queries.suggestion_for(question)


@pytest.mark.parametrize(("above", "may"), [(0, False), (50, True), (100, False)])
def test_it_never_acts_alone_unless_operators_let_it(settings, above, may):
    settings.ROUTING_ALONE_ABOVE = above
    suggested = queries.Suggested("labour", "", 0.97, (), Source.LEARNT, alone_from=0.9)

    assert queries.may_act_alone(suggested) is may


def test_rules_and_what_was_not_right_often_enough_never_act_alone(settings):
    settings.ROUTING_ALONE_ABOVE = 50
    rules = queries.Suggested("labour", "", 0.97, (), Source.RULES, alone_from=0.9)
    unsure = queries.Suggested("labour", "", 0.97, (), Source.LEARNT)

    assert [queries.may_act_alone(s) for s in (None, rules, unsure)] == [False] * 3
