"""States of what was reported and of appeals, the only tables of their moves, and the rules."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.orgs.choices import Role
from youthvoice.questions.choices import HideReason as HideReason


class State(models.TextChoices):
    OPEN = "open", _("待处理")
    DISMISSED = "dismissed", _("没有违规")
    HIDDEN = "hidden", _("已隐藏")
    #: Whoever hid it thought better of it.
    UNDONE = "undone", _("已撤销隐藏")
    #: An appeal was right.
    RESTORED = "restored", _("申诉后恢复")
    #: Its writer took the words back meanwhile.
    GONE = "gone", _("作者已撤下")


MOVES: dict[State, set[State]] = {
    State.OPEN: {State.DISMISSED, State.HIDDEN, State.GONE},
    State.HIDDEN: {State.UNDONE, State.RESTORED},
    State.DISMISSED: set(),
    State.UNDONE: set(),
    State.RESTORED: set(),
    State.GONE: set(),
}


class AppealState(models.TextChoices):
    OPEN = "open", _("等待复核")
    UPHELD = "upheld", _("维持隐藏")
    RESTORED = "restored", _("已恢复")
    #: The words came back by themselves before anybody had decided.
    SETTLED = "settled", _("已先恢复")


APPEAL_MOVES: dict[AppealState, set[AppealState]] = {
    AppealState.OPEN: {AppealState.UPHELD, AppealState.RESTORED, AppealState.SETTLED},
    AppealState.UPHELD: set(),
    AppealState.RESTORED: set(),
    AppealState.SETTLED: set(),
}

#: Who judges for an organisation. Those who only answer don't take words away.
JUDGES = (Role.DUTY, Role.LEAD)
#: Having worked somewhere counts for so long before the words were written.
LEFT_COUNTS = timedelta(days=365)
NOTE_MOST = 200
APPEAL_MOST = 1000

#: What each reason means, in the words of /rules/ (a test compares them).
RULES = {
    HideReason.PERSONAL: _(
        "能找到某个人的：电话、证件号、住址、微信号，别人的照片。你自己的也算。"
    ),
    HideReason.ABUSE: _("骂人、羞辱人、威胁人。说事情做得不好，不算。"),
    HideReason.FRAUD: _("骗钱、骗信息、冒充别人或者单位。"),
    HideReason.SPAM: _("打广告，或者同一段话反复发。"),
    HideReason.DANGER: _("教人伤害自己或别人，或者拉人去做。自己难受来求助，不算。"),
    HideReason.ILLEGAL: _("法律不许发的。"),
}
#: What is never a reason, told wherever a reason is chosen.
NEVER = _("批评、吐槽一个单位或它的工作人员，不是隐藏的理由。")
