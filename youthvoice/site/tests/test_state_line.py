"""The one line between a question's words and its answers."""

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.cases.actions import escalate_due
from youthvoice.cases.tests.working import DAY, HOUR, claim, refer
from youthvoice.kit import clock
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY + HOUR)


def line(client, question):
    parts = client.get(f"/q/{question.pk}/").context["state_line"]
    return [(part.words, part.tone) for part in parts]


def told(client, question):
    return "；".join(words for words, _tone in line(client, question))


def test_who_has_it_and_by_when(client, house):
    question = ask()
    assert told(client, question).startswith(
        "已经等了 1 小时；团郑州市委 收到了，还没有人接手；最晚"
    )

    claim(question, at=MONDAY)
    assert "；团郑州市委 有人接手了；" in told(client, question)


def test_what_is_late_is_said_before_what_is_due(client, house, monkeypatch):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 3 * DAY)
    escalate_due(at=clock.now())

    tones = [tone for _words, tone in line(client, question)]
    assert tones == ["wait", "", "late"]
    assert "已经晚了" in told(client, question)


def test_the_last_body_that_answered_and_what_the_asker_says(client, house):
    question = ask()
    answer(question, by=member(house.city), organisation=house.city, at=MONDAY + HOUR)
    assert line(client, question) == [("团郑州市委 刚刚 回答了", "echo")]

    questions.mark_outcome(question=question, outcome="unsolved", by=asker_of(question), at=MONDAY)
    said = told(client, question)
    assert said.startswith("团郑州市委 刚刚 回答了；提问者说：还没解决；团郑州市委 ")

    questions.mark_outcome(question=question, outcome="solved", by=asker_of(question), at=MONDAY)
    assert told(client, question) == "团郑州市委 刚刚 回答了；提问者说：解决了"


def test_peers_are_counted(client, house):
    question = ask()
    for _ in range(2):
        answer(question, by=PersonFactory())

    assert told(client, question).startswith("2 个青年回答了；团郑州市委 ")


def test_an_answer_that_was_taken_back_is_none(client, house):
    question, staff = ask(), member(house.city)
    made = answer(question, by=staff, organisation=house.city, at=MONDAY + HOUR)
    questions.delete_answer(answer=made, by=Viewer(staff), at=MONDAY + 2 * HOUR)

    assert told(client, question).startswith("已经等了 ")


def test_of_what_is_hidden_or_gone_nothing_is_said(client, house):
    hidden, gone = ask(), ask()
    questions.hide(words=hidden, reason=HideReason.SPAM, by=member(house.city), at=MONDAY)
    questions.delete_question(question=gone, by=asker_of(gone), at=MONDAY)

    assert line(client, hidden) == line(client, gone) == []


def test_of_two_that_answered_the_one_that_stands_is_told(client, house):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    given = [
        answer(question, by=member(body), organisation=body, at=MONDAY + HOUR)
        for body in (house.city, house.experts)
    ]
    for one, who in zip(
        reversed(given), ("团郑州市委 刚刚 回答了", "已经等了 1 小时"), strict=True
    ):
        questions.delete_answer(answer=one, by=Viewer(one.author), at=MONDAY + HOUR)
        assert told(client, question).startswith(who)
