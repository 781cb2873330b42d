"""`youthvoice check-cases` finds each way in which a question could be left alone."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import MONDAY, ask, member
from youthvoice.cases.models import Case, Hop, Lane, Step
from youthvoice.cases.queries import checking
from youthvoice.cases.tests.working import HOUR, case_of, own, refer
from youthvoice.orgs.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def question(house):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    return question


def test_a_house_in_order_is_said_to_be(question, house):
    ask(by=member(house.county))
    out = StringIO()

    call_command("check_cases", stdout=out)

    assert out.getvalue() == "2 questions, each with its holder, clock and trail; 3 clocks run.\n"


FAULTS = {
    "has no case": lambda q, house: case_of(q).delete(),
    "has no lane of its holder": lambda q, house: own(q).delete(),
    "has a lane that another body holds": lambda q, house: Lane.objects.filter(pk=own(q).pk).update(
        holder=house.line
    ),
    "is held by a body that is no longer in use": lambda q, house: Organisation.objects.filter(
        pk=house.city.pk
    ).update(is_active=False),
    "waits without a clock": lambda q, house: Lane.objects.filter(pk=own(q).pk).update(
        stopped_at=MONDAY, escalate_at=None
    ),
    "waits for nobody and its clock runs": lambda q, house: Case.objects.update(state="solved"),
    "shows other kinds of help as open than its lanes are": lambda q, house: Case.objects.filter(
        question=q
    ).update(open_kinds="g"),
    "has no trail": lambda q, house: Step.objects.all().delete(),
    "was referred to a body whose clock stands": lambda q, house: Lane.objects.filter(
        is_own=False
    ).update(stopped_at=MONDAY, escalate_at=None),
    "asks nothing of a body whose clock runs": lambda q, house: Lane.objects.filter(
        is_own=False
    ).update(state="returned"),
    "was asked of a body by nobody": lambda q, house: Hop.objects.all().delete(),
    "is late and nobody will be told": lambda q, house: Lane.objects.filter(pk=own(q).pk).update(
        escalate_at=None
    ),
    "has a clock that ends before it begins": lambda q, house: Lane.objects.filter(
        pk=own(q).pk
    ).update(due_at=MONDAY - HOUR),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_named(question, house, fault):
    FAULTS[fault](question, house)

    assert f"question {question.pk} {fault}" in list(checking.without())
    with pytest.raises(CommandError, match="Not every question is cared for"):
        call_command("check_cases", stderr=StringIO())


def test_many_faults_are_counted_not_listed(house):
    for _ in range(checking.NAMED_MOST + 3):
        case_of(ask()).delete()

    assert list(checking.without())[-1] == "… and 3 more: has no case"
