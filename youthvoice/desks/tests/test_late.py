"""Who was told of what is late finds it at their desk, and ticks it off."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, answer, ask, member
from youthvoice.cases import actions
from youthvoice.cases.models import Notice
from youthvoice.cases.queries import NOTICES_SHOWN
from youthvoice.cases.tests.working import HOUR, claim, own
from youthvoice.journal.models import Entry
from youthvoice.kit import clock
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership

pytestmark = pytest.mark.django_db
TITLE = "公司不给交社保怎么办"


@pytest.fixture
def at(monkeypatch):
    """Sets the house's clock."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def clerk(house):
    return member(house.city)


@pytest.fixture
def question(house, clerk):
    """Late, and told."""
    made = ask(title=TITLE)
    actions.escalate_due(at=own(made).due_at)
    return made


def due(question):
    return own(question).due_at


def told(response):
    """All that the page tells of: at the rows of the desk, and above them what is elsewhere."""
    rows = [lane.notice for lane in response.context["lanes"] if lane.notice]
    return rows + response.context["notices"]


def desk(client, person):
    client.force_login(person)
    response = client.get("/desk/")
    assert response.status_code == 200
    return response


def test_the_desk_says_what_is_late_and_for_how_long(client, question, clerk, at):
    at(due(question) + 3 * HOUR)

    shown = desk(client, clerk).text

    assert shown.count("催办") == 1
    assert "晚了 3 小时" in shown
    # Where it stands, and not once more above.
    assert shown.count(TITLE) == 1


def test_what_is_on_another_desk_is_told_above(client, house, question, clerk, at):
    Membership.objects.create(person=clerk, organisation=house.county)
    for _ in range(2):
        ask(region="410122")
    at(due(question) + HOUR)

    response = desk(client, clerk)

    assert response.context["organisation"] == house.county
    assert [notice.lane.case.question_id for notice in response.context["notices"]] == [question.pk]
    at_the_body = client.get("/desk/tuan-410100/").text
    assert at_the_body.count("催办") == 1


def test_ticking_off_leads_back_to_the_desk_where_it_stood(client, house, question, clerk, at):
    at(due(question) + HOUR)
    desk(client, clerk)
    url = f"/desk/late/{Notice.objects.get().pk}/seen/"

    assert client.post(url, {"desk": "tuan-410100"}).url == "/desk/tuan-410100/"
    assert client.post(url, {"desk": "//elsewhere"}).url == "/desk/"


def test_it_is_at_nobody_elses_desk(client, house, question, at):
    at(due(question) + HOUR)

    assert "催办" not in desk(client, member(house.city)).text


def test_what_is_ticked_off_leaves_the_desk_and_comes_back_with_the_next_step(
    client, house, question, clerk, at
):
    Membership.objects.create(person=clerk, organisation=house.city, role=Role.LEAD)
    at(due(question) + HOUR)
    desk(client, clerk)

    response = client.post(f"/desk/late/{Notice.objects.get().pk}/seen/")

    assert (response.status_code, response.url) == (302, "/desk/")
    assert "催办" not in desk(client, clerk).text
    entry = Entry.objects.get(verb="case.late_seen")
    assert (entry.actor, entry.data["question"]) == (clerk.pk, question.pk)
    client.post(f"/desk/late/{Notice.objects.get().pk}/seen/")
    assert Entry.objects.filter(verb="case.late_seen").count() == 1

    actions.escalate_due(at=due(question) + 2 * HOUR)
    at(due(question) + 2 * HOUR)
    assert len(told(desk(client, clerk))) == 1


def test_who_was_told_twice_of_one_has_one_line_and_ticks_off_both(
    client, house, question, clerk, at
):
    Membership.objects.create(person=clerk, organisation=house.city, role=Role.LEAD)
    actions.escalate_due(at=due(question) + 2 * HOUR)
    at(due(question) + 3 * HOUR)

    (notice,) = told(desk(client, clerk))
    assert notice.rung == 1
    client.post(f"/desk/late/{notice.pk}/seen/")

    assert Notice.objects.filter(seen_at=None).count() == 0


@pytest.mark.parametrize("act", ["claim", "answer", "ask_back"])
def test_who_acts_need_not_tick_it_off(client, house, question, clerk, at, act):
    when = due(question) + HOUR
    if act == "claim":
        claim(question, by=clerk, at=when)
    elif act == "answer":
        answer(question, by=clerk, organisation=house.city, at=when)
    else:
        actions.ask_back(lane=own(question), text="在哪个区？", by=clerk, at=when)
    at(when)

    assert told(desk(client, clerk)) == []


def test_the_oldest_come_first_and_the_list_is_short(client, house, clerk, at):
    asked = [ask(at=MONDAY + timedelta(minutes=n)) for n in range(NOTICES_SHOWN + 2)]
    actions.escalate_due(at=due(asked[-1]))
    at(due(asked[-1]) + HOUR)

    client.force_login(clerk)
    response = client.get("/desk/?show=mentioned")

    shown = [notice.lane.case.question_id for notice in response.context["notices"]]
    assert shown == [question.pk for question in asked[:NOTICES_SHOWN]]
    assert response.context["more_notices"]
    assert "还有更多" in response.text
