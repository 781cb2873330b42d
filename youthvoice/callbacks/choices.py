"""When askers are asked back, by which way they answer, and what they may say."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: Notes for the step that asks those that hang on an answered lead.
MERGED = "cases.call_merged"


class Day(models.IntegerChoices):
    """So many days after an answer its asker is asked what came of it."""

    NEXT = 1, _("1 天后")
    LATER = 28, _("28 天后")

    @property
    def since(self) -> str:
        """How long there has been an answer by then, in words."""
        return {Day.NEXT: gettext("一天"), Day.LATER: gettext("四个星期")}[self]


class Satisfied(models.IntegerChoices):
    NOT_AT_ALL = 1, _("很不满意")
    NOT = 2, _("不满意")
    SO_SO = 3, _("一般")
    YES = 4, _("满意")
    VERY = 5, _("很满意")


class Channel(models.TextChoices):
    """By which way somebody said what came of it."""

    LINK = "link", _("信里的链接")
    PAGE = "page", _("登录以后")
    RECEIPT = "receipt", _("回执")


#: Characters of what an asker misses in an answer; only the holder's members read it.
MISSING_MOST = 500
