"""Numbers that everybody sees tell nothing by those that are missing."""

import pytest

from tests.factories import ask
from youthvoice.kit import numbers
from youthvoice.questions.models import Question


def test_each_number_has_the_same_chance_whatever_came_before():
    """So the distance over one that was taken out is like any other's. Wrong once in a million."""
    steps = [numbers._step() for _draw in range(4000)]

    for least in (1, 2, 9, 17):
        further = [step for step in steps if step >= least]
        share = sum(step == least for step in further) / len(further)
        chance = 1 / numbers.STEP
        assert abs(share - chance) < 5 * (chance * (1 - chance) / len(further)) ** 0.5


@pytest.mark.databases
@pytest.mark.django_db
def test_a_number_is_greater_than_all_that_were_given(house):
    first, second = ask().pk, ask().pk
    Question.objects.filter(pk=second).delete()

    assert first < second < numbers.next_number(Question)


@pytest.mark.django_db(transaction=True)
def test_it_is_drawn_within_the_act_alone(house):
    with pytest.raises(RuntimeError):
        numbers.next_number(Question)
