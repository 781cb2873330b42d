"""What every reader sees of the lanes: who does what by when, in words and in the ring."""

from datetime import timedelta

import pytest

from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.cases import actions
from youthvoice.cases.models import Case, Lane
from youthvoice.cases.queries import checking
from youthvoice.cases.tests.working import DAY, HOUR, case_of, claim, lane_of, own, refer, transfer
from youthvoice.kit import clock
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.templatetags.ring import states_of
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.site import lanes

pytestmark = pytest.mark.django_db
#: Half past nine of that Monday, by the house's clock: nothing is due yet.
NOW = MONDAY + timedelta(minutes=30)
WAITS, DONE, FAINT = "waiting", "done", "faint"


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    show_at(monkeypatch, NOW)


def show_at(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def bureau(house):
    return OrganisationFactory(
        slug="rsj", kind=OrgKind.GOVERNMENT, short_name="市人社局", region_id="410100"
    )


@pytest.fixture
def school(house):
    return OrganisationFactory(
        slug="jyj", kind=OrgKind.GOVERNMENT, short_name="市教育局", region_id="410100"
    )


def told(question):
    """Each kind's lines as one reads them; the ring's arcs are the same in lists."""
    fresh = Question.objects.select_related("case__holder").get(pk=question.pk)
    found = lanes.of_question(fresh, fresh.case)
    assert {help.code: help.state for help in found} == states_of(fresh)
    assert list(checking.without()) == []
    return {help.code: [_said(line) for line in help.lines] or help.words for help in found}


def _said(line):
    said = f"{line.body.short_name} {line.words}"
    return f"{said} · {line.by}{line.late}" if line.by else said


def arcs(question):
    found = states_of(Question.objects.select_related("case__holder").get(pk=question.pk))
    return [found[code] for code in ("league", "peer", "government", "society")]


def test_a_new_question_says_who_has_it_and_by_when_it_is_answered(house):
    question = ask()

    assert told(question) == {
        "league": ["团郑州市委 收到了，还没有人接手 · 最晚今天 11:00 有回复"],
        "peer": "等一个懂的人",
        "government": "这次没有请政府部门",
        "society": "还没有专家来",
    }
    assert arcs(question) == [WAITS, FAINT, FAINT, FAINT]


def test_in_hand_and_put_down(house):
    question, by = ask(), member(house.city)
    claim(question, by=by, at=MONDAY)
    assert told(question)["league"] == ["团郑州市委 有人接手了 · 最晚今天 11:00 有回复"]

    actions.release(lane=own(question), by=by, at=MONDAY)
    assert told(question)["league"] == ["团郑州市委 收到了，还没有人接手 · 最晚今天 11:00 有回复"]


def test_answered_is_told_without_a_clock(house):
    question = ask()
    answer(question, by=member(house.city), organisation=house.city)

    assert told(question)["league"] == ["团郑州市委 已回答"]
    assert arcs(question) == [DONE, FAINT, FAINT, FAINT]


def test_what_comes_late_is_said_to_be(house, monkeypatch):
    question = ask()
    show_at(monkeypatch, MONDAY + 4 * HOUR)

    assert told(question)["league"] == [
        "团郑州市委 收到了，还没有人接手 · 说好今天 11:00 前回复，已经晚了 2 小时"
    ]
    shown = lanes.of_question(question, case_of(question))[0].lines[0]
    assert (shown.mark, shown.late) == ("late", "已经晚了 2 小时")


def test_another_office_that_it_was_transferred_to(house):
    question = ask(region="410122")
    transfer(question, house.city, by=member(house.county), at=MONDAY)

    assert told(question)["league"] == ["团郑州市委 收到了，还没有人接手 · 最晚今天 11:00 有回复"]


def test_the_way_of_a_referral(house, bureau):
    question = ask()
    (hop,) = refer(question, bureau, at=MONDAY)
    assert told(question)["league"] == [
        "团郑州市委 请了别人来办，在跟进 · 最晚下周二 18:00 有下一步"
    ]
    assert told(question)["government"] == ["市人社局 还没签收 · 最晚今天 11:00 签收"]
    assert arcs(question) == [WAITS, FAINT, WAITS, FAINT]

    actions.sign(hop=hop, at=MONDAY)
    assert told(question)["government"] == ["市人社局 已签收，在办 · 最晚下周一 18:00 办完"]

    answer(question, by=member(bureau), organisation=bureau)
    assert told(question)["government"] == ["市人社局 已回答"]
    assert told(question)["league"] == ["团郑州市委 请来的人回答了"]
    assert arcs(question) == [FAINT, FAINT, DONE, FAINT]


def test_a_member_who_puts_it_down_has_signed_all_the_same(house, bureau):
    question, by = ask(), member(bureau)
    refer(question, bureau, at=MONDAY)
    actions.claim(lane=lane_of(question, bureau), by=by, at=MONDAY)

    actions.release(lane=lane_of(question, bureau), by=by, at=MONDAY)

    assert told(question)["government"] == ["市人社局 已签收，换人来办 · 最晚下周一 18:00 办完"]


def test_what_is_returned_says_why_and_counts_as_not_asked(house, bureau):
    question = ask()
    (hop,) = refer(question, bureau, at=MONDAY)
    actions.return_lane(hop=hop, reason="不在我局职责里。", by=None, at=MONDAY)

    assert told(question)["government"] == ["市人社局 退回了：不在我局职责里。"]
    assert arcs(question) == [WAITS, FAINT, FAINT, FAINT]


def test_several_that_were_summoned_are_one_arc_until_the_last_has_answered(house, bureau, school):
    question = ask()
    refer(question, bureau, school, at=MONDAY)
    answer(question, by=member(school), organisation=school)
    assert told(question)["government"] == [
        "市人社局 还没签收 · 最晚今天 11:00 签收",
        "市教育局 已回答",
    ]
    assert arcs(question)[2] == WAITS

    answer(question, by=member(bureau), organisation=bureau)
    assert arcs(question)[2] == DONE


def test_the_holder_that_has_answered_looks_after_the_others(house, bureau):
    question = ask()
    refer(question, bureau, at=MONDAY)
    answer(question, by=member(house.city), organisation=house.city)

    assert told(question)["league"] == ["团郑州市委 已回答，还在跟进 · 最晚下周二 18:00 有下一步"]
    assert arcs(question) == [DONE, FAINT, WAITS, FAINT]


def test_waiting_for_the_asker_counts_no_time(house, bureau):
    question, by = ask(), member(house.city)
    refer(question, bureau, at=MONDAY, by=by)
    actions.ask_back(
        lane=lane_of(question, bureau), text="在哪个区？", by=member(bureau), at=MONDAY
    )
    assert told(question)["government"] == ["市人社局 在等提问者补充，先不计时"]

    other = ask()
    actions.ask_back(lane=own(other), text="哪天签的？", by=member(house.city), at=MONDAY)
    assert told(other)["league"] == ["团郑州市委 在等提问者补充，先不计时"]
    assert arcs(other)[0] == WAITS


def test_the_asker_is_told_who_waits_for_them_and_others_are_not(house, client):
    asker = PersonFactory()
    question = ask(by=asker)
    actions.ask_back(lane=own(question), text="哪天签的？", by=member(house.city), at=MONDAY)
    words = "团郑州市委 在等你补充，先不计时。"

    client.force_login(PersonFactory())
    assert words not in client.get(f"/me/q/{question.pk}/").content.decode()
    client.force_login(asker)
    shown = client.get(f"/me/q/{question.pk}/").content.decode()
    assert words in shown
    assert f'<a href="/q/{question.pk}/comment/">写一句</a>' in shown


def test_not_solved_begins_a_new_round(house):
    question = ask()
    answer(question, by=member(house.city), organisation=house.city)
    questions.mark_outcome(
        question=question, outcome="unsolved", by=asker_of(question), at=MONDAY + HOUR
    )
    assert told(question)["league"] == [
        "团郑州市委 回答过，还没有人接着办 · 最晚明天 18:00 有下一步"
    ]

    claim(question, at=MONDAY + HOUR)
    assert told(question)["league"] == ["团郑州市委 回答过，正接着办 · 最晚明天 18:00 有下一步"]
    assert arcs(question)[0] == WAITS


def test_solved_asks_nothing_more_of_anybody(house, bureau):
    question = ask()
    refer(question, bureau, at=MONDAY)
    questions.mark_outcome(question=question, outcome="solved", by=asker_of(question), at=MONDAY)

    assert told(question)["league"] == ["团郑州市委 不用再办了"]
    assert told(question)["government"] == ["市人社局 不用再办了"]
    assert arcs(question) == [FAINT] * 4


def test_a_promise_is_told_with_its_day(house):
    question = ask()
    answer(question, by=member(house.city), organisation=house.city)
    Case.objects.filter(question=question).update(state="promised")
    Lane.objects.filter(case__question=question).update(
        state="moving",
        clock="promise",
        stopped_at=None,
        due_at=MONDAY + DAY,
        escalate_at=MONDAY + DAY,
    )

    assert told(question)["league"] == ["团郑州市委 已回答，答应了接着办 · 最晚明天 09:00 兑现"]


def test_who_came_unasked_is_named(house):
    question = ask()
    answer(question, by=PersonFactory())
    answer(question, by=member(house.experts), organisation=house.experts)

    assert told(question)["peer"] == "1 个青年回答了"
    assert told(question)["society"] == ["法律专家组 已回答"]
    assert arcs(question) == [WAITS, DONE, FAINT, DONE]


def test_an_answer_that_was_withdrawn_is_no_answer(house, bureau):
    question, by = ask(), member(bureau)
    made = answer(question, by=by, organisation=bureau)
    questions.delete_answer(answer=made, by=Viewer(by), at=MONDAY + HOUR)

    assert told(question)["government"] == ["市人社局 回答后来撤下了"]
    assert arcs(question)[2] == FAINT


def test_out_of_public_view_the_clocks_are_silent(house, bureau):
    question = ask()
    refer(question, bureau, at=MONDAY)
    questions.withhold_question(question=question, by=None, at=MONDAY)

    assert told(question)["league"] == ["团郑州市委 请了别人来办，在跟进"]
    assert told(question)["government"] == ["市人社局 还没签收"]


def test_more_bodies_than_a_page_names_are_counted(house):
    question = ask()
    bodies = [OrganisationFactory(kind=OrgKind.SOCIAL) for _ in range(8)]
    refer(question, *bodies, at=MONDAY)

    society = lanes.of_question(question, case_of(question))[3]
    assert (len(society.lines), society.more) == (lanes.LINES_MOST, 2)


def test_the_page_tells_it_in_its_words_and_the_trail_why(house, bureau, school, client):
    question = ask()
    hop, _other = refer(question, bureau, school, at=MONDAY, reason="工资和合同归他们管。")
    actions.return_lane(hop=hop, reason="要找<劳动监察>。", by=None, at=MONDAY)

    shown = client.get(f"/q/{question.pk}/").content.decode()

    assert "退回了：要找&lt;劳动监察&gt;。" in shown
    assert (
        shown.count('<q class="step__note"><span class="typed">工资和合同归他们管。</span></q>')
        == 1
    )
    assert '<q class="step__note"><span class="typed">要找&lt;劳动监察&gt;。</span></q>' in shown
    assert f'href="{bureau.get_absolute_url()}"' in shown
