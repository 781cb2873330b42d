"""What the handling of questions holds of the staff who did it, and of what askers said of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from youthvoice.cases import actions
from youthvoice.cases.actions.calling_back import erase_missing
from youthvoice.cases.choices import Satisfied
from youthvoice.kit import retention
from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    add("cases.Lane", by="person", erase=AtErasure.UNLINK)
    add("cases.Lane", by="moved_by", erase=AtErasure.UNLINK)
    add("cases.Hop", by="made_by", erase=AtErasure.UNLINK)
    add("cases.Notice", by="person", erase=AtErasure.DELETE)
    retention.add("notices", purge=actions.purge_notices)
    add("cases.Exclusion", by="asked_by", erase=AtErasure.UNLINK)
    add("cases.Exclusion", by="confirmed_by", erase=AtErasure.UNLINK)
    add(
        "cases.Callback",
        by="case__question__author",
        erase=erase_missing,
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
