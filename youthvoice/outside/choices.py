"""States of a mail to a body, the only table of their moves, and bounds of letters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Days that a letter's link is good for: it may lie for a while before somebody opens it.
LINK_DAYS = 30
#: Letters that go by mail to one body for one referral in a day.
MAILED_MOST = 3


class MailKind(models.TextChoices):
    """A letter and its code never travel in one mail; see decision 12."""

    LETTER = "letter", _("转办函")
    CODE = "code", _("校验码")


class MailState(models.TextChoices):
    WAITING = "waiting", _("在寄")
    #: Our mail server has it.
    SENT = "sent", _("寄出了")
    #: Tried for half a day in vain.
    FAILED = "failed", _("没寄出去")
    #: There was nothing to be sent any more.
    STOPPED = "stopped", _("没有寄")


MAIL_MOVES: dict[MailState, set[MailState]] = {
    MailState.WAITING: set(MailState) - {MailState.WAITING},
    MailState.SENT: set(),
    # Its last try was still under way.
    MailState.FAILED: {MailState.SENT},
    MailState.STOPPED: set(),
}


class NotSent(models.TextChoices):
    """Why a mail never went."""

    REFUSED = "refused", _("试了半天，邮件服务器都没有收下")
    REPLACED = "replaced", _("后来另做了一封信")
    OVER = "over", _("事情办完了，或者收回了")
    PRIVATE = "private", _("这个提问现在不公开")
    STAFFED = "staffed", _("对方单位有人在这里注册了，登录就能办")
    NO_ADDRESS = "address", _("这个单位的联系邮箱删掉了")


#: What the holder may do about it; where it isn't named, nothing needs to be done.
REMEDIES = {
    NotSent.REFUSED: _("再寄一次，或者做一封 PDF 用别的办法送去。一直不行，请平台管理员核对邮箱。"),
    NotSent.PRIVATE: _("恢复公开以后再寄。"),
    NotSent.NO_ADDRESS: _("请平台管理员填上联系邮箱再寄，或者做一封 PDF 用别的办法送去。"),
}
