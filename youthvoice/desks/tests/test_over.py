"""What a committee above reads of the cases below it, and does about what is late there."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, ask, member
from youthvoice.cases import actions, policy
from youthvoice.cases.actions import UnableToMove
from youthvoice.cases.models import Notice, Reminder
from youthvoice.cases.queries import cases_of
from youthvoice.cases.tests.working import DAY, case_of, own, refer
from youthvoice.desks.models import Note
from youthvoice.journal.models import Entry
from youthvoice.kit import clock
from youthvoice.orgs.choices import OrgKind, Role
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """Sets the house's clock."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def clerk(house):
    return member(house.county, nickname="小孟", email="clerk@example.org")


@pytest.fixture
def late(house, clerk, at):
    """A question of the county, told up to the province; it is a day late."""
    question = ask(region="410122")
    when = own(question).due_at + DAY
    member(house.province, Role.DUTY)
    actions.escalate_due(at=when)
    at(when)
    return question


@pytest.fixture
def duty(client, house, late):
    person = User.objects.get(memberships__role=Role.DUTY)
    client.force_login(person)
    return person


def send(client, question, act, **given):
    lane = own(question)
    seen = {"version": case_of(question).version, "lane": lane.pk, "mark": lane.mark}
    return client.post(f"/cases/{question.pk}/{act}/", {**seen, **given})


# --- Who is over whom --------------------------------------------------------------------


def test_committees_above_read_what_is_held_below_and_nobody_else(house):
    below = {"city": ask(), "county": ask(region="410122")}
    held = {name: case_of(question) for name, question in below.items()}
    for body, reads in (
        (house.province, {"city", "county"}),
        (house.city, {"city", "county"}),
        (house.county, {"county"}),
        (house.line, set()),
        (house.experts, set()),
        (OrganisationFactory(kind=OrgKind.LEAGUE, region_id="410200"), set()),
    ):
        person = member(body)
        assert {name for name, case in held.items() if case in cases_of(person)} == reads, body
        over = {name for name, case in held.items() if policy.oversees(person, case)}
        assert over == reads - {"city" if body == house.city else ""} - (
            {"county"} if body == house.county else set()
        )
        # Who only runs the house there looks after nobody.
        assert not cases_of(member(body, Role.OPERATOR)).exclude(holder=body).exists()
        assert not any(policy.steps_in(person, case) for case in held.values())


def test_a_line_is_below_the_committee_of_its_own_region(house):
    question = ask()
    case = case_of(question)
    type(case).objects.filter(pk=case.pk).update(holder=house.line)
    case = case_of(question)

    assert policy.oversees(member(house.province), case) == house.province
    assert case in cases_of(member(house.province))
    assert policy.oversees(member(house.line), case) is None


@pytest.mark.parametrize(
    ("role", "may"), [(Role.DUTY, True), (Role.LEAD, True), (Role.ANSWERER, False)]
)
def test_who_is_on_duty_or_leads_may_step_in(house, late, role, may):
    person, case = member(house.province, role), case_of(late)

    assert (policy.steps_in(person, case) is not None) is may
    assert policy.may_transfer(person, case) is may
    assert not policy.may_give_back(person, case)


# --- Reminding ---------------------------------------------------------------------------


def test_a_reminder_is_told_with_its_line_and_by_a_letter(client, house, late, duty, clerk):
    notice = Notice.objects.get(person=clerk, rung=0)
    Notice.objects.filter(pk=notice.pk).update(seen_at=clock.now(), next_at=None)

    response = send(client, late, "remind", text="孩子每天走这条路，请今天回一句。")

    assert response.status_code == 302
    told = Notice.objects.get(pk=notice.pk)
    assert (told.seen_at, told.made_at, told.next_at) == (None, clock.now(), clock.now())
    entry = Entry.objects.get(verb="case.reminded")
    assert (entry.actor, entry.data["from"]) == (duty.pk, house.province.pk)
    assert "今天回" not in str(entry.data)
    client.force_login(clerk)
    for page in ("/desk/", "/desk/tuan-410122/", f"/cases/{late.pk}/"):
        shown = client.get(page).text
        assert "团河南省委提醒：" in shown, page
        assert "请今天回一句。" in shown, page
    assert "请今天回一句。" not in client.get(f"/q/{late.pk}/").text


def test_once_a_day(client, house, late, duty, at):
    page = f"/cases/{late.pk}/"
    assert "发提醒" in client.get(page).text
    assert send(client, late, "remind", text="请回一句。").status_code == 302
    assert "发提醒" not in client.get(page).text

    again = send(client, late, "remind", text="请再回一句。")
    assert again.status_code == 422
    assert "今天已经提醒过了" in again.text
    assert "请再回一句。" in again.text

    at(clock.now() + DAY)
    assert send(client, late, "remind", text="第二天了。").status_code == 302
    assert Reminder.objects.count() == 2


def test_a_reminder_before_the_leads_own_time_stops_no_step(house, clerk):
    """The lead is told by the reminder, and anew when it is their turn."""
    lead, duty = member(house.county, Role.LEAD), member(house.province, Role.DUTY)
    question = ask(region="410122")
    when = own(question).due_at
    actions.remind(lane=own(question), line="快回。", by=duty, at=when)

    assert actions.escalate_due(at=when + DAY) == 4
    told = Notice.objects.get(person=lead, rung=1)
    assert told.made_at == when + DAY


@pytest.mark.parametrize("who", ["answerer", "county", "youth"])
def test_nobody_else_reminds(house, late, who):
    by = {
        "answerer": lambda: member(house.province),
        "county": lambda: member(house.county, Role.LEAD),
        "youth": PersonFactory,
    }[who]()

    with pytest.raises(UnableToMove, match="上级团组织"):
        actions.remind(lane=own(late), line="快回。", by=by, at=clock.now())


def test_what_is_not_late_or_where_nobody_is_needs_another_way(house, late, duty):
    fresh = ask(region="410122", at=clock.now())
    with pytest.raises(UnableToMove, match="没有超时"):
        actions.remind(lane=own(fresh), line="快回。", by=duty, at=clock.now())

    User.objects.filter(memberships__organisation=house.county).update(is_active=False)
    with pytest.raises(UnableToMove, match="请打电话"):
        actions.remind(lane=own(late), line="快回。", by=duty, at=clock.now())
    assert not Reminder.objects.exists()


# --- From the row ------------------------------------------------------------------------


def test_the_row_has_all_of_it(client, house, late, duty):
    Organisation.objects.filter(pk=house.county.pk).update(contact_phone="0371-6218 0000")
    lane = own(late)
    for page in ("/desk/", "/desk/tuan-410000/?show=below"):
        shown = client.get(page).text
        assert f'hx-get="/cases/{late.pk}/over/?lane={lane.pk}&amp;desk=' in shown, page
        assert f'href="/cases/{late.pk}/' in shown, page

    piece = client.get(
        f"/cases/{late.pk}/over/", {"lane": lane.pk}, headers={"HX-Request": "true"}
    ).text

    assert "<html" not in piece
    assert 'href="tel:0371-62180000"' in piece
    for words in ("发提醒", "记一条便签", "由团河南省委接过来办", "交给别的团组织"):
        assert words in piece
    response = client.get(f"/cases/{late.pk}/over/", {"lane": lane.pk})
    assert response.url == f"/cases/{late.pk}/?lane={lane.pk}#over"
    assert 'id="over"' in client.get(response.url).text


@pytest.mark.parametrize(("desk", "back"), [("", "/desk/"), ("tuan-410000", "/desk/tuan-410000/")])
def test_who_acts_from_a_row_comes_back_to_it(client, late, duty, desk, back):
    response = send(client, late, "remind", text="请回一句。", desk=desk)

    assert response.url == back
    assert "提醒发出去了。" in client.get(back).text


def test_notes_of_a_committee_above_are_its_own(client, house, late, duty):
    send(client, late, "note", text="已经打过电话。", desk="")

    note = Note.objects.get()
    assert (note.body, note.author) == (house.province, duty)
    client.force_login(member(house.county))
    assert "已经打过电话。" not in client.get(f"/cases/{late.pk}/").text


def test_it_is_taken_over_or_given_to_another(client, house, late, duty):
    response = send(client, late, "transfer", to=house.province.pk, reason="省里来办。", desk="")
    assert response.url == "/desk/"
    case = case_of(late)
    assert (case.holder, case.steps.last().note) == (house.province, "省里来办。")

    send(client, late, "transfer", to=house.city.pk, reason="市里更清楚。")
    assert case_of(late).holder == house.city
    assert [hop.sender for hop in own(late).hops.order_by("pk")] == [house.county, house.province]


def test_while_another_body_is_at_it_the_whole_stays(client, house, late, duty):
    refer(late, house.experts, at=clock.now())

    response = send(client, late, "transfer", to=house.province.pk, reason="省里来办。")

    assert response.status_code == 422
    assert case_of(late).holder == house.county
    assert "整件事现在不能换手" in client.get(f"/cases/{late.pk}/").text


def test_who_only_reads_has_no_act_but_notes(client, house, late):
    client.force_login(member(house.province))

    response = client.get(f"/cases/{late.pk}/")

    assert list(response.context["forms"]) == ["note"]
    assert "over-fold" not in client.get("/desk/tuan-410000/?show=below").text
    sent = send(client, late, "transfer", to=house.province.pk, reason="省里来办。")
    assert (sent.status_code, case_of(late).holder) == (422, house.county)


def test_rows_ask_as_often_for_three_as_for_one(
    client, house, late, duty, django_assert_max_num_queries
):
    counts = []
    for number in range(3):
        question = ask(region="410122", at=MONDAY + timedelta(minutes=number))
        actions.escalate_due(at=own(question).due_at + DAY)
        row = []
        for page in ("/desk/", "/desk/tuan-410000/?show=below"):
            with django_assert_max_num_queries(40) as found:
                client.get(page)
            row.append(len(found))
        counts.append(row)

    assert counts[1] == counts[2]
