"""What staff's pages hold of the staff themselves."""

from django.utils.translation import gettext_lazy as _

from youthvoice.desks import actions
from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    add("desks.Presence", by="person", erase=AtErasure.DELETE)
    # The office's work goes on without them; what colleagues call them by goes.
    add(
        "desks.Note",
        by="author",
        erase=AtErasure.UNLINK,
        name=_("办理时写的便签"),
        columns={_("我写的"): "text", _("什么时候"): "at"},
    )
    add("desks.Mention", by="person", erase=actions.erase_mentions)
    add("desks.OnBehalf", by="by", erase=AtErasure.UNLINK)
