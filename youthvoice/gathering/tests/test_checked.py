"""`youthvoice check-cases` finds each way in which a merged question could be left alone."""

import pytest

from tests.factories import MONDAY, ask
from youthvoice.cases.models import Case
from youthvoice.cases.queries import checking
from youthvoice.cases.tests.working import case_of
from youthvoice.gathering.models import Merge

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def _merged(question):
    """Into another, and both are waiting still."""
    return Merge.objects.create(
        case=case_of(question), lead=case_of(ask()), state_before="received", at=MONDAY
    )


def _merged_twice(question):
    first = _merged(question)
    Merge.objects.create(case=first.lead, lead=case_of(ask()), state_before="received", at=MONDAY)


def _lead_is_over(question):
    lead = _merged(question).lead
    Case.objects.filter(pk=case_of(question).pk).update(state="merged")
    Case.objects.filter(pk=lead.pk).update(state="closed")


FAULTS = {
    "is merged into nothing": lambda q: Case.objects.update(state="merged"),
    "is merged and handled by itself": _merged,
    "is merged into one that is merged": _merged_twice,
    "is merged into one that is over": _lead_is_over,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_named(house, fault):
    question = ask()
    FAULTS[fault](question)

    assert f"question {question.pk} {fault}" in list(checking.without())
