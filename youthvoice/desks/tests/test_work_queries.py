"""The staff's pages ask the database no oftener for three of a thing than for one, and find
what they list by an index."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, answer, ask, member
from youthvoice.cases import actions as cases
from youthvoice.cases.models import Lane
from youthvoice.cases.tests.working import case_of, claim, own, refer
from youthvoice.desks import actions, queries
from youthvoice.desks.models import Canned
from youthvoice.orgs.choices import OrgKind, Role
from youthvoice.questions import actions as questions
from youthvoice.questions.policy import Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
#: Session and person, memberships, question, case, part, presence (4), lanes, hops, bodies,
#: regions, replies, notes, who is here, trail, what is said (5), promises, the header's own.
MOST = 29


@pytest.fixture
def count(client):
    def count(path, **query):
        client.get(path, query)
        with CaptureQueriesContext(connection) as found:
            assert client.get(path, query).status_code == 200
        return len(found)

    return count


def equal_at_one_and_three(count, make):
    make(1)
    one = count()
    make(2)
    make(3)
    assert count() == one
    return one


def test_the_page_of_a_case(client, house, count):
    question, person = ask(by=PersonFactory()), member(house.city, Role.LEAD, nickname="小秦")
    claim(question, by=person, at=MONDAY)
    client.force_login(person)

    def make(n):
        body = OrganisationFactory(kind=OrgKind.EXPERT, region_id="410100")
        refer(question, body, at=MONDAY + timedelta(minutes=n))
        made = answer(question, by=PersonFactory())
        for target in (None, made):
            by = Viewer(PersonFactory())
            questions.comment(question=question, answer=target, text=f"{n}", by=by, at=MONDAY)
        lane = case_of(question).lanes.get(holder=body)
        expert = member(body)
        claim_other = cases.claim(lane=lane, by=expert, at=MONDAY)
        actions.write_note(lane=claim_other, text=f"@小秦 {n}", by=expert, at=MONDAY)
        actions.write_note(lane=own(question), text=f"第{n}条", by=person, at=MONDAY)
        actions.be_here(case=lane.case, lane=lane, by=expert, is_writing=True, at=MONDAY)
        Canned.objects.create(organisation=house.city, title=f"第{n}条", text="…")

    url = f"/cases/{question.pk}/"
    assert equal_at_one_and_three(lambda: count(url), make) <= MOST
    equal_at_one_and_three(lambda: count(f"{url}here/"), lambda n: None)


@pytest.mark.parametrize("show", ["mine", "mentioned"])
def test_one_s_own_lists(client, house, count, show):
    person = member(house.city, nickname="小秦")
    client.force_login(person)

    def make(n):
        question = ask(by=PersonFactory())
        claim(question, by=person, at=MONDAY)
        actions.write_note(lane=own(question), text="@小秦 看看", by=member(house.city), at=MONDAY)

    equal_at_one_and_three(lambda: count("/desk/", show=show), make)


@pytest.mark.parametrize("show", ["waiting", "paused", "answered", "all", "below"])
def test_a_list_of_lanes(client, house, count, show):
    client.force_login(member(house.city))

    def make(n):
        question = ask(by=PersonFactory())
        if show == "paused":
            by = member(house.city)
            cases.ask_back(lane=own(question), text="哪年？", by=by, at=MONDAY)
        claim(ask(), by=member(house.city), at=MONDAY)
        ask(region="410122")

    equal_at_one_and_three(lambda: count("/desk/tuan-410100/", show=show), make)


def test_a_body_s_canned_replies(client, house, count):
    client.force_login(member(house.city, Role.LEAD))

    def make(n):
        Canned.objects.create(organisation=house.city, title=f"第{n}条", text="…")

    equal_at_one_and_three(lambda: count("/desk/tuan-410100/canned/"), make)


@pytest.mark.parametrize(
    ("show", "index"),
    [
        ("waiting", "cases_lanes_desk"),
        ("paused", "cases_lanes_desk"),
        ("all", "cases_lanes_all"),
    ],
)
def test_each_list_is_read_in_the_order_of_an_index(house, show, index):
    """Of 10,000 waiting, a page reads 21."""
    cache.clear()
    queries.shows_of(house.city)
    with CaptureQueriesContext(connection) as found:
        queries.queue(house.city, show=show, after="")
    plans = [plan_of(query["sql"]) for query in found.captured_queries]

    assert plans
    if connection.vendor == "sqlite":
        # PostgreSQL chooses by the numbers of rows, of which a test has none.
        assert all(f"USING INDEX {index}" in plan for plan in plans), plans
        assert not any("USE TEMP B-TREE" in plan for plan in plans), plans


def plan_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}" if connection.vendor == "sqlite" else sql)
        return "\n".join(str(row) for row in cursor.fetchall())


def test_lanes_are_paged_over_both_states_without_a_gap(house):
    person = member(house.city)
    for number in range(45):
        question = ask(at=MONDAY + timedelta(minutes=number // 2))
        if number % 3:
            claim(question, by=person, at=MONDAY)
    seen, after = [], ""
    for _page in range(3):
        found = queries.queue(house.city, show="waiting", after=after)
        seen += [lane.pk for lane in found.items]
        after = found.next_after

    assert after == ""
    in_order = Lane.objects.filter(holder=house.city).order_by("due_at", "pk")
    assert seen == list(in_order.values_list("pk", flat=True))
