"""How long things may take: the most exact row, else the settings, and the calendar over it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.factories import MONDAY, ask
from youthvoice.cases.choices import Grade
from youthvoice.cases.models import Term
from youthvoice.cases.queries import deadlines
from youthvoice.cases.tests.working import own

pytestmark = pytest.mark.django_db
WORK = {"field": "work", "kind": "help"}


@pytest.fixture(autouse=True)
def fresh():
    deadlines.forget_terms()
    yield
    deadlines.forget_terms()


def beijing(*moment):
    return datetime(*moment, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        # A Monday morning: two hours of duty.
        ((2026, 3, 2, 9, 0), (2026, 3, 2, 11, 0)),
        # Over the pause at noon.
        ((2026, 3, 2, 11, 0), (2026, 3, 2, 15, 30)),
        # In the evening: the next morning.
        ((2026, 3, 2, 20, 0), (2026, 3, 3, 10, 30)),
        # 22:10 on the eve of the National Day holiday: nobody is on duty for a week, and yet.
        ((2025, 9, 30, 22, 10), (2025, 10, 1, 22, 10)),
        # A Sunday on which work is made up for the holiday.
        ((2025, 9, 28, 9, 0), (2025, 9, 28, 11, 0)),
    ],
)
def test_the_first_reply_is_due_after_two_hours_of_duty_and_a_day_at_the_worst(house, asked, due):
    assert own(ask(at=beijing(*asked))).due_at == beijing(*due)


def test_the_most_exact_row_says_each_number_by_itself(house):
    Term.objects.create(worst_hours=48)
    Term.objects.create(field="work", first_reply_hours=3)
    Term.objects.create(field="work", kind="help", next_step_days=2)
    Term.objects.create(kind="talk", first_reply_hours=1)

    assert deadlines.terms_for(**WORK) == deadlines.Terms(3, 48, 2)
    assert deadlines.terms_for(field="life", kind="talk") == deadlines.Terms(1, 48, 1)


def test_a_row_that_an_operator_changes_counts_for_the_next_question(house, client):
    Term.objects.create(field="work", first_reply_hours=1)

    assert own(ask(at=MONDAY)).due_at == MONDAY + timedelta(hours=1)


@pytest.mark.parametrize(
    ("grade", "due"),
    [
        (Grade.SIMPLE, (2026, 3, 3, 18, 0)),
        (Grade.ORDINARY, (2026, 3, 9, 18, 0)),
        (Grade.COMPLEX, (2026, 3, 16, 18, 0)),
    ],
)
def test_a_referral_is_due_after_working_days_by_its_grade(grade, due):
    assert deadlines.referral_due(beijing(2026, 3, 2, 9, 0), grade) == beijing(*due)


def test_what_was_left_when_the_clock_stood_is_what_is_left_when_it_goes_on():
    begun, due_at = beijing(2026, 3, 2, 9, 0), beijing(2026, 3, 2, 11, 0)

    seconds = deadlines.left(begun, due_at)

    assert seconds == 2 * 3600
    assert deadlines.due_after(beijing(2026, 3, 6, 17, 0), seconds) == beijing(2026, 3, 9, 9, 30)
    assert deadlines.left(due_at, begun) == 0


def test_a_row_that_says_nothing_is_none():
    with pytest.raises(ValidationError, match="至少写一个"):
        Term(field="work").full_clean()
