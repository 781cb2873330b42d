"""States of a crisis record, the only table of their moves, and what is written down."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    OPEN = "open", _("待处理")
    CLOSED = "closed", _("已处理")
    FALSE_ALARM = "false", _("误报")


MOVES = {
    State.OPEN: {State.CLOSED, State.FALSE_ALARM},
    State.CLOSED: set(),
    State.FALSE_ALARM: set(),
}


class Outcome(models.TextChoices):
    SAFE = "safe", _("联系上了，人平安")
    HANDED = "handed", _("已交给专业的人跟进")
    NO_CONTACT = "unreached", _("想尽办法也没联系上")


class To(models.TextChoices):
    """To whom it was handed."""

    YOUTH_LINE = "12355", _("12355 青少年服务台")
    MIND_LINE = "12356", _("12356 心理援助热线")
    POLICE = "110", _("110 公安")
    AMBULANCE = "120", _("120 急救")
    SCHOOL = "school", _("学校")
    GUARDIAN = "guardian", _("监护人或家人")
    CIVIL = "civil", _("民政、妇联、社区")
    OTHER = "other", _("其他")


class Why(models.TextChoices):
    """What somebody is told of."""

    OPENED = "opened", _("新的紧急记录")
    RAISED = "raised", _("一直没有带班的人打开")
    OBJECTED = "objected", _("提问者说是误会")


NOTE_MOST = 500
