"""States of an opening with the only table of their moves, and what a law may ask by."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    ASKED = "asked", _("等另一位同意")
    GRANTED = "granted", _("同意了，等解开外层")
    PEELED = "peeled", _("外层解开了，等打开")
    OPENED = "opened", _("打开过")
    REFUSED = "refused", _("没有同意")
    LAPSED = "lapsed", _("过期作废")


MOVES = {
    State.ASKED: {State.GRANTED, State.REFUSED, State.LAPSED},
    State.GRANTED: {State.PEELED, State.LAPSED},
    State.PEELED: {State.OPENED, State.LAPSED},
    State.OPENED: set(),
    State.REFUSED: set(),
    State.LAPSED: set(),
}
RUNNING = [state for state, moves in MOVES.items() if moves]


class Ground(models.TextChoices):
    """Who may ask by law. The journal keeps the code, the opening the words."""

    CRIME = "crime", _("公安、检察机关办案调取证据（刑事诉讼法第五十四条）")
    SECURITY = "security", _("防范、调查恐怖活动（反恐怖主义法第十八条）")
    COURT = "court", _("法院调查取证（民事诉讼法）")
    RESCUE = "rescue", _("紧急情况下保护生命健康（个人信息保护法第十三条）")


#: An opening that is not done in this time lapses.
OPENING_LASTS = timedelta(days=7)
#: The least that a written reason has, in characters.
REASON_LEAST = 20
REASON_MOST = 1000
#: The longest for which a court's order can be recorded at once.
SILENT_DAYS_MOST = 5 * 365
