"""States of a case and the only table of their moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("待回答")
    ANSWERED = "answered", _("已回答")
    SOLVED = "solved", _("已解决")
    #: Taken back by its asker, or imported: nobody is waiting for us.
    CLOSED = "closed", _("已关闭")
    #: Hidden, or out of public view: on no desk until it comes back.
    ASIDE = "aside", _("暂不公开")


MOVES = {
    State.WAITING: {State.ANSWERED, State.SOLVED, State.CLOSED, State.ASIDE},
    State.ANSWERED: {State.WAITING, State.SOLVED, State.CLOSED, State.ASIDE},
    State.SOLVED: {State.WAITING, State.ANSWERED, State.CLOSED, State.ASIDE},
    State.CLOSED: set(),
    State.ASIDE: {State.WAITING, State.ANSWERED, State.SOLVED, State.CLOSED},
}


class StepKind(models.TextChoices):
    """What the public trail tells."""

    ASKED = "asked", _("提出")
    HELD = "held", _("转给")
    ANSWERED = "answered", _("回答")
    SOLVED = "solved", _("解决了")
    UNSOLVED = "unsolved", _("没解决")
    REOPENED = "reopened", _("重新打开")
    DELETED = "deleted", _("提问者删除")
    HIDDEN = "hidden", _("按规则隐藏")
    SHOWN = "shown", _("恢复显示")


class Show(models.TextChoices):
    """The lists of an organisation's desk."""

    WAITING = "waiting", _("待回答")
    ANSWERED = "answered", _("已回答")
    ALL = "all", _("全部")
    #: What waits at the committees of the regions below: nobody may be left waiting.
    BELOW = "below", _("下级待回答")
