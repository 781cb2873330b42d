"""What the handling of questions holds of the staff who did it."""

from django.utils.translation import gettext_lazy as _

from youthvoice.cases import actions
from youthvoice.kit import retention
from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    add("cases.Lane", by="person", erase=AtErasure.UNLINK)
    add("cases.Lane", by="moved_by", erase=AtErasure.UNLINK)
    add("cases.Hop", by="made_by", erase=AtErasure.UNLINK)
    add("cases.Notice", by="person", erase=AtErasure.DELETE)
    add(
        "cases.Reminder",
        by="by",
        erase=AtErasure.UNLINK,
        name=_("催下级时写的话"),
        columns={_("我写的"): "line", _("什么时候"): "at"},
    )
    retention.add("notices", purge=actions.purge_notices)
