"""Whoever is criticised can't be the one who hides, however they come or go."""

from datetime import timedelta

import pytest

from tests.factories import (
    MONDAY,
    NOBODY,
    OrganisationFactory,
    PersonFactory,
    answer,
    ask,
    member,
)
from youthvoice.moderation import policy
from youthvoice.moderation.matter import matter_of
from youthvoice.moderation.models import Left
from youthvoice.moderation.tests.making import LATER, comment, fresh, report
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.questions import actions as questions
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db
PLAIN = "一句很难听的话"


@pytest.fixture
def duty(house):
    return member(house.city, Role.DUTY)


@pytest.fixture
def lead(house):
    """Of the level above."""
    return member(house.province, Role.LEAD)


@pytest.fixture
def operator(house):
    return member(house.line, Role.OPERATOR)


@pytest.fixture
def question(house):
    return ask(by=PersonFactory(), region="410100")


# --- Who has the power ---------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.DUTY, Role.LEAD])
def test_duty_and_leads_of_the_holder_may_hide(house, question, role):
    judge = member(house.city, role)
    item = report(comment(question))

    assert item.desk == house.city
    assert policy.is_judge(judge)
    assert policy.why_not_hide(judge, item.words) == ""


def test_operators_may_hide_wherever_it_waits(question, duty, operator):
    item = report(comment(question))

    assert policy.why_not_hide(operator, item.words) == ""


def test_nobody_else_may_hide(house, question, duty):
    item = report(comment(question))
    others = [
        NOBODY,
        PersonFactory(),
        member(house.city),
        member(house.county, Role.LEAD),
        member(house.experts, Role.DUTY),
        member(house.city, Role.LEAD, is_active=False),
    ]

    assert [policy.why_not_hide(one, item.words) for one in others] == ["这件事不由你处理。"] * 6
    assert [policy.is_judge(one) for one in others] == [False, False, False, True, True, False]


def test_a_role_in_an_organisation_that_is_shut_gives_no_power(house, question, duty):
    item = report(comment(question))
    house.city.is_active = False
    house.city.save()

    assert policy.why_not_hide(duty, item.words) == "这件事不由你处理。"


def test_words_that_nobody_reported_are_judged_by_the_same_rules(house, question, duty):
    assert policy.why_not_hide(duty, comment(question)) == ""
    assert "团郑州市委" in policy.why_not_hide(duty, comment(question, "团郑州市委真差"))


# --- What keeps them from it ---------------------------------------------------------------


def test_not_what_is_said_under_their_organisations_answer(house, question, duty, lead):
    given = answer(question, by=member(house.city), organisation=house.city)
    item = report(comment(question, PLAIN, under=given))

    assert "团郑州市委" in policy.why_not_hide(duty, item.words)
    assert item.desk == house.province
    assert policy.why_not_hide(lead, item.words) == ""


@pytest.mark.parametrize(
    "text",
    ["团郑州市委是骗子", "郑 州 团 市 委", "团\u200b郑州市委", "团委的人懒", "你们踢皮球"],
)
def test_not_what_names_their_organisation(house, question, duty, lead, text):
    item = report(comment(question, text))

    assert "可能在说团郑州市委" in policy.why_not_hide(duty, item.words)
    assert item.desk == house.province
    assert policy.why_not_hide(lead, item.words) == ""


def test_not_a_question_that_complains_about_its_holder(house, duty, lead):
    item = report(ask(by=PersonFactory(), title="团委收了材料就没下文"))

    assert policy.why_not_hide(duty, item.words)
    assert policy.why_not_hide(lead, item.words) == ""


def test_not_what_is_said_under_a_question_that_names_them(house, duty):
    question = ask(by=PersonFactory(), title="团郑州市委的热线没人接")
    item = report(comment(question, "就是，一群懒汉"))

    assert policy.why_not_hide(duty, item.words)


def test_not_what_names_themselves(house, question, duty):
    duty.nickname = "小 秦"
    duty.save()
    item = report(comment(question, "那个小秦就会糊弄人"))

    assert "可能说到了你" in policy.why_not_hide(duty, item.words)


def test_not_their_own_words_nor_their_organisations(house, question, duty, operator):
    own = comment(question, by=duty)
    office = comment(question, by=member(house.city), organisation=house.city)
    report(own)
    report(office)

    assert "自己写的" in policy.why_not_hide(duty, own)
    assert "组织写的" in policy.why_not_hide(duty, office)
    assert policy.why_not_hide(operator, own) == policy.why_not_hide(operator, office) == ""


def test_not_what_they_reported_themselves(house, question, duty, operator):
    item = report(comment(question), by=Viewer(duty))

    assert "你举报的" in policy.why_not_hide(duty, item.words)
    assert item.desk is None
    assert policy.why_not_hide(operator, item.words) == ""


def test_an_operator_of_the_criticised_organisation_may_not_either(house, question):
    own = member(house.city, Role.OPERATOR)
    item = report(comment(question, "团郑州市委真差"))

    assert policy.why_not_hide(own, item.words)


# --- Coming and going ----------------------------------------------------------------------


def test_leaving_does_not_help(house, question, lead):
    both = member(house.province, Role.LEAD)
    row = Membership.objects.create(person=both, organisation=house.city)
    item = report(comment(question, "团郑州市委真差"))
    row.delete()

    assert policy.why_not_hide(both, item.words)
    assert policy.why_not_hide(lead, item.words) == ""


def test_leaving_by_being_moved_does_not_help(house, question):
    moved = member(house.city, Role.LEAD)
    row = Membership.objects.get(person=moved)
    row.role = Role.DUTY
    row.save()
    assert not Left.objects.exists()
    row.organisation = house.province
    row.save()
    item = report(comment(question, "团郑州市委真差"))

    assert policy.why_not_hide(moved, item.words)


def test_having_left_long_before_the_words_were_written_does_not_count(house, question):
    lead = member(house.province, Role.LEAD)
    Left.objects.create(person=lead.pk, organisation=house.city.pk, at=MONDAY - timedelta(days=366))
    item = report(comment(question, "团郑州市委真差"))
    assert policy.why_not_hide(lead, item.words) == ""

    Left.objects.update(at=MONDAY - timedelta(days=364))
    assert policy.why_not_hide(lead, item.words)


def test_joining_the_holder_gives_the_power_and_the_bar_together(house, question):
    member(house.city, Role.DUTY)
    item = report(comment(question, "高校战线真差"))
    one = member(house.line)
    Membership.objects.create(person=one, organisation=house.city, role=Role.LEAD)

    assert "高校战线" in policy.why_not_hide(one, item.words)


def test_new_names_do_not_help(house, question, duty, lead):
    duty.nickname = "小秦"
    duty.save()
    named = report(comment(question, "小秦糊弄人"))
    org = report(comment(question, "团郑州市委真差"))
    duty.nickname = "换了名字"
    duty.save()
    house.city.name = house.city.short_name = "新的名字"
    house.city.region_id = "410200"
    house.city.save()

    assert policy.why_not_hide(duty, fresh(named).words)
    Membership.objects.create(person=duty, organisation=house.province, role=Role.LEAD)
    assert "新的名字" in policy.why_not_hide(duty, fresh(org).words)


def test_shutting_the_organisation_does_not_help(house, question, lead):
    Membership.objects.create(person=lead, organisation=house.city)
    item = report(comment(question, "团郑州市委真差"))
    house.city.is_active = False
    house.city.save()

    assert policy.why_not_hide(lead, item.words)


def test_an_edit_that_takes_the_name_out_does_not_help(house, duty, lead):
    question = ask(by=(person := PersonFactory()), title="团郑州市委真差")
    item = report(question)
    questions.edit_question(
        question=question, title="换一个标题", text="别的", by=Viewer(person), at=LATER
    )

    assert policy.why_not_hide(duty, fresh(item).words)


# --- Where it goes -------------------------------------------------------------------------


def test_it_goes_to_the_nearest_above_with_somebody_free(house, lead):
    item = report(comment(ask(region="410122"), "团中牟县委真差"))
    assert item.desk == house.province

    city = member(house.city, Role.DUTY)
    item = report(comment(ask(region="410122"), "团中牟县委真差"))
    assert item.desk == house.city
    assert policy.why_not_hide(city, item.words) == ""


def test_it_goes_to_the_operators_when_nobody_is_free(house, question):
    assert report(comment(question)).desk is None


def test_one_that_is_named_is_not_free(house, question):
    member(house.city, Role.DUTY, nickname="小秦")

    assert report(comment(question, "小秦糊弄人")).desk is None


def test_when_nobody_at_all_may_it_is_said(house, question):
    member(house.city, Role.OPERATOR)
    item = report(comment(question, "团郑州市委真差"))
    assert policy.nobody_may(matter_of(item.words, item=item))

    member(house.line, Role.OPERATOR)
    assert not policy.nobody_may(matter_of(item.words, item=item))


def test_what_is_withheld_goes_to_leads_of_the_holder_only(house, question, duty, lead):
    words = comment(question)
    questions.withhold_question(question=question, by=None, at=LATER)
    words.question.refresh_from_db()
    assert report(words).desk is None

    own = member(house.city, Role.LEAD)
    again = comment(other := ask(region="410100"), "别的话")
    questions.withhold_question(question=other, by=None, at=LATER)
    again.question.refresh_from_db()
    item = report(again)
    assert item.desk == house.city
    assert policy.why_not_hide(own, item.words) == ""
    assert policy.why_not_hide(duty, item.words) == "这件事不由你处理。"


def test_handing_it_to_the_operators_needs_no_impartiality(house, question, duty):
    item = report(comment(question))
    item.about.add(house.city)
    matter = matter_of(item.words, item=item)

    assert policy.why_not_decide(duty, matter)
    assert policy.why_not_pass(duty, matter) == ""
    assert policy.why_not_pass(PersonFactory(), matter)


def test_an_organisation_elsewhere_is_not_meant(house, question, duty):
    other = OrganisationFactory(short_name="青年创业园")
    item = report(comment(question, "青年创业园是骗子"))

    assert policy.why_not_hide(duty, item.words) == ""
    assert set(item.about.all()) == {other}
