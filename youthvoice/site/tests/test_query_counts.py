"""A page of three items asks the database no oftener than a page of one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.cases.actions import escalate_due, return_lane
from youthvoice.cases.models import Case, EmptyPlace
from youthvoice.cases.tests.working import refer
from youthvoice.kit.clock import now
from youthvoice.orgs.choices import OrgKind, Role
from youthvoice.orgs.models import Membership, Region
from youthvoice.pictures.actions import Drawn
from youthvoice.questions import actions
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db
#: Of a page that nobody has in a cache, by DESIGN.md.
MOST = 12


@pytest.fixture
def queries(client):
    """How many queries a page takes once the regions and the day's salt are in memory."""

    def count(path, **query):
        client.get(path, query)
        with CaptureQueriesContext(connection) as found:
            response = client.get(path, query)
        assert response.status_code == 200
        return len(found)

    return count


def equal_at_one_and_three(count, make):
    """Make one item, count; make two more, count again; the same number, which is given."""
    make(1)
    one = count()
    make(2)
    make(3)
    three = count()
    assert three == one
    return one


def drawn(n):
    return Drawn(f"{n:032x}", 60, 40, 60, 40)


def busy_question(house, n=0):
    """A question with a region, a named asker and an answer of each kind of body."""
    region = Region.objects.order_by("-code")[n % 4].code
    question = ask(by=PersonFactory(), region=region, at=MONDAY + timedelta(minutes=n))
    for kind in (OrgKind.LEAGUE, OrgKind.EXPERT):
        organisation = OrganisationFactory(kind=kind, region_id="410200")
        answer(question, by=member(organisation), organisation=organisation)
    answer(question, by=PersonFactory())
    return question


@pytest.mark.parametrize("show", ["new", "hot", "waiting", "solved"])
def test_home(house, queries, show):
    def make(n):
        solved = busy_question(house, n)
        solved.refresh_from_db()
        actions.mark_outcome(question=solved, outcome="solved", by=asker_of(solved), at=MONDAY)
        ask(by=PersonFactory(), region="410122")
        ask(region=None)

    assert equal_at_one_and_three(lambda: queries("/", show=show), make) <= MOST


def test_home_narrowed(house, queries):
    query = {"field": "work", "kind": "help", "region": "410000", "show": "hot"}

    most = equal_at_one_and_three(lambda: queries("/", **query), lambda n: busy_question(house, n))
    assert most <= MOST


def talk(question, n, *, under=None):
    for by in (Viewer(PersonFactory()), asker_of(question)):
        actions.comment(question=question, answer=under, text=f"说{n}", by=by, at=MONDAY)


def fill(question, n):
    """One more answer of each kind, with comments under each and under the question."""
    for kind in (OrgKind.LEAGUE, OrgKind.EXPERT):
        organisation = OrganisationFactory(kind=kind, region=Region.objects.get(code="410122"))
        staff = member(organisation)
        made = actions.answer_question(
            question=question,
            text=f"第{n}个",
            by=Viewer(staff),
            organisation=organisation,
            at=MONDAY,
            show_writer=True,
        )
        actions.edit_answer(answer=made, text=f"改过的{n}", by=Viewer(staff), at=MONDAY)
        talk(question, n, under=made)
    peers = answer(question, by=PersonFactory())
    talk(question, n, under=peers)
    talk(question, n)
    actions.accept_answer(answer=peers, accepted=True, by=asker_of(question), at=MONDAY)
    ask(region="410122")


def test_question_page(house, queries):
    question = ask(by=PersonFactory(), region="410122", pictures=[drawn(n) for n in range(3)])

    most = equal_at_one_and_three(
        lambda: queries(f"/q/{question.pk}/"), lambda n: fill(question, n)
    )
    assert most <= MOST


def test_question_page_with_bodies_that_were_asked(house, queries):
    question = ask(region="410122", at=now())

    def make(n):
        bodies = [OrganisationFactory(kind=kind) for kind in (OrgKind.GOVERNMENT, OrgKind.SOCIAL)]
        first, _second = refer(question, *bodies, at=now())
        return_lane(hop=first, reason="不归我们管。", by=None, at=now())

    most = equal_at_one_and_three(lambda: queries(f"/q/{question.pk}/"), make)
    assert most <= MOST


@pytest.mark.parametrize("path", ["/me/q/{}/", "/q/{}/act/"])
@pytest.mark.parametrize("role", ["nobody", "asker", "peer", "staff"])
def test_what_is_personal_about_a_question(house, client, queries, path, role):
    asker = PersonFactory()
    question = ask(by=asker, region="410122")
    person = {
        "nobody": None,
        "asker": asker,
        "peer": PersonFactory(),
        "staff": member(house.county),
    }[role]
    if person:
        client.force_login(person)

    equal_at_one_and_three(lambda: queries(path.format(question.pk)), lambda n: fill(question, n))


@pytest.mark.parametrize("tab", ["asked", "following", "answered"])
def test_mine(house, client, queries, tab):
    person = PersonFactory()
    client.force_login(person)

    def make(n):
        question = busy_question(house, n)
        if tab == "asked":
            Question.objects.filter(pk=question.pk).update(author=person)
        elif tab == "following":
            actions.follow(question=question, by=Viewer(person), at=MONDAY)
        else:
            answer(question, by=person)

    equal_at_one_and_three(lambda: queries("/mine/", tab=tab), make)


def test_the_list_of_organisations(house, queries):
    def make(n):
        for kind in OrgKind:
            OrganisationFactory(kind=kind, region_id="410200")

    assert equal_at_one_and_three(lambda: queries("/orgs/"), make) <= 2
    assert equal_at_one_and_three(lambda: queries("/orgs/", kind="government"), make) <= 1


def test_an_organisation(house, queries):
    def make(n):
        OrganisationFactory(parent=house.city, region_id="410122")
        question = ask(by=PersonFactory(), region="410122")
        answer(question, by=member(house.city), organisation=house.city)

    equal_at_one_and_three(lambda: queries("/orgs/tuan-410100/"), make)


def test_the_desk(house, client, queries):
    staff = member(house.city)
    client.force_login(staff)

    def make(n):
        Membership.objects.create(person=staff, organisation=OrganisationFactory())
        ask(by=PersonFactory())

    equal_at_one_and_three(lambda: queries("/desk/"), make)
    equal_at_one_and_three(lambda: queries("/me/bar/"), make)


def test_the_desk_with_what_is_late_and_empty_places(house, client, queries):
    operator = member(house.city, Role.OPERATOR)
    client.force_login(operator)

    def make(n):
        question = ask(by=PersonFactory(), at=MONDAY + timedelta(minutes=n))
        escalate_due(at=question.case.lanes.get().due_at)
        body = OrganisationFactory()
        EmptyPlace.objects.create(
            organisation=body, rung=0, first_seen_at=MONDAY, last_seen_at=now()
        )

    # The list of what is owed reads two states, each in the order of its index,
    # and marks them twice. What waits is kept, or else counted.
    assert equal_at_one_and_three(lambda: queries("/desk/"), make) <= MOST + 8


@pytest.mark.parametrize("show", ["waiting", "answered", "all", "below"])
def test_a_queue(house, client, queries, show):
    client.force_login(member(house.city))

    def make(n):
        ask(by=PersonFactory(), region="410122")
        question = busy_question(house, n)
        Case.objects.filter(question=question).update(holder=house.city)
        waiting = ask(by=PersonFactory(), region="410100")
        assert waiting.case.holder == house.city

    equal_at_one_and_three(lambda: queries("/desk/tuan-410100/", show=show), make)


def test_earlier_words(house, client, queries):
    asker = PersonFactory()
    question = ask(by=asker)
    made = answer(question, by=member(house.city), organisation=house.city)
    client.force_login(asker)

    def make(n):
        actions.edit_question(
            question=question, title=f"第{n}个标题", text="改过", by=Viewer(asker), at=MONDAY
        )
        actions.edit_answer(answer=made, text=f"改过{n}", by=Viewer(made.author), at=MONDAY)

    equal_at_one_and_three(lambda: queries(f"/q/{question.pk}/history/"), make)
    equal_at_one_and_three(lambda: queries(f"/a/{made.pk}/history/"), make)


def test_the_forms_of_asking_and_answering(house, client, queries):
    staff = member(house.city)
    client.force_login(staff)
    question = ask()

    def make(n):
        Membership.objects.create(person=staff, organisation=OrganisationFactory())
        answer(question, by=PersonFactory())

    equal_at_one_and_three(lambda: queries("/ask/"), make)
    equal_at_one_and_three(lambda: queries(f"/q/{question.pk}/answer/"), make)
    equal_at_one_and_three(lambda: queries(f"/q/{question.pk}/comment/"), make)


def test_pages_of_numbers_and_words(house, queries):
    for path in ("/pulse/", "/about/"):
        assert equal_at_one_and_three(lambda path=path: queries(path), lambda n: ask()) <= MOST
