"""From the question to the case, from an answer to the next one, and what waiting means."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, answer, ask, member
from youthvoice.cases import actions as cases
from youthvoice.cases.models import Lane
from youthvoice.cases.queries import advice
from youthvoice.cases.tests.working import HOUR, case_of, claim, lane_of, own, refer
from youthvoice.desks import queries
from youthvoice.kit import clock
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.queries import memberships_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def works(client, house):
    person = member(house.city, nickname="小秦")
    client.force_login(person)
    return person


def reply(client, question, **given):
    lane = own(question)
    seen = {"version": case_of(question).version, "lane": lane.pk, "mark": lane.mark}
    return client.post(f"/cases/{question.pk}/reply/", {**seen, "text": "先看合同。", **given})


# --- From the question -------------------------------------------------------------------


def test_staff_come_from_the_question_to_its_case(client, house):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    for body, works in ((house.city, True), (house.experts, True), (house.line, False)):
        client.force_login(member(body))
        for page in (f"/me/q/{question.pk}/", f"/q/{question.pk}/act/"):
            assert (f'href="/cases/{question.pk}/"' in client.get(page).text) is works, body


def test_the_form_of_answering_leads_to_the_one_with_canned_replies(client, house):
    question = ask()
    for person, leads in ((member(house.city), True), (member(house.line), False)):
        client.force_login(person)
        shown = client.get(f"/q/{question.pk}/answer/").text
        assert (f'href="/cases/{question.pk}/#reply"' in shown) is leads


def test_others_have_no_way_there(client, house):
    question = ask()
    client.force_login(PersonFactory())

    assert f"/cases/{question.pk}/" not in client.get(f"/me/q/{question.pk}/").text


# --- After an answer ---------------------------------------------------------------------


def test_after_an_answer_the_next_one_is_there(client, house, works):
    first, second, third, taken = (ask(at=MONDAY + n * HOUR) for n in range(4))
    Lane.objects.filter(case=case_of(taken)).update(due_at=MONDAY)
    claim(taken, by=member(house.city), at=MONDAY + 5 * HOUR)

    shown = client.get(reply(client, first).url).text

    assert "发出去了。" in shown
    assert f"/q/{first.pk}/#answer-" in shown
    # What is due first, and not what a colleague has in hand.
    assert f'href="/cases/{second.pk}/?lane={own(second).pk}"' in shown
    assert f'href="/cases/{third.pk}/' not in shown


def test_when_nothing_waits_it_says_so(client, house, works):
    assert "团郑州市委没有别的在等了。" in client.get(reply(client, ask()).url).text


@pytest.mark.parametrize("sent", ["", "x", "9" * 30, "theirs", "gone"])
def test_nothing_is_said_to_be_sent_that_was_not(client, house, works, sent):
    question = ask()
    if sent == "theirs":
        sent = answer(question, by=PersonFactory()).pk
    elif sent == "gone":
        made = answer(question, by=works, organisation=house.city)
        type(made).objects.filter(pk=made.pk).update(deleted_at=MONDAY)
        sent = made.pk

    response = client.get(f"/cases/{question.pk}/", {"sent": sent})

    assert (response.status_code, response.context["sent"]) == (200, None)


# --- What waiting means ------------------------------------------------------------------


def test_waiting_is_the_askers_whoever_was_asked_meanwhile(client, house, monkeypatch):
    question = ask()
    (hop,) = refer(question, house.experts, at=MONDAY + DAY)
    expert = member(house.experts)
    cases.claim(lane=lane_of(question, house.experts), by=expert, at=MONDAY + 2 * DAY)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 4 * DAY)
    client.force_login(expert)

    shown = client.get("/desk/").text

    assert "<strong>4 天</strong>" in shown
    (desk,) = queries.desks(memberships_of(expert), at=clock.now())
    assert desk.oldest_since == MONDAY
    assert "“在等”是提问者等了多久" in shown

    hop.refresh_from_db()
    cases.return_lane(hop=hop, reason="不归我们。", by=expert, at=MONDAY + 3 * DAY)
    assert case_of(question).waiting_since == MONDAY


def test_after_an_answer_waiting_begins_anew_when_others_were_asked_in_vain(house):
    question, staff = ask(), member(house.city)
    answer(question, by=staff, organisation=house.city, at=MONDAY + HOUR)
    (hop,) = refer(question, house.experts, at=MONDAY + DAY)

    cases.return_lane(hop=hop, reason="不归我们。", by=member(house.experts), at=MONDAY + 2 * DAY)

    assert case_of(question).waiting_since == MONDAY + 2 * DAY


def test_what_waits_for_the_asker_says_since_when(client, house, works, monkeypatch):
    question = ask()
    cases.ask_back(lane=own(question), text="哪年？", by=works, at=MONDAY + 3 * DAY)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 4 * DAY)

    shown = client.get("/desk/tuan-410100/?show=paused").text

    assert "<strong>1 天</strong>" in shown
    assert "在等补充" in shown


# --- Whom one might ask ------------------------------------------------------------------


@pytest.fixture
def bureaus(house, monkeypatch):
    found = [
        OrganisationFactory(kind=OrgKind.GOVERNMENT, short_name=name, region_id="410100")
        for name in ("市人社局", "市教育局", "市交通局")
    ]
    monkeypatch.setattr(advice, "advisers", [lambda case: [*found[1:2], house.city]])
    return found


def test_suggested_bodies_stand_first_in_the_form(client, house, works, bureaus):
    response = client.get(f"/cases/{ask().pk}/")

    (name, first), *others = response.context["offered"]
    assert (str(name), first) == ("系统建议", [bureaus[1]])
    assert all(bureaus[1] not in bodies for _kind, bodies in others)
    assert response.context["picked"] == set()


def test_one_tap_on_a_suggestion_opens_the_form_with_it(client, house, works, bureaus):
    shown = client.get(f"/cases/{ask().pk}/", {"to": bureaus[1].pk}).text

    form = shown.partition('id="do-refer"')[2].partition("</details>")[0]
    assert form.startswith(" open>")
    assert f'value="{bureaus[1].pk}" checked' in form
    assert form.count("checked") == 2  # It, and how hard it is.
