"""Several merge at once: one wins, the others are told, and nobody waits in a ring."""

from functools import partial

import pytest

from tests import together
from tests.factories import MONDAY, answer, ask, asker_of, member
from youthvoice.callbacks import actions as callbacks
from youthvoice.callbacks.models import Callback
from youthvoice.cases.actions import UnableToMove
from youthvoice.cases.models import Case, Step
from youthvoice.cases.queries import checking
from youthvoice.cases.tests.working import case_of, refer
from youthvoice.gathering import actions
from youthvoice.gathering.models import Merge
from youthvoice.questions import actions as questions

pytestmark = pytest.mark.django_db(transaction=True)
at_once = partial(together.at_once, refused=UnableToMove)
ROUNDS = 6


def refusals(results):
    return [result for result in results if isinstance(result, UnableToMove)]


def merging(cases, into, by):
    return lambda: actions.merge(cases=cases, into=into, by=by, at=MONDAY)


def test_of_two_who_merge_the_same_one_wins_and_the_other_is_told(house):
    people = [member(house.city) for _ in range(4)]
    leads = [case_of(ask()) for _ in people]
    one, other = ask(), ask()
    seen = [[case_of(one), case_of(other)] for _ in people]

    results = at_once(*map(merging, seen, leads, people))

    assert len(refusals(results)) == len(people) - 1
    winner = leads[results.index(None)]
    assert set(Merge.objects.values_list("lead", flat=True)) == {winner.pk}
    assert Step.objects.filter(kind="merged").count() == 3
    assert list(checking.without()) == []


def test_two_merged_crosswise_make_no_ring(house):
    """Each into the other, and both into a third: the rows are locked in one order."""
    people = [member(house.city) for _ in range(3)]
    for _ in range(ROUNDS):
        a, b, c = (case_of(ask()) for _ in range(3))
        again = [Case.objects.select_related("question", "holder").get(pk=x.pk) for x in (a, b)]

        at_once(
            merging([a], b, people[0]),
            merging([again[1]], again[0], people[1]),
            merging([again[1], again[0]], c, people[2]),
        )

        assert Merge.objects.filter(case__in=[a, b, c]).count() in {1, 2}
    assert list(checking.without()) == []


def test_merging_into_what_its_asker_takes_back_leaves_nobody_alone(house):
    person = member(house.city)
    for _ in range(ROUNDS):
        lead, one = ask(), ask()
        asker = asker_of(lead)
        case, into = case_of(one), case_of(lead)

        at_once(
            merging([case], into, person),
            lambda q=lead, by=asker: questions.delete_question(question=q, by=by, at=MONDAY),
        )
        actions.unmerge_lost(at=MONDAY)

        assert case_of(one).state == "received"
    assert list(checking.without()) == []


def test_an_asker_who_speaks_while_it_is_merged_is_heard(house):
    person = member(house.city)
    for _ in range(ROUNDS):
        lead, one = ask(), ask()
        refer(one, house.experts, at=MONDAY)
        asker, case, into = asker_of(one), case_of(one), case_of(lead)

        at_once(
            merging([case], into, person),
            lambda q=one, by=asker: questions.mark_outcome(
                question=q, outcome="unsolved", by=by, at=MONDAY
            ),
        )

        # Merged first, it is taken out by what was said; merged second, it was refused.
        assert case_of(one).state == "unsolved"
        assert not Merge.objects.filter(case=case).exists()
    assert list(checking.without()) == []


def test_who_speaks_while_they_are_to_be_asked_is_heard_and_asked_nothing_more(house):
    """The worker plans while one asker says "not solved" and another takes theirs back."""
    person = member(house.city)
    for _ in range(ROUNDS):
        lead, one, other = ask(), ask(), ask()
        cases = [case_of(one), case_of(other)]
        actions.merge(cases=cases, into=case_of(lead), by=person, at=MONDAY)
        answer(lead, by=person, organisation=house.city, at=MONDAY)
        askers = asker_of(one), asker_of(other)

        results = at_once(
            lambda: callbacks.plan_merged(at=MONDAY),
            lambda q=one, by=askers[0]: questions.mark_outcome(
                question=q, outcome="unsolved", by=by, at=MONDAY
            ),
            lambda q=other, by=askers[1]: questions.delete_question(question=q, by=by, at=MONDAY),
        )

        assert refusals(results) == []
        assert [case_of(q).state for q in (one, other)] == ["unsolved", "closed"]
        assert not Callback.objects.filter(case__in=cases).exists()
    assert list(checking.without()) == []
