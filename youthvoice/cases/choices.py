"""States of a case, of its lanes and of its referrals, and the only tables of their moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.orgs.choices import OF_KIND


class State(models.TextChoices):
    """Where a whole question stands."""

    RECEIVED = "received", _("已收到")
    HELD = "held", _("有人在办")
    REFERRED = "referred", _("已转办")
    ASKING = "asking", _("等提问者补充")
    PROMISED = "promised", _("已承诺")
    ANSWERED = "answered", _("已回答")
    SOLVED = "solved", _("已解决")
    UNSOLVED = "unsolved", _("没解决")
    REOPENED = "reopened", _("重新打开")
    #: Handled with the question that it was merged into.
    MERGED = "merged", _("已合并")
    #: Taken back by its asker, or imported: nobody is waiting for us.
    CLOSED = "closed", _("已关闭")
    #: Hidden, or out of public view: on no desk until it comes back.
    ASIDE = "aside", _("暂不公开")


#: From each of these the question may go to any of the others.
_OPEN = {
    State.RECEIVED,
    State.HELD,
    State.REFERRED,
    State.ASKING,
    State.PROMISED,
    State.ANSWERED,
    State.SOLVED,
    State.UNSOLVED,
    State.REOPENED,
}
_ALWAYS = {State.MERGED, State.CLOSED, State.ASIDE}
#: What the holder, or a body that was asked, may do next.
_WORK = {
    State.RECEIVED,
    State.HELD,
    State.REFERRED,
    State.ASKING,
    State.PROMISED,
    State.ANSWERED,
    State.SOLVED,
}

MOVES: dict[State, set[State]] = {
    # From one office to another it is received anew.
    State.RECEIVED: _WORK | _ALWAYS,
    State.HELD: _WORK - {State.HELD} | _ALWAYS,
    # More bodies may be asked.
    State.REFERRED: {
        State.REFERRED,
        State.RECEIVED,
        State.HELD,
        State.ANSWERED,
        State.SOLVED,
        State.UNSOLVED,
    }
    | _ALWAYS,
    State.ASKING: _WORK - {State.ASKING} | _ALWAYS,
    State.PROMISED: {State.ANSWERED, State.SOLVED, State.UNSOLVED, State.REOPENED} | _ALWAYS,
    State.ANSWERED: {State.REFERRED, State.PROMISED, State.ASKING, State.SOLVED, State.UNSOLVED}
    | _ALWAYS,
    State.SOLVED: {State.REOPENED, State.UNSOLVED} | _ALWAYS,
    State.UNSOLVED: _WORK | {State.REOPENED} | _ALWAYS,
    State.REOPENED: _WORK | {State.UNSOLVED} | _ALWAYS,
    State.MERGED: _OPEN | {State.CLOSED, State.ASIDE},
    State.CLOSED: set(),
    State.ASIDE: _OPEN | {State.MERGED, State.CLOSED},
}

#: Where an answer that is gone lets a case go back to.
UNDONE: dict[State, set[State]] = {state: set() for state in State} | {
    State.ANSWERED: _OPEN - {State.ANSWERED, State.SOLVED, State.PROMISED},
    State.REFERRED: _OPEN - {State.REFERRED, State.ANSWERED, State.SOLVED, State.PROMISED},
    State.PROMISED: _OPEN - {State.ANSWERED, State.SOLVED, State.PROMISED},
}

#: The holder owes the next word.
WAITING = (State.RECEIVED, State.HELD, State.UNSOLVED, State.REOPENED)
#: The holder's own part isn't over; where others were asked, see Case.awaited.
OWN_OPEN = (*WAITING, State.ASKING, State.PROMISED)
#: A clock runs.
RUNNING = (*WAITING, State.REFERRED, State.PROMISED)
#: Nobody handles it here, or nobody may see it.
OFF_DESK = (State.CLOSED, State.ASIDE, State.MERGED)


class LaneKind(models.TextChoices):
    """The four kinds of help, in the order of the ring."""

    LEAGUE = "league", _("团帮青")
    PEER = "peer", _("青帮青")
    GOVERNMENT = "government", _("政帮青")
    SOCIETY = "society", _("社帮青")


#: Which kind of help a body gives.
LANE_OF = {kind: LaneKind(of.lane) for kind, of in OF_KIND.items()}


class LaneState(models.TextChoices):
    """How far one body is with its part."""

    ASKED = "asked", _("等接手")
    MOVING = "moving", _("在办")
    PAUSED = "paused", _("等提问者补充")
    ANSWERED = "answered", _("已回答")
    RETURNED = "returned", _("已退回")
    #: Called off, or over with the whole question.
    ENDED = "ended", _("已结束")


LANE_MOVES: dict[LaneState, set[LaneState]] = {
    LaneState.ASKED: set(LaneState) - {LaneState.ASKED},
    LaneState.MOVING: set(LaneState) - {LaneState.MOVING},
    LaneState.PAUSED: set(LaneState) - {LaneState.PAUSED},
    LaneState.ANSWERED: {LaneState.ASKED, LaneState.MOVING, LaneState.PAUSED, LaneState.ENDED},
    LaneState.RETURNED: {LaneState.ASKED, LaneState.ANSWERED, LaneState.ENDED},
    LaneState.ENDED: set(LaneState) - {LaneState.ENDED, LaneState.RETURNED},
}

#: Somebody owes the asker something in this lane.
LANE_OPEN = (LaneState.ASKED, LaneState.MOVING)
#: Or does once the asker has said more.
LANE_AWAITED = (*LANE_OPEN, LaneState.PAUSED)

#: What the holder's own lane is while the whole question is …; where it is not named, as it was.
OWN_LANE = {
    State.RECEIVED: LaneState.ASKED,
    State.HELD: LaneState.MOVING,
    State.REFERRED: LaneState.MOVING,
    State.ASKING: LaneState.PAUSED,
    State.PROMISED: LaneState.MOVING,
    State.ANSWERED: LaneState.ANSWERED,
    State.UNSOLVED: LaneState.MOVING,
    State.REOPENED: LaneState.MOVING,
    State.SOLVED: LaneState.ENDED,
    State.CLOSED: LaneState.ENDED,
    State.MERGED: LaneState.ENDED,
}


class Clock(models.TextChoices):
    """What a lane's clock counts to."""

    FIRST_REPLY = "first", _("第一次回复")
    NEXT_STEP = "next", _("下一步")
    SIGN = "sign", _("签收")
    DONE = "done", _("办结")
    PROMISE = "promise", _("兑现承诺")


class Rung(models.IntegerChoices):
    """Who is told of what is late, one step up after the other."""

    HOLDER = 0, _("承办人")
    LEAD = 1, _("带班")
    DUTY = 2, _("值班员")
    PROVINCE = 3, _("省级带班")


class HopKind(models.TextChoices):
    #: The whole question goes to another office of the League.
    TRANSFER = "transfer", _("移交")
    #: One lane is asked of another body; the holder stays.
    REFERRAL = "referral", _("转办")
    #: Several bodies at once.
    SUMMONS = "summons", _("吹哨")


class Grade(models.TextChoices):
    """How long a referral may take; the days are a setting, REFERRAL_DAYS."""

    SIMPLE = "simple", _("简单")
    ORDINARY = "ordinary", _("一般")
    COMPLEX = "complex", _("复杂")


class HopState(models.TextChoices):
    OPEN = "open", _("等签收")
    SIGNED = "signed", _("已签收")
    ANSWERED = "answered", _("已回复")
    RETURNED = "returned", _("已退回")
    #: Handed on by its receiver.
    PASSED = "passed", _("已再转")
    #: Taken back by whoever sent it, or over with the whole question.
    WITHDRAWN = "withdrawn", _("已收回")


HOP_OPEN = (HopState.OPEN, HopState.SIGNED)
HOP_MOVES: dict[HopState, set[HopState]] = {
    HopState.OPEN: set(HopState) - {HopState.OPEN},
    HopState.SIGNED: set(HopState) - {HopState.OPEN, HopState.SIGNED},
    # Where its answer is gone.
    HopState.ANSWERED: set(HOP_OPEN),
    HopState.RETURNED: set(),
    HopState.PASSED: set(),
    HopState.WITHDRAWN: set(),
}


class StepKind(models.TextChoices):
    """What the public trail tells."""

    ASKED = "asked", _("提出")
    HELD = "held", _("转给")
    CLAIMED = "claimed", _("接手")
    RELEASED = "released", _("放下")
    REFERRED = "referred", _("请来办")
    SIGNED = "signed", _("签收")
    RETURNED = "returned", _("退回")
    WITHDRAWN = "withdrawn", _("收回")
    ASKED_BACK = "askedback", _("想请补充")
    REPLIED = "replied", _("补充了")
    LATE = "late", _("超时")
    PROMISED = "promised", _("承诺")
    KEPT = "kept", _("兑现")
    BROKEN = "broken", _("没有兑现")
    MERGED = "merged", _("合并")
    UNMERGED = "unmerged", _("拆开")
    ADDED = "added", _("补充说明")
    ANSWERED = "answered", _("回答")
    UNANSWERED = "unanswered", _("回答撤下")
    SOLVED = "solved", _("解决了")
    UNSOLVED = "unsolved", _("没解决")
    REOPENED = "reopened", _("重新打开")
    DELETED = "deleted", _("提问者删除")
    HIDDEN = "hidden", _("按规则隐藏")
    SHOWN = "shown", _("恢复显示")


#: How the trail says it; an answer is told by who gave it.
STEP_WORDS = {
    StepKind.ASKED: _("提出"),
    StepKind.HELD: _("已转给 %(who)s"),
    StepKind.CLAIMED: _("%(who)s 有人接手了"),
    StepKind.RELEASED: _("%(who)s 换人来办"),
    StepKind.REFERRED: _("请 %(who)s 来办"),
    StepKind.SIGNED: _("%(who)s 已签收"),
    StepKind.RETURNED: _("%(who)s 退回了"),
    StepKind.WITHDRAWN: _("不再请 %(who)s 办"),
    StepKind.ASKED_BACK: _("%(who)s 想请提问者补充"),
    StepKind.REPLIED: _("提问者补充了"),
    StepKind.LATE: _("%(who)s 超时了"),
    StepKind.PROMISED: _("%(who)s 作出承诺"),
    StepKind.KEPT: _("%(who)s 兑现了承诺"),
    StepKind.BROKEN: _("%(who)s 没有兑现承诺"),
    StepKind.MERGED: _("和相同的提问一起办"),
    StepKind.UNMERGED: _("重新单独办"),
    StepKind.ADDED: _("提问者补充了说明"),
    StepKind.UNANSWERED: _("回答撤下了，重新等 %(who)s"),
    StepKind.SOLVED: _("提问者说：解决了"),
    StepKind.UNSOLVED: _("提问者说：没解决"),
    StepKind.REOPENED: _("提问者重新打开"),
    StepKind.DELETED: _("提问者删除了这个提问"),
    StepKind.HIDDEN: _("按规则隐藏"),
    StepKind.SHOWN: _("恢复显示"),
}


#: Characters of a reason that everybody reads.
REASON_MOST = 200
