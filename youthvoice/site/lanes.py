"""The four kinds of help of a question: who is asked, what they are doing, and by when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _lazy

from youthvoice.cases.choices import LANE_AWAITED, Clock, LaneKind, LaneState, State
from youthvoice.cases.models import Case, Lane
from youthvoice.cases.queries import lanes_of
from youthvoice.kit import clock
from youthvoice.kit.labels import said as _
from youthvoice.kit.templatetags.kit_tags import due, estimated, waited
from youthvoice.orgs.models import Organisation
from youthvoice.questions.models import Question

Arc = Literal["faint", "waiting", "done"]
#: Bodies of one kind that are told one by one.
LINES_MOST = 6


@dataclass(frozen=True)
class Line:
    """One body: what it is doing, and the time it has for that."""

    body: Organisation
    mark: str
    words: str
    due_at: datetime
    by: str = ""
    #: How late it is; empty while it is not.
    late: str = ""


@dataclass(frozen=True)
class Help:
    """One kind of help, as the ring draws it and the page tells it."""

    code: str
    label: str
    state: Arc
    #: Where there is no line to tell.
    words: str
    lines: list[Line]
    #: Bodies that are not told one by one.
    more: int = 0


def of_question(question: Question, case: Case | None) -> list[Help]:
    """The kinds in the order of the ring. One query where there is a case."""
    lanes = lanes_of(case) if case is not None and not question.is_imported else []
    return [
        _help(kind, question, [lane for lane in lanes if lane.kind == kind]) for kind in LaneKind
    ]


def _help(kind: LaneKind, question: Question, lanes: list[Lane]) -> Help:
    count = {
        LaneKind.LEAGUE: question.official_count,
        LaneKind.PEER: question.peer_count,
        LaneKind.GOVERNMENT: question.government_count,
        LaneKind.SOCIETY: question.expert_count,
    }[kind]
    state: Arc = "done" if count else "faint"
    if kind == LaneKind.PEER:
        # Nobody owes it: no body is told, and none is waited for.
        lanes = []
    if any(_is_awaited(lane, question) for lane in lanes):
        state = "waiting"
    lines = [_line(lane, question) for lane in sorted(lanes, key=_order)]
    return Help(
        code=kind.value,
        label=str(kind.label),
        state=state,
        words=_words(kind, count),
        lines=lines[:LINES_MOST],
        more=len(lines[LINES_MOST:]),
    )


def _is_awaited(lane: Lane, question: Question) -> bool:
    """As Case.awaited keeps it for lists."""
    if lane.state not in LANE_AWAITED:
        return False
    looks_after = lane.is_own and lane.case.standing == State.REFERRED
    return not (looks_after and question.official_count)


def _order(lane: Lane) -> tuple[bool, int, datetime]:
    """The holder, then who is awaited by what is due first, then who is through."""
    states = [*LANE_AWAITED, LaneState.ANSWERED, LaneState.RETURNED, LaneState.ENDED]
    rank = max(states.index(LaneState(lane.state)), len(LANE_AWAITED) - 1)
    return (not lane.is_own, rank, lane.due_at)


def _words(kind: LaneKind, count: int) -> str:
    """Of a kind of which no body is told: of old houses, of peers, or not asked."""
    if kind == LaneKind.LEAGUE:
        return _("已回答") if count else _("没有回答")
    if kind == LaneKind.PEER:
        return _("%d 个青年回答了") % count if count else _("等一个懂的人")
    if kind == LaneKind.GOVERNMENT:
        return _("有 %d 个答复") % count if count else _("这次没有请政府部门")
    return _("有 %d 个回答") % count if count else _("还没有专家来")


# --- One body ----------------------------------------------------------------------------


def _line(lane: Lane, question: Question) -> Line:
    words = _own_words(lane, question) if lane.is_own else _others_words(lane)
    by, late = _by(lane)
    mark = "late" if late else _mark(lane, question)
    return Line(lane.holder, mark, words, lane.due_at, by, late)


def _mark(lane: Lane, question: Question) -> str:
    if lane.state in (LaneState.ANSWERED, LaneState.ENDED):
        answered = question.official_count if lane.is_own else _has_answered(lane)
        return "answered" if answered else "ended"
    return lane.state


def _has_answered(lane: Lane) -> bool:
    return bool(lane.has_answered)  # type: ignore[attr-defined]


def _own_words(lane: Lane, question: Question) -> str:
    """The holder's part; any office of the League answers for it."""
    state, before = LaneState(lane.state), question.official_count
    case = lane.case.standing
    if state == LaneState.PAUSED:
        return _("在等提问者补充，先不计时")
    if state in LANE_AWAITED:
        if case == State.REFERRED:
            return _("已回答，还在跟进") if before else _("请了别人来办，在跟进")
        if case == State.PROMISED:
            return _("已回答，答应了接着办")
        if state == LaneState.ASKED:
            return _("回答过，还没有人接着办") if before else _("收到了，还没有人接手")
        return _("回答过，正接着办") if before else _("有人接手了")
    if before:
        return _("已回答")
    if case == State.MERGED:
        return _("和相同的提问一起办")
    return _("请来的人回答了") if state == LaneState.ANSWERED else _("不用再办了")


def _others_words(lane: Lane) -> str:
    state = LaneState(lane.state)
    if state == LaneState.ASKED:
        return _("还没签收") if lane.clock == Clock.SIGN else _("已签收，换人来办")
    if state == LaneState.MOVING:
        return _("已签收，在办")
    if state == LaneState.PAUSED:
        return _("在等提问者补充，先不计时")
    if state == LaneState.RETURNED:
        return _("退回了：%s") % (lane.returned_because or _("没写原因"))  # type: ignore[attr-defined]
    if _has_answered(lane):
        return _("已回答")
    return _("回答后来撤下了") if state == LaneState.ANSWERED else _("不用再办了")


def _by(lane: Lane) -> tuple[str, str]:
    """The time that the body has, as its clock counts it, and how late it is."""
    if lane.state not in LANE_AWAITED or not lane.is_running:
        return "", ""
    at = estimated(due(lane.due_at), lane.is_estimated)
    if clock.glance() < lane.due_at:
        clock.stands_until(lane.due_at)
        return _SOON[Clock(lane.clock)] % at, ""
    return _PROMISE[Clock(lane.clock)] % at, _("已经晚了 %s") % waited(lane.due_at)


_SOON = {
    Clock.FIRST_REPLY: _lazy("最晚%s 有回复"),
    Clock.NEXT_STEP: _lazy("最晚%s 有下一步"),
    Clock.SIGN: _lazy("最晚%s 签收"),
    Clock.DONE: _lazy("最晚%s 办完"),
    Clock.PROMISE: _lazy("最晚%s 兑现"),
}
_PROMISE = {
    Clock.FIRST_REPLY: _lazy("说好%s 前回复，"),
    Clock.NEXT_STEP: _lazy("说好%s 前有下一步，"),
    Clock.SIGN: _lazy("说好%s 前签收，"),
    Clock.DONE: _lazy("说好%s 前办完，"),
    Clock.PROMISE: _lazy("答应%s 前兑现，"),
}


def awaiting_asker(case: Case | None) -> Iterator[str]:
    """The bodies that wait for the asker to say more. One query."""
    if case is not None:
        paused = case.lanes.filter(state=LaneState.PAUSED).select_related("holder")
        yield from (lane.holder.short_name for lane in paused[:LINES_MOST])
