"""What reports, decisions and appeals hold of a person."""

from django.utils.translation import gettext_lazy as _

from youthvoice.kit.holdings import AtErasure, add
from youthvoice.moderation import actions


def join() -> None:
    erase = actions.erase_people
    add("moderation.Item", by="author", erase=erase)
    add("moderation.Item", by="decided_by", erase=AtErasure.UNLINK)
    add("moderation.Item", by="named", erase=erase)
    add("moderation.Item_named", by="user", erase=AtErasure.DELETE)
    add("moderation.Report", by="", erase=erase)
    add("moderation.Left", by="", erase=erase)
    add("moderation.Appeal", by="decided_by", erase=AtErasure.UNLINK)
    add(
        "moderation.Appeal",
        by="item__author",
        erase=erase,
        name=_("申诉"),
        columns={_("我写的"): "text", _("什么时候"): "made_at", _("给我的理由"): "answer"},
    )
