"""What the numbers that are missing in public sheets tell of the questions that are withheld."""

import csv

import pytest

from tests.factories import MONDAY, ask
from youthvoice.kit import numbers
from youthvoice.questions import actions

pytestmark = pytest.mark.django_db
ASKED, WITHHELD = 40, 5


@pytest.fixture(autouse=True)
def _at(held_reads, monkeypatch):
    monkeypatch.setattr("youthvoice.kit.clock.now", lambda: MONDAY)


def attacked(client):
    """Take each number that the sheet lacks for a withheld one: how many were taken, and how
    many of these were right."""
    asked = [ask(title=f"第 {n} 个提问") for n in range(ASKED)]
    away = asked[3 : -1 : ASKED // WITHHELD]
    for question in away:
        actions.withhold_question(question=question, by=None, at=MONDAY)
    page = client.get("/rates/rates.csv", {"month": MONDAY.strftime("%Y-%m")})
    rows = list(csv.reader(b"".join(page).decode("utf-8-sig").splitlines()))[1:]
    told = {int(row[0]) for row in rows}
    assert len(told) == ASKED - len(away) == ASKED - WITHHELD
    missing = set(range(min(told), max(told))) - told
    return len(missing), len(missing & {question.pk for question in away})


@pytest.mark.databases
def test_a_missing_number_is_no_withheld_question(house, client):
    taken, right = attacked(client)

    assert taken > 10 * right


def test_where_numbers_follow_each_other_every_gap_is_one(house, client, monkeypatch):
    """The control: the same look at the sheet, and what it told before."""
    monkeypatch.setattr(numbers, "_step", lambda: 1)

    assert attacked(client) == (WITHHELD, WITHHELD)
