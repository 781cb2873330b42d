"""What the handling of questions holds of the staff who did it."""

from django.utils.translation import gettext_lazy as _

from youthvoice.cases import actions
from youthvoice.kit import retention
from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    add("cases.Lane", by="person", erase=AtErasure.UNLINK)
    add("cases.Lane", by="moved_by", erase=AtErasure.UNLINK)
    add("cases.Hop", by="made_by", erase=AtErasure.UNLINK)
    add("cases.Presence", by="person", erase=AtErasure.DELETE)
    # The office's work goes on without them; what colleagues call them by goes.
    add(
        "cases.Note",
        by="author",
        erase=AtErasure.UNLINK,
        name=_("办理时写的便签"),
        columns={_("我写的"): "text", _("什么时候"): "at"},
    )
    add("cases.Mention", by="person", erase=actions.erase_mentions)
    add("cases.Notice", by="person", erase=AtErasure.DELETE)
    retention.add("notices", purge=actions.purge_notices)
    add("cases.Exclusion", by="asked_by", erase=AtErasure.UNLINK)
    add("cases.Exclusion", by="confirmed_by", erase=AtErasure.UNLINK)
    add("cases.OnBehalf", by="by", erase=AtErasure.UNLINK)
