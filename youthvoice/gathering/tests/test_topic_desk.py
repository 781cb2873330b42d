"""The desk's pages on which a topic is made of what was gathered, and looked after."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, answer, ask, member
from youthvoice.cases.tests.working import case_of
from youthvoice.gathering import actions
from youthvoice.topics import actions as topics
from youthvoice.topics.models import Tag, Topic

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def staff(house):
    return member(house.city)


def cases(*asked):
    return [case_of(question) for question in asked]


def make(host, *asked, by, name="宿舍热水"):
    return actions.make_topic(
        cases=cases(*asked), name=name, intro="停了两周。", host=host, by=by, at=LATER
    )


def tagged(topic):
    return set(Tag.objects.filter(topic=topic).values_list("question", flat=True))


@pytest.fixture
def desk(client, house, staff):
    client.force_login(staff)
    return house.city.slug


def test_from_a_group_to_a_topic_without_a_script(house, client, desk):
    asked = [ask(title="热水停了"), ask(title="没有热水"), ask(title="锅炉坏了")]
    gather = reverse("gathering:gather", args=[desk])
    picks = [question.pk for question in asked]

    chosen = client.post(gather, {"act": "topic", "pick": picks})
    assert chosen.status_code == 302
    form = client.get(chosen["Location"]).content.decode()
    assert all(question.title in form for question in asked)
    assert not Topic.objects.exists()

    given = {"pick": picks[:2], "topic": "new", "name": "宿舍热水", "intro": "停了两周。"}
    made = client.post(reverse("gathering:topic_make", args=[desk]), given, follow=True)

    topic = Topic.objects.get()
    assert tagged(topic) == set(picks[:2])
    shown = made.content.decode()
    assert "话题 #宿舍热水# 开好了。" in shown
    assert f'href="/topics/{topic.pk}/"' in shown

    given = {"pick": picks[2:], "topic": topic.pk, "name": "", "intro": ""}
    more = client.post(reverse("gathering:topic_make", args=[desk]), given, follow=True)
    assert "1 个提问放进了 #宿舍热水#。" in more.content.decode()
    assert tagged(topic) == set(picks)


def test_from_a_lead_with_what_hangs_on_it(house, client, desk, staff):
    lead, one, other = ask(), ask(), ask()
    actions.merge(cases=cases(one, other), into=case_of(lead), by=staff, at=MONDAY)

    page = client.get(reverse("gathering:together", args=[desk, lead.pk])).content.decode()

    url = page.split('class="button" href="')[1].split('"')[0].replace("&amp;", "&")
    form = client.get(url).content.decode()
    for question in (lead, one, other):
        assert f'value="{question.pk}" checked' in form


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"name": "热水", "intro": "一句话。", "pick": []}, "请至少选一个提问"),
        ({"name": "", "intro": "一句话。"}, "请给话题起个名字"),
        ({"name": "热水", "intro": ""}, "请用一句话写下"),
        ({"name": "热 水", "intro": "一句话。"}, "不能有空格"),
        ({"name": "#热水#", "intro": "一句话。"}, "名字里不用写 #"),
        ({"name": "热\u200b水", "intro": "一句话。"}, "看不见的字符"),
        ({"name": "字" * 21, "intro": "一句话。"}, "20"),
        ({"name": "热水", "intro": "字" * 101}, "100"),
        ({"topic": "999999", "name": "", "intro": ""}, "没有这个选项"),
        ({"topic": "x", "name": "热水", "intro": "一句话。"}, "没有这个选项"),
        ({"topic": "", "name": "热水", "intro": "一句话。"}, "请选放进哪个话题"),
        ({"pick": ["0"], "name": "热水", "intro": "一句话。"}, "放进去的提问"),
        ({"pick": ["9" * 18], "name": "热水", "intro": "一句话。"}, "刚刚不再公开"),
    ],
)
def test_what_the_form_refuses_it_says_and_keeps(house, client, desk, given, why):
    question = ask()
    sent = {"pick": [question.pk], "topic": "new", **given}

    answered = client.post(reverse("gathering:topic_make", args=[desk]), sent)

    assert answered.status_code == 422
    if sent["pick"] == [question.pk]:
        assert why in answered.content.decode()
        assert question.title in answered.content.decode()
    assert not Topic.objects.exists()


def test_an_own_topic_and_new_words_at_once_are_refused(house, client, desk, staff):
    question = ask()
    topic = make(house.city, ask(), by=staff)
    given = {"pick": [question.pk], "topic": topic.pk, "name": "别的", "intro": ""}

    answered = client.post(reverse("gathering:topic_make", args=[desk]), given)

    assert answered.status_code == 422
    assert "就不写新的名字" in answered.content.decode()
    assert tagged(topic).isdisjoint({question.pk})


def test_a_closed_topic_and_anothers_are_not_offered(house, client, desk, staff):
    closed = make(house.city, ask(), by=staff, name="结束了的")
    topics.close_topic(topic=closed, by=staff, at=LATER)
    foreign = make(house.province, ask(), by=member(house.province), name="省里的")
    question = ask()

    page = client.get(reverse("gathering:topic_make", args=[desk]), {"pick": question.pk})
    assert "结束了的" not in page.content.decode()
    assert "省里的" not in page.content.decode()
    for topic in (closed, foreign):
        given = {"pick": [question.pk], "topic": topic.pk}
        assert client.post(reverse("gathering:topic_make", args=[desk]), given).status_code == 422
    assert not Tag.objects.filter(question=question).exists()


def test_without_a_pick_the_page_says_where_to_begin(house, client, desk):
    for picks in ({}, {"pick": ["0", "x", "-1", "1e3"]}, {"pick": ["9" * 18]}):
        shown = client.get(reverse("gathering:topic_make", args=[desk]), picks)
        assert shown.status_code == 200
        assert "先在汇总里选几个提问" in shown.content.decode()


def test_looking_after_a_topic(house, client, desk, staff):
    one, other = ask(title="第一个提问"), ask(title="第二个提问")
    topic = make(house.city, one, other, by=staff)
    url = reverse("gathering:topic", args=[desk, topic.pk])
    assert (
        "#<bdi>宿舍热水</bdi>#"
        in client.get(reverse("gathering:gather", args=[desk]), {"show": "topics"}).content.decode()
    )

    taken = client.post(url, {"take": one.pk}, follow=True).content.decode()
    assert "拿出来了" in taken
    assert "第一个提问" not in taken
    assert client.post(url, {"take": one.pk}).status_code == 422
    assert "结束了。" in client.post(url, {"act": "close"}, follow=True).content.decode()
    assert client.post(url, {"act": "close"}).status_code == 422
    assert "重新打开了" in client.post(url, {"act": "reopen"}, follow=True).content.decode()
    for given in ({}, {"take": one.pk, "act": "close"}, {"act": "x"}, {"take": "0"}):
        assert client.post(url, given).status_code == 422
    assert tagged(topic) == {other.pk}


def test_anothers_topic_is_not_there(house, client, desk):
    foreign = make(house.province, ask(), by=member(house.province))

    assert client.get(reverse("gathering:topic", args=[desk, foreign.pk])).status_code == 404


def test_the_desks_lists_are_paged(house, client, desk, staff):
    asked = [ask() for _ in range(23)]
    topic = make(house.city, *asked, by=staff)
    url = reverse("gathering:topic", args=[desk, topic.pk])

    first = client.get(url).content.decode()
    after = first.split("?after=")[1].split('"')[0]
    second = client.get(url, {"after": after}).content.decode()

    for question in asked:
        assert (f"/q/{question.pk}/" in first) + (f"/q/{question.pk}/" in second) == 1


def test_the_desks_pages_ask_no_oftener_with_more(
    house, client, desk, staff, django_assert_max_num_queries
):
    topic = make(house.city, ask(by=PersonFactory()), by=staff)
    urls = [
        (reverse("gathering:topic", args=[desk, topic.pk]), {}),
        (reverse("gathering:gather", args=[desk]), {"show": "topics"}),
        (reverse("gathering:topic_make", args=[desk]), {"pick": []}),
    ]

    def counts():
        found = []
        for url, query in urls:
            if "pick" in query:
                query["pick"] = [*Tag.objects.values_list("question", flat=True)]
            client.get(url, query)
            with django_assert_max_num_queries(30) as made:
                client.get(url, query)
            found.append(len(made))
        return found

    one = counts()
    for _ in range(2):
        new = ask(by=PersonFactory(), region="410122")
        answer(new, by=member(house.county), organisation=house.county)
        actions.add_to_topic(cases=cases(new), topic=topic, by=staff, at=LATER)
        make(house.city, ask(), by=staff, name=f"另一个{new.pk}")
    assert counts() == one


def test_an_office_elsewhere_makes_none_of_anothers_desk(house, client, desk):
    OrganisationFactory(slug="elsewhere")

    assert client.get(reverse("gathering:topic_make", args=["elsewhere"])).status_code == 403
