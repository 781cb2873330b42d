"""What askers said of the answers that they got."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from youthvoice.callbacks import actions
from youthvoice.callbacks.choices import Satisfied
from youthvoice.kit.holdings import add


def join() -> None:
    add(
        "callbacks.Callback",
        by="case__question__author",
        erase=actions.erase_missing,
        name=_("回访"),
        columns={
            _("哪个提问"): "case__question",
            _("什么时候说的"): "answered_at",
            _("解决了"): "solved",
            _("满意吗"): ("satisfied", _satisfied),
            _("缺什么"): "missing",
        },
    )


def _satisfied(value: Any) -> object:
    return Satisfied(value).label if value else ""
