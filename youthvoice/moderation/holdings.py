"""What reports, decisions and appeals hold of a person."""

from django.utils.translation import gettext_lazy as _

from youthvoice.kit.holdings import AtErasure, add
from youthvoice.moderation import actions
from youthvoice.moderation.choices import State
from youthvoice.moderation.models import Report, mark_of


def join() -> None:
    erase = actions.erase_people
    add("moderation.Item", by="author", erase=erase)
    add("moderation.Item", by="decided_by", erase=AtErasure.UNLINK)
    add("moderation.Item", by="named", erase=erase)
    add("moderation.Item_named", by="user", erase=AtErasure.DELETE)
    # Nothing but a keyed mark says whose it is.
    add(
        "moderation.Report",
        by="",
        found=lambda person: Report.objects.filter(mark=mark_of(person)),
        erase=erase,
        name=_("举报"),
        columns={
            _("提问编号"): "item__question",
            _("理由"): "reason",
            _("补充"): "note",
            _("什么时候"): "at",
            _("结果"): ("item__state", lambda state: str(State(state).label)),
        },
    )
    add("moderation.Left", by="", erase=erase)
    add("moderation.Appeal", by="decided_by", erase=AtErasure.UNLINK)
    add(
        "moderation.Appeal",
        by="item__author",
        erase=erase,
        name=_("申诉"),
        columns={_("我写的"): "text", _("什么时候"): "made_at", _("给我的理由"): "answer"},
    )
