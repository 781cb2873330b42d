"""The list of what is overdue is read along what is kept of it, not along all that is open."""

import pytest
from django.db import connection

from tests.factories import MONDAY, OrganisationFactory, answer, ask, asker_of, member
from youthvoice.cases import actions
from youthvoice.cases.models import Hop
from youthvoice.cases.tests.working import DAY, HOUR, lane_of, refer
from youthvoice.counts import actions as counts
from youthvoice.kit.paging import ordered
from youthvoice.questions import actions as questions
from youthvoice.rates.choices import Listed
from youthvoice.rates.models import Late
from youthvoice.rates.queries import ledger

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
LATER = MONDAY + 60 * DAY


@pytest.fixture
def bureau(house):
    return OrganisationFactory(slug="rsj", kind="expert", region_id="410100")


def referred(body, many, *, at=MONDAY):
    found = [ask(at=at) for _ in range(many)]
    for n, question in enumerate(found):
        refer(question, body, at=at + n * HOUR)
    return found


def settle(at):
    while counts.settle(at=at):
        pass


def listed(at, body=None, **more):
    lines, following = ledger.ledger(show=Listed.OVERDUE, body=body, at=at, **more)
    return [line.question_id for line in lines], following


def reckoned(at, body=None):
    """The same of all that is open, newest first."""
    rows = ordered(ledger._narrowed(Listed.OVERDUE, body, at), ledger.NEWEST)
    return list(rows.values_list("lane__case__question", flat=True))


def kept():
    return sorted(Late.objects.values_list("question", flat=True))


def test_what_falls_due_is_listed_once_it_is_counted_and_what_ends_no_more_at_once(house, bureau):
    one, other, third = referred(bureau, 3)
    settle(MONDAY + HOUR)
    assert listed(MONDAY + 3 * HOUR) == ([], "")

    settle(LATER)
    assert listed(LATER)[0] == reckoned(LATER) == [third.pk, other.pk, one.pk]
    assert kept() == sorted([one.pk, other.pk, third.pk])

    answer(one, by=member(bureau), organisation=bureau, at=LATER)
    questions.withhold_question(question=other, by=None, at=LATER)
    assert listed(LATER)[0] == reckoned(LATER) == [third.pk]
    settle(LATER + HOUR)
    assert kept() == [third.pk]


def test_a_clock_that_is_put_off_takes_it_from_the_list_until_it_is_due_again(house, bureau):
    (question,) = referred(bureau, 1)
    person = member(bureau)
    settle(LATER)
    assert listed(LATER)[0] == [question.pk]

    actions.claim(lane=lane_of(question, bureau), by=person, at=LATER)
    actions.ask_back(lane=lane_of(question, bureau), text="哪一天？", by=person, at=LATER)
    settle(LATER)
    assert (listed(LATER)[0], kept()) == ([], [])

    by = asker_of(question)
    questions.comment(question=question, answer=None, text="写了一年。", by=by, at=LATER)
    settle(LATER)
    much_later = LATER + 60 * DAY
    settle(much_later)
    assert listed(much_later)[0] == reckoned(much_later) == [question.pk]


def test_it_is_narrowed_to_a_body_and_goes_on_by_key(house, bureau):
    school = OrganisationFactory(slug="jyj", kind="expert", region_id="410100")
    mine, others = referred(bureau, 3), referred(school, 2)
    settle(LATER)

    assert listed(LATER, school)[0] == [q.pk for q in reversed(others)]
    first, following = listed(LATER, bureau, size=2)
    second, last = listed(LATER, bureau, size=2, after=following)
    assert first + second == [q.pk for q in reversed(mine)] == reckoned(LATER, bureau)
    assert last == ""


@pytest.mark.parametrize("of_body", [False, True])
def test_it_is_served_by_an_index(house, bureau, of_body):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole, whatever its indexes")
    body = bureau if of_body else None

    plan = ordered(ledger._late(body), ledger.NEWEST)[:21].explain()

    assert ("rates_late_receiver" if of_body else "rates_late_new") in plan
    assert "TEMP B-TREE" not in plan
    assert "SCAN rates_late USING INDEX" in plan or "SEARCH rates_late USING INDEX" in plan


def test_what_is_kept_goes_with_its_hop(house, bureau):
    referred(bureau, 1)
    settle(LATER)
    Hop.objects.all().delete()

    assert kept() == []
