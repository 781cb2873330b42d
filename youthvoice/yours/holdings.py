from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from youthvoice.kit import retention
from youthvoice.kit.holdings import AtErasure, Leaver, add
from youthvoice.yours import actions
from youthvoice.yours.models import Export


def join() -> None:
    add(
        "yours.Hold",
        by="person",
        erase=AtErasure.DELETE,
        name=_("依法保留"),
        columns={
            _("依据的法律条文"): "law",
            _("原因"): "reason",
            _("已解除"): "is_lifted",
        },
    )
    add("yours.Export", by="person", erase=erase_exports)
    add(
        "yours.Leaving",
        by="account",
        erase=AtErasure.KEEP,
        why="a number; the step that erases deletes it last",
    )
    retention.add("exports", purge=actions.purge_exports)


def erase_exports(leavers: Sequence[Leaver], *, at: datetime) -> None:
    actions.remove_exports(Export.objects.filter(person__in=[leaver.pk for leaver in leavers]))
