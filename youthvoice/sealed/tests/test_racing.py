"""Two hands at one opening: one gets there, the other is told."""

from functools import partial

import pytest

from tests import together
from tests.factories import MONDAY, ask
from tests.sealing import REASON
from youthvoice.journal.models import Entry
from youthvoice.sealed import actions, boxes
from youthvoice.sealed.choices import Ground, State
from youthvoice.sealed.models import Opening, Record

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4
at_once = partial(together.at_once, refused=actions.Unable)


def asked(sealing, question):
    return actions.ask_opening(
        question=question.pk, ground=Ground.COURT, reason=REASON, by=sealing.first, at=MONDAY
    )


def verbs():
    return list(
        Entry.objects.filter(verb__startswith="sealed.").order_by("seq").values_list("verb")
    )


def refusals(results):
    return [result for result in results if isinstance(result, actions.Unable)]


def test_of_many_that_ask_one_does(sealing):
    question = ask()

    found = at_once(*[lambda: asked(sealing, question)] * HANDS)

    assert len(refusals(found)) == HANDS - 1
    assert Opening.objects.count() == len(verbs()) == 1


def test_of_a_grant_and_a_refusal_one_counts(sealing):
    opening = asked(sealing, ask())

    def act(action):
        return lambda: action(opening=opening, by=sealing.second, at=MONDAY)

    found = at_once(*[act(actions.grant), act(actions.refuse)] * 2)

    assert len(refusals(found)) == 3
    assert Opening.objects.get().state in {State.GRANTED, State.REFUSED}
    assert len(verbs()) == 2


def test_of_many_that_open_one_is_shown_the_identity(sealing):
    opening = asked(sealing, ask())
    actions.grant(opening=opening, by=sealing.second, at=MONDAY)
    actions.peel_outer(
        opening=Opening.objects.select_related("record").get(), at=MONDAY, **sealing.with_first
    )

    def open_it():
        mine = Opening.objects.select_related("record").get()
        return actions.open_inner(opening=mine, at=MONDAY, **sealing.with_second)

    found = at_once(*[open_it] * HANDS)

    assert len(refusals(found)) == HANDS - 1
    assert len([f for f in found if isinstance(f, boxes.Identity)]) == 1
    assert len(verbs()) == 4


def test_one_form_sent_by_several_hands_has_one_record(sealing):
    key = "d" * 32

    at_once(*[lambda: ask(key=key, title="同一张表")] * HANDS)

    assert Record.objects.count() == 1
