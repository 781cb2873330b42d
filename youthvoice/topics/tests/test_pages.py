"""The topics as everybody sees them, and the links to them on a question's page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.cases.models import Case
from youthvoice.gathering import actions
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.policy import Viewer
from youthvoice.reads.actions import write
from youthvoice.reads.models import Total
from youthvoice.reads.visitors import mark_of
from youthvoice.topics import actions as topics

pytestmark = pytest.mark.django_db
#: Of a page that nobody has in a cache, by DESIGN.md.
MOST = 12


@pytest.fixture
def staff(house):
    return member(house.city)


def case_of(question):
    return Case.objects.select_related("question", "holder").get(question=question)


def make(staff, *asked, name="宿舍热水", at=MONDAY):
    cases = [case_of(question) for question in asked]
    host = staff.memberships.get().organisation
    return actions.make_topic(
        cases=cases, name=name, intro="停了两周的热水。", host=host, by=staff, at=at
    )


def page(client, path, **query):
    answered = client.get(path, query)
    assert answered.status_code == 200
    return answered.content.decode()


@pytest.fixture
def count(client):
    def queries(path, **query):
        page(client, path, **query)
        with CaptureQueriesContext(connection) as found:
            page(client, path, **query)
        return len(found)

    return queries


def test_a_topics_page_says_what_it_is_about_and_what_it_counts(house, client, staff):
    one, other = ask(title="热水停了", by=PersonFactory()), ask(title="锅炉坏了")
    answer(one, by=PersonFactory())
    topic = make(staff, one, other)

    shown = page(client, f"/topics/{topic.pk}/")

    assert "#<bdi>宿舍热水</bdi>#" in shown
    assert "停了两周的热水。" in shown
    assert '由 <a href="/orgs/tuan-410100/">团郑州市委</a> 主持' in shown
    assert "热水停了" in shown
    assert "锅炉坏了" in shown
    figures = [part.split("<")[0] for part in shown.split('tallies__figure">')[1:]]
    assert figures == ["2", "3", "0"]
    assert 'href="/ask/"' in shown


def test_what_is_gone_is_not_in_its_list(house, client, staff):
    asked = [ask(title=f"第{n}个标题") for n in range(4)]
    topic = make(staff, *asked)
    questions.delete_question(question=asked[0], by=asker_of(asked[0]), at=MONDAY)
    questions.hide(words=asked[1], reason=HideReason.SPAM, by=staff, at=MONDAY)
    questions.withhold_question(question=asked[2], by=None, at=MONDAY)

    shown = page(client, f"/topics/{topic.pk}/")

    assert [n for n in range(4) if f"/q/{asked[n].pk}/" in shown] == [3]
    assert 'tallies__figure">1<' in shown


def test_a_new_answer_is_there_with_the_next_request(house, client, staff):
    question = ask()
    topic = make(staff, question)
    assert "还在等" in page(client, f"/topics/{topic.pk}/")

    answer(question, by=PersonFactory())

    shown = page(client, f"/topics/{topic.pk}/")
    assert "还在等" not in shown
    assert 'tallies__figure">2<' in shown


def test_the_list_has_the_liveliest_first(house, client, staff):
    first = make(staff, ask(), name="先开的")
    make(staff, ask(), name="后开的", at=MONDAY + timedelta(hours=1))
    shown = page(client, "/topics/")
    assert shown.index("后开的") < shown.index("先开的")

    topics.note_activity(topic=first.pk, at=MONDAY + timedelta(hours=2))
    topics.close_topic(topic=first, by=staff, at=MONDAY + timedelta(hours=2))

    shown = page(client, "/topics/")
    assert shown.index("先开的") < shown.index("已结束") < shown.index("后开的")
    assert "团郑州市委 主持" in shown


def test_a_closed_topics_page_stays(house, client, staff):
    topic = make(staff, ask(title="热水停了"))
    topics.close_topic(topic=topic, by=staff, at=MONDAY)

    shown = page(client, f"/topics/{topic.pk}/")

    assert "结束，不再放新的提问" in shown
    assert "热水停了" in shown
    assert "这件事，我也要问" not in shown


def test_its_questions_are_paged(house, client, staff):
    asked = [ask() for _ in range(23)]
    topic = make(staff, *asked)

    first = page(client, f"/topics/{topic.pk}/")
    after = first.split("?after=")[1].split('"')[0]
    second = page(client, f"/topics/{topic.pk}/", after=after)

    for question in asked:
        assert (f"/q/{question.pk}/" in first) + (f"/q/{question.pk}/" in second) == 1
    assert first.index(f"/q/{asked[22].pk}/") < first.index(f"/q/{asked[10].pk}/")


@pytest.mark.parametrize("after", ["", "x", "1~1", "9" * 30 + "~1", "1~" + "9" * 30, "-1~1", "~"])
def test_an_after_that_is_not_ours_begins_somewhere(house, client, staff, after):
    topic = make(staff, ask())

    page(client, f"/topics/{topic.pk}/", after=after)
    page(client, "/topics/", after=after)


def test_unknown_topics_are_not_there(house, client):
    for pk in (1, 10**18, 10**30):
        assert client.get(f"/topics/{pk}/").status_code == 404
    assert "现在还没有话题。" in page(client, "/topics/")


# --- Reads ------------------------------------------------------------------------------------


def test_reads_of_the_page_and_of_its_questions_are_told_apart(house, client, staff):
    one, other, outside = ask(), ask(), ask()
    topic = make(staff, one, other)
    reads = [
        (f"topic:{topic.pk}", 5, b"a" * 16, "p"),
        (f"topic:{topic.pk}", 5, b"b" * 16, "p"),
        (f"topic:{topic.pk}", 5, b"c" * 16, "s"),
        *((f"question:{one.pk}", hour, b"a" * 16, "p") for hour in range(4)),
        (f"question:{other.pk}", 5, b"a" * 16, "p"),
        (f"question:{other.pk}", 5, b"r" * 16, "r"),
        (f"question:{outside.pk}", 5, b"a" * 16, "p"),
    ]
    write({mark_of(by, target, hour): (target, hour, how) for target, hour, by, how in reads})

    shown = page(client, f"/topics/{topic.pk}/")

    figures = [part.split("<")[0] for part in shown.split('tallies__figure">')[1:]]
    assert figures[2] == "2"
    assert "话题里的提问被打开过 5 次，另算。" in shown


def test_reading_it_twice_in_an_hour_counts_once(house, client, staff, held_reads):
    topic = make(staff, ask())

    for _ in range(3):
        headers = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36"}
        assert client.get(f"/topics/{topic.pk}/", headers=headers).status_code == 200
        held_reads.flush()

    totals = Total.objects.filter(target=f"topic:{topic.pk}")
    assert list(totals.values_list("audience", "reads")) == [("p", 1)]


# --- A question's page ------------------------------------------------------------------------


def test_a_question_names_its_topics(house, client, staff):
    question = ask()
    assert "/topics/" not in page(client, f"/q/{question.pk}/").split("</main>")[0]

    one = make(staff, question, name="宿舍热水")
    two = make(staff, question, name="R&D<实习>")

    shown = page(client, f"/q/{question.pk}/")
    assert f'<a href="/topics/{one.pk}/">#<bdi>宿舍热水</bdi>#</a>' in shown
    assert f'<a href="/topics/{two.pk}/">#<bdi>R&amp;D&lt;实习&gt;</bdi>#</a>' in shown
    topics.take_out_of_topic(topic=one, question=question.pk, by=staff, at=MONDAY)
    assert f"/topics/{one.pk}/" not in page(client, f"/q/{question.pk}/")


def test_a_merged_question_names_them_too(house, client, staff):
    lead, one = ask(), ask()
    actions.merge(cases=[case_of(one)], into=case_of(lead), by=staff, at=MONDAY)
    topic = make(staff, one, lead)

    for question in (lead, one):
        assert f"/topics/{topic.pk}/" in page(client, f"/q/{question.pk}/")


def test_a_stone_names_none(house, client, staff):
    question = ask()
    topic = make(staff, question)
    questions.hide(words=question, reason=HideReason.SPAM, by=staff, at=MONDAY)

    assert f"/topics/{topic.pk}/" not in page(client, f"/q/{question.pk}/")


# --- Queries ----------------------------------------------------------------------------------


def test_pages_ask_no_oftener_with_more(house, client, staff, count):
    def busy(n):
        question = ask(by=PersonFactory(), region="410122")
        answer(question, by=member(house.city), organisation=house.city)
        questions.follow(question=question, by=Viewer(PersonFactory()), at=MONDAY)
        return question

    first = busy(0)
    topic = make(staff, first)
    make(staff, ask(), name="公交")
    paths = (f"/topics/{topic.pk}/", "/topics/", f"/q/{first.pk}/")
    before = [count(path) for path in paths]

    actions.add_to_topic(
        cases=[case_of(busy(n)) for n in range(1, 3)], topic=topic, by=staff, at=MONDAY
    )
    for name in ("押金", "社保"):
        make(staff, first, name=name)

    assert [count(path) for path in paths] == before
    assert max(before) <= MOST


def test_a_question_in_topics_asks_no_oftener_than_one_in_none(house, client, staff, count):
    question = ask(by=PersonFactory())
    answer(question, by=member(house.city), organisation=house.city)
    none = count(f"/q/{question.pk}/")

    for n in range(topics.TOPICS_MOST):
        make(staff, question, name=f"话题{n}")

    assert count(f"/q/{question.pk}/") == none
