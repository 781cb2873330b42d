"""Each class of each rate, by what people did; and what the page costs."""

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
from youthvoice.callbacks import actions as callbacks
from youthvoice.callbacks.choices import Day
from youthvoice.callbacks.models import Callback
from youthvoice.cases import actions
from youthvoice.cases.tests.working import DAY, HOUR, case_of, own
from youthvoice.desks import actions as desks
from youthvoice.gathering import actions as gathering
from youthvoice.kit import clock
from youthvoice.orgs.choices import Role
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason
from youthvoice.rates import actions as exclusions
from youthvoice.rates import queries
from youthvoice.rates.queries.classing import asked_in, classed
from youthvoice.rates.tests.many import MARCH, make

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
LATER = MONDAY + 10 * DAY


def classes(question, at=LATER):
    row = classed(asked_in(MARCH), at=at).get(pk=question.pk)
    return row.why, row.response, row.solution, row.satisfaction


def reply(house, question, at):
    return answer(question, by=member(house.city), organisation=house.city, at=at)


def mark(question, outcome, at=MONDAY + 2 * DAY):
    question.refresh_from_db()
    questions.mark_outcome(question=question, outcome=outcome, by=asker_of(question), at=at)


def rate(question, stars, at=MONDAY + 3 * DAY, day=1):
    Callback.objects.filter(case__question=question, day=day).update(
        opened_at=MONDAY + 2 * DAY, answered_at=at, satisfied=stars
    )


def test_response(house):
    in_time, late, none = ask(), ask(), ask()
    due_at = case_of(in_time).first_due_at
    reply(house, in_time, due_at)
    reply(house, late, due_at + timedelta(seconds=1))
    answer(none, by=PersonFactory(), at=MONDAY)

    assert [classes(q)[1] for q in (in_time, late, none)] == ["intime", "late", "none"]
    assert classes(none, at=due_at)[1] == "notdue"


def test_whoever_waits_for_the_asker_or_is_settled_owes_nothing(house):
    paused, settled, too_late = ask(), ask(), ask()
    person = member(house.city)
    due_at = case_of(paused).first_due_at
    actions.ask_back(lane=own(paused), text="哪个区？", by=person, at=due_at - HOUR / 4)
    actions.ask_back(lane=own(too_late), text="哪个区？", by=person, at=due_at + HOUR)
    mark(settled, "solved", at=due_at)

    assert [classes(q)[1] for q in (paused, settled, too_late)] == ["paused", "settled", "none"]


def test_solution_is_the_askers_word_and_silence_is_silence(house):
    solved, unsolved, again, silent, unanswered = (ask() for _ in range(5))
    for question in (solved, unsolved, again, silent):
        reply(house, question, MONDAY)
    mark(solved, "solved")
    mark(unsolved, "unsolved")
    mark(again, "solved")
    mark(again, "open")

    found = [classes(q)[2] for q in (solved, unsolved, again, silent, unanswered)]
    assert found == ["solved", "unsolved", "reopened", "silent", "open"]


def test_satisfaction_is_the_latest_rating_and_silence_is_silence(house):
    happy, so_so, unhappy, silent, unasked, second = (ask() for _ in range(6))
    for question in (happy, so_so, unhappy, silent, unasked, second):
        reply(house, question, MONDAY)
    for question, stars in ((happy, 4), (so_so, 3), (unhappy, 2), (silent, None), (second, 5)):
        rate(question, stars, at=None if stars is None else MONDAY + 3 * DAY)
    rate(second, 1, day=Day.LATER)

    found = [classes(q)[3] for q in (happy, so_so, unhappy, silent, unasked, second)]
    assert found == ["satisfied", "soso", "unsatisfied", "silent", "unasked", "unsatisfied"]


def test_what_was_said_today_is_told_tomorrow(house):
    question = ask()
    reply(house, question, MONDAY)
    rate(question, 5, at=LATER)

    assert classes(question, at=LATER + HOUR)[3] == "silent"
    assert classes(question, at=LATER + DAY)[3] == "satisfied"


def test_what_counts_in_none_of_them(house):
    lead, above = member(house.city, Role.LEAD), member(house.province, Role.LEAD)
    asked, hidden, gone, plain = ask(), ask(), ask(), ask()
    made = exclusions.propose_exclusion(case=case_of(asked), reason="…", by=lead, at=MONDAY)
    assert classes(asked)[0] == ""
    exclusions.confirm_exclusion(exclusion=made, by=above, at=MONDAY)
    questions.hide(words=hidden, reason=HideReason.SPAM, by=lead, at=MONDAY)
    questions.delete_question(question=gone, by=asker_of(gone), at=MONDAY)
    written = desks.ask_on_behalf(
        organisation=house.city,
        channel="call",
        by=lead,
        at=MONDAY,
        kind="help",
        field="work",
        region=None,
        title="电话里问的一件事",
        text="内容。",
        key="9" * 32,
    ).question

    found = [classes(q)[0] for q in (asked, hidden, gone, written, plain)]
    assert found == ["unreasonable", "hidden", "deleted", "staffasked", ""]


def test_an_answer_to_many_counts_once_at_their_lead(house):
    """Whatever the askers of merged ones say; but whoever says "not solved" counts again."""
    person = member(house.city)
    lead, solved, silent, unsolved = (ask() for _ in range(4))
    cases = [case_of(q) for q in (solved, silent, unsolved)]
    gathering.merge(cases=cases, into=case_of(lead), by=person, at=MONDAY)
    reply(house, lead, MONDAY + HOUR)
    callbacks.plan_merged(at=MONDAY + HOUR)
    callbacks.open_due(at=MONDAY + 2 * DAY)
    for question, stars in ((lead, 4), (solved, 5), (unsolved, 1)):
        rate(question, stars)
    mark(solved, "solved")
    mark(unsolved, "unsolved")

    assert [classes(q)[0] for q in (lead, solved, silent, unsolved)] == ["", "merged", "merged", ""]
    assert classes(lead)[1:] == ("intime", "silent", "satisfied")
    assert classes(unsolved)[1:] == ("none", "unsolved", "unsatisfied")
    month = queries.month(MARCH, at=LATER)
    assert (month.total.questions, month.excluded["merged"]) == (2, 2)


def test_what_is_withheld_is_in_no_statistic(house):
    question = ask()
    questions.withhold_question(question=question, by=None, at=MONDAY)

    assert not asked_in(MARCH).exists()


# --- The page ----------------------------------------------------------------------------


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)


def counted(client, by):
    with CaptureQueriesContext(connection) as found:
        assert client.get("/rates/", {"by": by, "month": "2026-03"}).status_code == 200
    return len(found)


@pytest.mark.parametrize(("by", "cold"), [("organisation", 2), ("field", 1), ("month", 12)])
def test_a_page_asks_once_a_month_of_numbers_and_then_not_for_minutes(house, client, now, by, cold):
    client.get("/rates/excluded/")
    client.get("/rates/", {"month": "2020-01"})
    make(house, seed=1, count=60)
    for _ in range(3):
        reply(house, ask(region=None), MONDAY)

    # And one whether they are kept ready (`counts`).
    assert counted(client, by) <= cold + 2
    assert counted(client, by) <= (2 if by == "organisation" else 1)


def test_a_month_is_found_by_its_index(house):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = asked_in(MARCH).order_by("asked_at", "pk").explain()

    assert "questions_asked" in plan


def test_small_groups_say_so_and_show_no_number(house, client, now):
    for _ in range(6):
        reply(house, ask(), MONDAY)
    reply(house, ask(region="410122"), MONDAY)

    html = client.get("/rates/", {"month": "2026-03"}).content.decode()

    # The county's one, and the city's six, which with the total would tell of it.
    assert html.count("太少") == 4
    assert "7 ÷ 7" in html
    assert "6 ÷ 6" not in html


def test_many_groups_come_in_pages(house, client, now):
    for n in range(31):
        office = OrganisationFactory(region_id="410100", short_name=f"第{n}办")
        question = ask()
        case = case_of(question)
        case.holder = office
        case.save(update_fields=["holder"])

    first = client.get("/rates/", {"month": "2026-03"}).content.decode()
    assert first.count('class="rates__name"') == 31
    assert 'rel="next"' in first
    last = list(queries.month(MARCH, at=LATER).groups["organisation"])
    after = sorted(last)[29]
    second = client.get("/rates/", {"month": "2026-03", "after": after}).content.decode()
    assert second.count('class="rates__name"') == 2
    odd = client.get("/rates/", {"month": "2026-03", "after": "nobody"}).content.decode()
    assert odd.count('class="rates__name"') == 31


@pytest.mark.parametrize(
    "query", ["month=x", "month=2026-99", "by=nothing", "after=%00x", "month=2999-01"]
)
def test_what_makes_no_sense_is_the_page_as_it_begins(house, client, query):
    response = client.get(f"/rates/?{query}")
    assert response.status_code in (200, 400)
    assert client.get(f"/rates/rates.csv?{query}&months=9").status_code in (200, 400)


def test_the_reason_of_what_is_left_out_is_shown(house, client, now):
    lead, above = member(house.city, Role.LEAD), member(house.province, Role.LEAD)
    made = exclusions.propose_exclusion(
        case=case_of(ask()), reason="要求超出法律。", by=lead, at=MONDAY
    )
    assert "要求超出法律。" not in client.get("/rates/excluded/").content.decode()

    exclusions.confirm_exclusion(exclusion=made, by=above, at=MONDAY)

    page = client.get("/rates/excluded/")
    assert "要求超出法律。" in page.content.decode()
    assert lead.nickname not in page.content.decode()
