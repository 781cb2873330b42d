"""What came of a promise, and the only table of its moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PromiseState(models.TextChoices):
    """What came of a promise; that it is overdue is told from its day."""

    OPEN = "open", _("还没到期")
    KEPT = "kept", _("已兑现")
    BROKEN = "broken", _("没有兑现")


PROMISE_MOVES: dict[PromiseState, set[PromiseState]] = {
    PromiseState.OPEN: {PromiseState.KEPT, PromiseState.BROKEN},
    PromiseState.KEPT: set(),
    PromiseState.BROKEN: set(),
}
