"""The heat that a question is made with is the heat that acts would give it."""

import pytest

from tests.factories import ask
from youthvoice.questions.actions import heat
from youthvoice.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.mark.parametrize(
    ("counts", "points"),
    [({}, 1), ({"official_count": 1}, 3), ({"government_count": 1, "peer_count": 1}, 5)],
)
def test_heat_at_asking_equals_heat_from_the_row(house, counts, points):
    question = ask()

    heat.add(question.pk, **counts)

    found = Question.objects.get(pk=question.pk).hot
    assert found == pytest.approx(heat.at_asking(question.asked_at, points=points), abs=1e-4)
