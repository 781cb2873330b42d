import pytest

from tests.factories import MONDAY, ask
from youthvoice.callbacks.models import Callback
from youthvoice.cases.queries import checking
from youthvoice.cases.tests.working import case_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def test_check_cases_finds_who_would_be_asked_about_anothers_answer(house):
    question, lead = ask(), ask()
    assert list(checking.without()) == []

    Callback.objects.create(
        case=case_of(question), lead=case_of(lead), round=1, day=1, due_at=MONDAY
    )

    assert list(checking.without()) == [
        f"question {question.pk} will be asked about the answer to one that it doesn't hang on"
    ]
