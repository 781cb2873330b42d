"""Deadlines as people say them."""

from datetime import datetime

from django import template
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import LaneState, State
from youthvoice.cases.models import Case, Hop, Lane
from youthvoice.kit import clock
from youthvoice.kit.templatetags.kit_tags import duration, estimated, waited

register = template.Library()


@register.filter
def due_words(what: Lane | Hop) -> str:
    """How long there still is, seen from now: 还有 1 小时 20 分, 晚了 3 小时."""
    if not what.is_running:
        lane = what if isinstance(what, Lane) else what.lane
        is_paused = lane.state == LaneState.PAUSED
        return _t("先不计时：在等提问者补充") if is_paused else ""
    seconds = (_due_at(what) - clock.now()).total_seconds()
    if seconds >= 0:
        rests = what.is_estimated if isinstance(what, Lane) else what.next_is_estimated
        return estimated(_t("还有 %s") % duration(seconds), rests)
    return _t("晚了 %s") % duration(-seconds)


@register.filter
def is_late(what: Lane | Hop) -> bool:
    return what.is_running and _due_at(what) < clock.now()


def _due_at(what: Lane | Hop) -> datetime:
    return what.due_at if isinstance(what, Lane) else what.next_due_at


@register.filter
def plain_state(case: Case) -> str:
    """Where a whole question stands, in words for whoever works on it."""
    return str(_STATES[State(case.state)]) % {"who": case.holder.short_name}


_STATES = {
    State.RECEIVED: _("%(who)s 收到了，还没有人接手"),
    State.HELD: _("%(who)s 有人在办"),
    State.REFERRED: _("%(who)s 请了别的单位来办"),
    State.ASKING: _("%(who)s 在等提问者补充"),
    State.PROMISED: _("%(who)s 作了承诺，到期要兑现"),
    State.ANSWERED: _("回答了，等提问者说解决没有"),
    State.SOLVED: _("提问者说解决了"),
    State.UNSOLVED: _("提问者说没解决，%(who)s 接着办"),
    State.REOPENED: _("提问者重新打开了，%(who)s 接着办"),
    State.MERGED: _("和相同的提问一起办"),
    State.CLOSED: _("不用办了"),
    State.ASIDE: _("暂不公开，先不计时"),
}


@register.filter
def since_words(lane: Lane) -> str:
    """How long the asker has waited, whoever was asked meanwhile: the one meaning of 在等."""
    return waited(lane.case.waiting_since)
