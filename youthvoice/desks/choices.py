"""The lists of desks, and the bounds of what staff write."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Show(models.TextChoices):
    """The lists of an organisation's desk."""

    WAITING = "waiting", _("待办")
    #: The clock stands until the asker has said more.
    PAUSED = "paused", _("等补充")
    ANSWERED = "answered", _("已答")
    ALL = "all", _("全部")
    #: What waits at the committees of the regions below: nobody may be left waiting.
    BELOW = "below", _("下级待办")


class OwnShow(models.TextChoices):
    """The lists of whoever works, over all their bodies."""

    MINE = "mine", _("我接的")
    MENTIONED = "mentioned", _("提到你")


class Came(models.TextChoices):
    """How somebody came to whom the staff lent a hand with asking."""

    CALL = "call", _("来电")
    VISIT = "visit", _("来访")
    LETTER = "letter", _("来信")


#: Who hasn't been heard of for so long has left the page, which tells of itself every 20 seconds.
PRESENT = timedelta(seconds=60)
#: A sign of presence is kept for so long: nobody is shown it afterwards. Never below PRESENT.
PRESENCE_KEPT = timedelta(seconds=60)

#: Characters of a note among colleagues.
NOTE_MOST = 1000

#: What may stand in braces in a canned reply, and what it becomes.
CANNED_FIELDS = {
    "title": _("提问的标题"),
    "due": _("你们的期限，如 11月24日"),
    "body": _("你们单位的全称"),
    "region": _("提问的地区"),
    "number": _("提问的编号"),
}
