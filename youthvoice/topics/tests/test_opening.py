"""Opening, ending and listing topics."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, member
from youthvoice.journal.models import Entry
from youthvoice.topics import actions, policy, queries
from youthvoice.topics.actions import UnableToClose, UnableToOpen
from youthvoice.topics.models import Topic

pytestmark = pytest.mark.django_db


def make(host, name="宿舍热水", *, by=None, at=MONDAY, intro="停了两周的热水。"):
    return actions.make_topic(name=name, intro=intro, host=host, by=by or member(host), at=at)


def test_a_topic_has_a_name_a_line_and_a_host(house):
    topic = make(house.city)

    assert str(topic) == "#宿舍热水#"
    assert topic.get_absolute_url() == f"/topics/{topic.pk}/"
    assert (topic.host, topic.opened_at, topic.is_open) == (house.city, MONDAY, True)
    assert (topic.question_count, topic.participant_count) == (0, 0)


@pytest.mark.parametrize(
    ("name", "intro"),
    [("热 水", "一句话。"), ("#热水#", "一句话。"), ("热水", ""), ("热水", "字" * 101)],
)
def test_what_is_no_name_or_no_line_is_refused(house, name, intro):
    with pytest.raises(UnableToOpen):
        make(house.city, name, intro=intro)

    assert not Topic.objects.exists()


def test_only_the_hosts_people_open_one(house):
    shut = OrganisationFactory(is_active=False)
    for host, by in (
        (house.city, PersonFactory()),
        (house.city, member(house.county)),
        (shut, member(shut)),
    ):
        with pytest.raises(UnableToOpen, match="只有主持单位自己的人"):
            make(host, by=by)


def test_a_name_is_one_topics_and_the_refusal_says_whose(house):
    topic = make(house.city, "WiFi覆盖")

    with pytest.raises(UnableToOpen, match="已经有 #WiFi覆盖# 了，由团郑州市委主持"):
        make(house.county, "ｗｉｆｉ覆盖")
    with pytest.raises(UnableToOpen, match="你们已经有 #WiFi覆盖# 了"):
        make(house.city, "wifi覆盖")
    actions.close_topic(topic=topic, by=member(house.city), at=MONDAY)
    with pytest.raises(UnableToOpen, match="已经结束了"):
        make(house.city, "wifi覆盖")


def test_its_hosts_end_it_once_and_open_it_again(house):
    topic, staff = make(house.city), member(house.city)
    later = MONDAY + timedelta(days=1)

    actions.close_topic(topic=topic, by=staff, at=later)
    with pytest.raises(UnableToClose, match="刚刚有人先结束了它"):
        actions.close_topic(topic=topic, by=staff, at=later)
    assert Topic.objects.get(pk=topic.pk).closed_at == later

    actions.reopen_topic(topic=topic, by=staff, at=later)
    with pytest.raises(UnableToClose, match="已经是打开的"):
        actions.reopen_topic(topic=topic, by=staff, at=later)
    assert Topic.objects.get(pk=topic.pk).is_open
    verbs = Entry.objects.filter(verb__startswith="topic.").order_by("seq")
    assert list(verbs.values_list("verb", "actor")) == [
        ("topic.closed", staff.pk),
        ("topic.reopened", staff.pk),
    ]


def test_others_do_not_end_it(house):
    topic = make(house.city)
    for by in (PersonFactory(), member(house.county), member(house.province)):
        assert not policy.may_look_after(by, topic)
        for act in (actions.close_topic, actions.reopen_topic):
            with pytest.raises(UnableToClose):
                act(topic=topic, by=by, at=MONDAY)
    assert Topic.objects.get(pk=topic.pk).is_open


def test_the_lists_are_paged_with_the_liveliest_first(house):
    staff = member(house.city)
    topics = [
        make(house.city, f"话题{n}", by=staff, at=MONDAY + timedelta(minutes=n)) for n in range(23)
    ]
    other = make(house.county, "别处的")
    actions.note_activity(topic=topics[0].pk, at=MONDAY + timedelta(hours=1))

    first = queries.listed()
    second = queries.listed(after=first.next_after)

    assert first.items[:2] == [topics[0], topics[22]]
    assert {*first.items, *second.items} == {*topics, other}
    assert len(first.items) + len(second.items) == 24
    assert other not in queries.hosted_by(house.city).items
    assert queries.hosted_by(house.county).items == [other]
    actions.close_topic(topic=topics[0], by=staff, at=MONDAY)
    assert queries.open_at(house.city, most=2) == [topics[22], topics[21]]


def test_a_list_asks_no_oftener_with_more(house):
    def count():
        with CaptureQueriesContext(connection) as found:
            [topic.host.short_name for topic in queries.listed().items]
        return len(found)

    make(house.city, "话题一")
    first = count()
    make(house.county, "话题二")
    make(house.province, "话题三")
    assert count() == first == 1
