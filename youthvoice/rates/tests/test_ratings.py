"""Each asking back as the rates read it: answered or not, and of whom."""

import pytest

from tests.factories import MONDAY, answer, ask, asker_of, member
from youthvoice.callbacks import actions
from youthvoice.callbacks import queries as callbacks
from youthvoice.callbacks.choices import Channel
from youthvoice.cases.tests.working import DAY, HOUR, case_of
from youthvoice.desks import actions as desks
from youthvoice.rates.queries.ratings import asked_back

pytestmark = pytest.mark.django_db
AT = MONDAY + HOUR


def answered(house, question, at=AT):
    answer(question, by=member(house.city), organisation=house.city, at=at)
    return question


def test_what_was_asked_is_read_with_silence_as_its_own(house):
    silent, told = answered(house, ask()), answered(house, ask(), at=AT + HOUR)
    later = AT + 2 * DAY
    actions.open_due(at=later)
    actions.call_back(
        callback=callbacks.current(case_of(told), at=later),
        by=asker_of(told),
        channel=Channel.PAGE,
        at=later,
        solved=True,
    )

    found = asked_back(since=AT, until=AT + 3 * DAY)

    assert [(r.case.question, r.solved, r.is_answered, r.is_staff_asked) for r in found] == [
        (silent, None, False, False),
        (told, True, True, False),
    ]


def test_what_the_staff_asked_for_others_stands_apart(house):
    asked = desks.ask_on_behalf(
        organisation=house.city,
        channel="call",
        by=member(house.city),
        at=MONDAY,
        kind="help",
        field="work",
        region=None,
        title="电话里问的一件事",
        text="内容。",
        key="9" * 32,
    )
    answered(house, asked.question)
    actions.open_due(at=AT + DAY)

    found = asked_back(since=AT, until=AT + 2 * DAY)

    assert [row.is_staff_asked for row in found] == [True]
