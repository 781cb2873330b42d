"""A topic made of questions that a desk gathered: by whom, of which, all of them or none."""

from datetime import timedelta

import pytest

from tests.factories import (
    MONDAY,
    PersonFactory,
    ask,
    asker_of,
    member,
)
from youthvoice.cases.tests.working import case_of, transfer
from youthvoice.gathering import actions
from youthvoice.gathering.actions import UnableToMakeTopic
from youthvoice.journal.models import Entry
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason
from youthvoice.topics import actions as topics
from youthvoice.topics.models import Tag, Topic

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def staff(house):
    return member(house.city)


def cases(*asked):
    return [case_of(question) for question in asked]


def make(host, *asked, by, name="宿舍热水", at=LATER):
    return actions.make_topic(
        cases=cases(*asked), name=name, intro="停了两周。", host=host, by=by, at=at
    )


def tagged(topic):
    return set(Tag.objects.filter(topic=topic).values_list("question", flat=True))


def entries():
    rows = Entry.objects.filter(verb__startswith="topic.").order_by("seq")
    return list(rows.values_list("verb", "subject", "actor", "data"))


def test_a_group_becomes_a_topic_in_one_entry(house, staff):
    one, other = ask(by=PersonFactory()), ask()
    before = [case_of(q).version for q in (one, other)], Entry.objects.count()

    topic = make(house.city, one, other, by=staff)

    assert tagged(topic) == {one.pk, other.pk}
    assert (topic.question_count, topic.participant_count) == (2, 2)
    assert (topic.host, topic.opened_at, topic.active_at) == (house.city, LATER, LATER)
    data = {"questions": [one.pk, other.pk]}
    assert entries() == [("topic.opened", f"topics.topic:{topic.pk}", staff.pk, data)]
    # The cases are as they were, and nobody's trail names a topic.
    assert ([case_of(q).version for q in (one, other)], Entry.objects.count() - 1) == before


def test_more_are_put_into_a_topic_of_ones_own_body(house, staff):
    first, second, third = ask(), ask(), ask()
    topic = make(house.city, first, by=staff)

    many = actions.add_to_topic(
        cases=cases(first, second, third), topic=topic, by=member(house.city), at=LATER
    )

    assert many == 2
    assert tagged(topic) == {first.pk, second.pk, third.pk}
    assert entries()[1][0] == "topic.grown"
    assert entries()[1][3] == {"questions": [second.pk, third.pk]}
    with pytest.raises(UnableToMakeTopic, match="已经都在这个话题里"):
        actions.add_to_topic(cases=cases(first), topic=topic, by=staff, at=LATER)


def test_an_office_above_gathers_what_waits_below(house):
    below = ask(region="410122")
    assert below.case.holder == house.county

    topic = make(house.province, below, by=member(house.province))

    assert tagged(topic) == {below.pk}


def test_who_may_not_gather_a_question_puts_it_into_no_topic(house, staff):
    mine, above = ask(), ask(region=None)
    line = member(house.line)
    for host, by, asked in (
        (house.city, staff, (mine, above)),
        (house.line, line, (mine,)),
        (house.city, PersonFactory(), (mine,)),
        (house.county, member(house.county), (mine,)),
    ):
        with pytest.raises(UnableToMakeTopic):
            make(host, *asked, by=by)
    with pytest.raises(UnableToMakeTopic, match="只有主持单位自己的人"):
        make(house.county, mine, by=staff)
    assert not Topic.objects.exists()
    assert not Tag.objects.exists()
    assert entries() == []


def test_whoever_lost_the_question_meanwhile_is_refused(house, staff):
    question, other = ask(), ask()
    seen = cases(question, other)
    transfer(question, house.province, at=LATER)

    with pytest.raises(UnableToMakeTopic, match="不由你放进话题"):
        actions.make_topic(
            cases=seen, name="热水", intro="一句话。", host=house.city, by=staff, at=LATER
        )
    assert not Topic.objects.exists()


@pytest.mark.parametrize("way", ["deleted", "hidden", "withheld"])
@pytest.mark.parametrize("adds", [False, True])
def test_a_question_that_went_out_of_view_stops_all_and_is_not_named(house, staff, way, adds):
    one, other = ask(), ask(title="看不见了的那一个")
    topic = make(house.city, ask(), by=staff, name="已有的") if adds else None
    seen = cases(one, other)
    if way == "deleted":
        questions.delete_question(question=other, by=asker_of(other), at=MONDAY)
    elif way == "hidden":
        questions.hide(words=other, reason=HideReason.SPAM, by=staff, at=MONDAY)
    else:
        questions.withhold_question(question=other, by=None, at=MONDAY)

    act, into = actions.make_topic, {"name": "热水", "intro": "一句话。", "host": house.city}
    if topic:
        act, into = actions.add_to_topic, {"topic": topic}
    with pytest.raises(UnableToMakeTopic, match="刚刚不再公开，这次一个都没有放") as refused:
        act(cases=seen, by=staff, at=LATER, **into)

    assert "看不见了的那一个" not in str(refused.value)
    assert Tag.objects.count() == adds
    assert Topic.objects.count() == adds


def test_a_taken_name_makes_nothing(house, staff):
    make(house.city, ask(), by=staff)

    with pytest.raises(UnableToMakeTopic, match="由团郑州市委主持"):
        make(house.county, ask(region="410122"), by=member(house.county))
    assert Topic.objects.count() == 1
    assert Tag.objects.count() == 1


def test_nothing_goes_into_a_closed_topic_or_anothers(house, staff):
    topic = make(house.city, ask(), by=staff)
    more = cases(ask(region="410122"))
    for by in (member(house.county), member(house.province), PersonFactory()):
        with pytest.raises(UnableToMakeTopic, match="只有主持单位自己的人"):
            actions.add_to_topic(cases=more, topic=topic, by=by, at=LATER)
    topics.close_topic(topic=topic, by=staff, at=LATER)
    with pytest.raises(UnableToMakeTopic, match="刚刚结束了"):
        actions.add_to_topic(cases=more, topic=topic, by=staff, at=LATER)
    assert Tag.objects.count() == 1
    assert [entry[0] for entry in entries()] == ["topic.opened", "topic.closed"]


def test_a_question_is_in_five_topics_at_most(house, staff):
    question = ask(title="哪儿都有它")
    for n in range(topics.TOPICS_MOST):
        make(house.city, question, by=staff, name=f"话题{n}")

    with pytest.raises(UnableToMakeTopic, match="“哪儿都有它”已经在 5 个话题里"):
        make(house.city, question, by=staff, name="第六个")
    assert Topic.objects.count() == topics.TOPICS_MOST


def test_none_and_too_many_are_refused(house, staff):
    with pytest.raises(UnableToMakeTopic, match="请选 1 到 100 个"):
        make(house.city, by=staff)
    one = case_of(ask())
    many = [type(one)(pk=n, question_id=n, holder=house.city) for n in range(1, 102)]
    with pytest.raises(UnableToMakeTopic, match="请选 1 到 100 个"):
        actions.make_topic(
            cases=many, name="热水", intro="一句话。", host=house.city, by=staff, at=LATER
        )


def test_its_hosts_take_a_question_out_again(house, staff):
    one, other = ask(), ask()
    topic = make(house.city, one, other, by=staff)
    for by in (PersonFactory(), member(house.county)):
        with pytest.raises(UnableToMakeTopic):
            actions.remove_from_topic(topic=topic, question=one.pk, by=by, at=LATER)

    # Also what somebody else holds by now.
    transfer(one, house.province, at=LATER)
    actions.remove_from_topic(topic=topic, question=one.pk, by=staff, at=LATER)

    assert tagged(topic) == {other.pk}
    assert entries()[-1][0::3] == ("topic.shrunk", {"questions": [one.pk]})
    with pytest.raises(UnableToMakeTopic, match="它不在这个话题里"):
        actions.remove_from_topic(topic=topic, question=one.pk, by=staff, at=LATER)
    topic.refresh_from_db()
    assert (topic.question_count, topic.participant_count) == (1, 1)


def test_what_is_merged_may_be_in_a_topic_and_is_handled_as_before(house, staff):
    lead, one = ask(), ask()
    actions.merge(cases=cases(one), into=case_of(lead), by=staff, at=MONDAY)

    topic = make(house.city, lead, one, by=staff)

    assert tagged(topic) == {lead.pk, one.pk}
    assert case_of(one).state == "merged"
