"""A page that is kept is drawn anew when the sums on it have followed the act."""

import pytest

from tests.factories import answer, ask, member
from youthvoice.counts import actions
from youthvoice.entrance.surrogates import board
from youthvoice.kit import clock
from youthvoice.kit.public import LISTS
from youthvoice.site.receivers import on_sums
from youthvoice.topics.queries import READ

pytestmark = pytest.mark.django_db


@pytest.fixture
def is_told(django_capture_on_commit_callbacks):
    """Whether an act tells of the lists, softly or at once."""

    def look(act):
        places, before = board().places([LISTS]), board().latest
        with django_capture_on_commit_callbacks(execute=True):
            act()
        assert not board().changed_since(places, before, at_once=True)
        return bool(board().changed_since(places, before, at_once=False))

    return look


def settle():
    actions.settle(at=clock.now())


def test_lists_are_told_when_the_sums_have_moved_and_else_not(house, is_told):
    settle()
    question = ask(region="410100")

    assert is_told(settle)
    assert not is_told(settle)
    answer(question, by=member(house.city), organisation=house.city)
    assert is_told(settle)
    # Touched, and counts for what it did before.
    actions.note([question.pk])
    assert not is_told(settle)


def test_what_stands_on_no_public_page_tells_nobody(is_told):
    assert not is_told(lambda: on_sums({"desk", "since:7", READ}))
    assert is_told(lambda: on_sums({"desk", "rates:2026-11"}))
