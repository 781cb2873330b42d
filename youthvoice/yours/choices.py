from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportState(models.TextChoices):
    WAITING = "waiting", _("在准备")
    READY = "ready", _("准备好了")
    FAILED = "failed", _("没做成")
    TAKEN = "taken", _("取走了")


EXPORT_MOVES = {
    ExportState.WAITING: {ExportState.READY, ExportState.FAILED},
    ExportState.READY: {ExportState.TAKEN},
    ExportState.FAILED: set(),
    ExportState.TAKEN: set(),
}


class LeavingState(models.TextChoices):
    #: May still be taken back.
    ASKED = "asked", _("可以反悔")
    ERASING = "erasing", _("正在抹去")
    #: The rows are gone; the database's files are still to be cleaned.
    ERASED = "erased", _("抹去了")


LEAVING_MOVES = {
    LeavingState.ASKED: {LeavingState.ERASING},
    LeavingState.ERASING: {LeavingState.ERASED},
    LeavingState.ERASED: set(),
}
