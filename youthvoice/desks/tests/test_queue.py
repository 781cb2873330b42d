"""An organisation's desk: the lanes it holds, the next due first, for its members only."""

from datetime import timedelta

import pytest

from tests.factories import (
    MONDAY,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.cases import actions as cases
from youthvoice.cases.tests.working import own
from youthvoice.desks import queries
from youthvoice.desks.choices import Show
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.orgs.queries import memberships_of
from youthvoice.questions import actions
from youthvoice.questions.policy import Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
HOUR = timedelta(hours=1)


def listed(organisation, show="waiting"):
    return [lane.case.question for lane in queries.queue(organisation, show=show, after="").items]


def ask_back(question, *, by, text, at):
    cases.ask_back(lane=own(question), text=text, by=by, at=at)


def solve(question):
    actions.mark_outcome(
        question=question, outcome="solved", by=asker_of(question), at=MONDAY + 9 * HOUR
    )


@pytest.fixture
def held(house):
    """What 团郑州市委 holds: two waiting, one answered, one solved, one taken back."""
    names = ["younger", "oldest", "answered", "solved", "deleted"]
    questions = {
        name: ask(at=MONDAY + hours * HOUR)
        for name, hours in zip(names, (2, 1, 3, 4, 5), strict=True)
    }
    staff = member(house.city)
    for name in ("answered", "solved"):
        answer(questions[name], by=staff, organisation=house.city)
    solve(questions["solved"])
    gone = questions["deleted"]
    actions.delete_question(question=gone, by=asker_of(gone), at=MONDAY + 9 * HOUR)
    ask(region="410122")
    return questions


def test_what_waits_has_the_oldest_first(house, held):
    assert listed(house.city) == [held["oldest"], held["younger"]]


def test_the_other_lists_have_the_latest_first_and_nothing_that_is_closed(house, held):
    assert listed(house.city, "answered") == [held["solved"], held["answered"]]
    assert listed(house.city, "all") == [
        held["solved"],
        held["answered"],
        held["younger"],
        held["oldest"],
    ]


def test_a_committee_sees_what_waits_below_it_but_not_its_own(house, held):
    (below,) = listed(house.city, "below")
    assert below.case.holder == house.county
    assert listed(house.province, "below") == [below, held["oldest"], held["younger"]]


def test_only_committees_above_others_have_that_list(house):
    both = [Show.WAITING, Show.PAUSED, Show.ANSWERED, Show.ALL]
    assert queries.shows_of(house.province) == queries.shows_of(house.city) == [*both, Show.BELOW]
    for organisation in (house.county, house.experts, house.line):
        assert queries.shows_of(organisation) == both


def test_what_was_opened_again_waits_since_then(house):
    reopened, fresh = ask(), ask(at=MONDAY + 10 * HOUR)
    solve(reopened)
    actions.mark_outcome(
        question=reopened, outcome="open", by=asker_of(reopened), at=MONDAY + 20 * HOUR
    )

    assert listed(house.city) == [fresh, reopened]


def test_what_is_withheld_is_on_no_desk_and_in_no_number(house):
    question = ask()
    holder = question.case.holder
    worker = member(holder)

    actions.withhold_question(question=question, by=None, at=MONDAY + 5 * HOUR)

    assert [listed(holder, show) for show in Show] == [[]] * len(Show)
    assert queries.waiting_count([holder.pk]) == 0
    (desk,) = queries.desks(memberships_of(worker), at=MONDAY + 5 * HOUR)
    assert desk.waiting == 0


@pytest.mark.parametrize("show", Show)
def test_long_queues_come_in_pages_that_meet_and_never_overlap(client, house, show):
    at_city = show != Show.BELOW
    questions = [
        ask(region="410100" if at_city else "410122", at=MONDAY + n * HOUR) for n in range(23)
    ]
    staff = member(house.city)
    for question in questions:
        if show == Show.ANSWERED:
            answer(question, by=staff, organisation=house.city)
        elif show == Show.PAUSED:
            ask_back(question, by=staff, text="哪一年的事？", at=question.asked_at)
    client.force_login(member(house.city))

    first = client.get("/desk/tuan-410100/", {"show": show})
    second = client.get(first.context["next_url"])

    pages = [[lane.case.question for lane in r.context["lanes"]] for r in (first, second)]
    assert [len(p) for p in pages] == [20, 3]
    first_due = {Show.WAITING, Show.PAUSED, Show.BELOW}
    in_order = questions if show in first_due else questions[::-1]
    assert pages[0] + pages[1] == in_order
    assert second.context["next_url"] == first.context["first_url"] == ""
    assert second.context["first_url"].endswith(f"?show={show}")


# --- The page ----------------------------------------------------------------------------


def test_only_members_see_a_desk(client, house):
    url = "/desk/tuan-410100/"
    response = client.get(url)
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={url}")

    operator = member(house.province, Role.OPERATOR)
    for other in (PersonFactory(), member(house.county), member(house.experts), operator):
        client.force_login(other)
        assert client.get(url).status_code == 403
    client.force_login(member(house.city))
    response = client.get(url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert client.post(url).status_code == 405


def test_an_organisation_that_is_closed_or_not_there_has_no_desk(client, house):
    client.force_login(member(house.city))
    house.city.is_active = False
    house.city.save()

    assert client.get("/desk/tuan-410100/").status_code == 404
    assert client.get("/desk/nobody/").status_code == 404


def test_an_unknown_list_is_the_one_that_waits(client, house, held):
    client.force_login(member(house.city))

    for show in ("", "nonsense", "below'"):
        shown = client.get("/desk/tuan-410100/", {"show": show}).context
        assert (shown["show"], len(shown["lanes"])) == (Show.WAITING, 2)


def test_a_county_can_not_ask_for_what_waits_below(client, house, held):
    client.force_login(member(house.county))

    shown = client.get("/desk/tuan-410122/", {"show": "below"}).context
    assert shown["show"] == Show.WAITING


def test_each_lane_leads_to_its_case_and_is_taken_with_one_tap(client, house, held):
    client.force_login(member(house.city))

    page = client.get("/desk/tuan-410100/").content.decode()

    for name in ("oldest", "younger"):
        assert f'href="/cases/{held[name].pk}/"' in page
        assert f'action="/cases/{held[name].pk}/claim/"' in page
        assert held[name].title in page
    assert held["answered"].title not in page


# --- Figures -----------------------------------------------------------------------------


def test_the_figures_of_a_desk(house, held):
    staff = member(house.city, Role.LEAD)
    Membership.objects.create(person=staff, organisation=house.city, role=Role.DUTY)
    Membership.objects.create(person=staff, organisation=house.experts)

    city, experts = queries.desks(memberships_of(staff), at=MONDAY + 12 * HOUR)

    assert (city.organisation, city.waiting, city.oldest_since) == (
        house.city,
        2,
        MONDAY + HOUR,
    )
    assert city.answered_lately == 2
    assert set(city.roles.split("、")) == {"带班", "值班员"}
    assert (experts.waiting, experts.oldest_since, experts.answered_lately) == (0, None, 0)


def test_answers_of_others_and_of_yesterday_are_not_among_what_a_desk_answered(house):
    question = ask()
    answer(question, by=PersonFactory())
    answer(question, by=member(house.province), organisation=house.province)
    staff = member(house.city)
    answer(ask(), by=staff, organisation=house.city, at=MONDAY - 12 * HOUR)
    taken_back = answer(ask(), by=staff, organisation=house.city)
    actions.delete_answer(answer=taken_back, by=Viewer(staff), at=MONDAY + HOUR)

    (desk,) = queries.desks(memberships_of(staff), at=MONDAY + 12 * HOUR + timedelta(seconds=1))

    assert desk.answered_lately == 0


def test_who_works_nowhere_has_no_desks(house):
    assert queries.desks([], at=MONDAY) == []
    assert queries.waiting_count([]) == 0


def test_how_many_wait_at_some_organisations_together(house, held):
    assert queries.waiting_count([house.city.pk, house.county.pk]) == 3
