"""Packets of somebody's data: asked for, made by the worker, taken once."""

import os
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.kit import holdings
from youthvoice.people.models import User
from youthvoice.yours import packing, policy
from youthvoice.yours.choices import ExportState
from youthvoice.yours.models import Export


class UnableToTake(Exception):
    """A refusal in the person's language."""


def ask_export(*, person: User, at: datetime) -> Export:
    """Ask for a packet; one that waits to be taken makes room for it."""
    remove_exports(Export.objects.filter(person=person))
    with transaction.atomic():
        export = Export.objects.create(
            person=person,
            name=secrets.token_hex(16),
            asked_at=at,
            ends_at=at + timedelta(days=settings.EXPORT_DAYS),
        )
        record("person.export_asked", subject=export, actor=person, at=at)
    return export


def make_export(*, number: int) -> Export | None:
    """Pack it; what is there already is made anew, so that a worker may begin again.

    None if nobody waits for it any more.
    """
    export = Export.objects.filter(pk=number, state=ExportState.WAITING).first()
    if export is None:
        return None
    path = path_of(export)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    parts = [
        packing.part(holding, holding.rows(export.person_id))
        for holding in holdings.all_holdings()
        if holding.name
    ]
    try:
        with open(path, "wb", opener=_private) as out:
            packing.pack(out, parts, readme=_readme())
    except BaseException:
        path.unlink(missing_ok=True)
        _move(export, ExportState.WAITING, ExportState.FAILED)
        raise
    if not _move(export, ExportState.WAITING, ExportState.READY, size=path.stat().st_size):
        # Erased or asked for anew meanwhile.
        path.unlink(missing_ok=True)
        return None
    export.refresh_from_db()
    return export


def take_export(*, export: Export, by: User, at: datetime) -> BinaryIO:
    """The packet, open for reading. It can be taken once: its file has no name any more.

    Raises UnableToTake.
    """
    if not policy.may_take(by, export):
        raise UnableToTake(_("这份数据不是你的。"))
    if export.ends_at <= at:
        raise UnableToTake(_("这份数据过期了，请重新要一份。"))
    with transaction.atomic():
        if not _move(export, ExportState.READY, ExportState.TAKEN):
            raise UnableToTake(_("这份数据已经取走过了。没取成的话，请重新要一份。"))
        record("person.exported", subject=export, actor=by, at=at)
    path = path_of(export)
    try:
        packet = path.open("rb")
    except FileNotFoundError:
        raise UnableToTake(_("这份数据已经不在了，请重新要一份。")) from None
    # Whoever has it open reads on to its end; then the last of it is gone.
    path.unlink(missing_ok=True)
    return packet


def remove_exports(exports: Iterable[Export]) -> int:
    """Take packets out of the store and the table; gives how many."""
    gone = 0
    for export in exports:
        path_of(export).unlink(missing_ok=True)
        gone += Export.objects.filter(pk=export.pk).delete()[0]
    return gone


def path_of(export: Export) -> Path:
    return Path(settings.EXPORTS_ROOT) / f"{export.name}.zip"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _move(export: Export, old: ExportState, new: ExportState, **changes: object) -> bool:
    rows = Export.objects.filter(pk=export.pk, state=old)
    return bool(rows.update(state=new, **changes))


def _readme() -> str:
    return _(
        "这里是你在%(site)s的全部数据。\n\n"
        "· 每个 .csv 是一张表，可以用表格软件打开。以 =、+、-、@ 开头的格子前面多了一个单引号，"
        "免得被当成公式；原样在 全部.json 里。\n"
        "· 全部.json 是同样的内容，给程序读。\n"
        "· 图片 里是你发过的图片。\n"
        "· 时间都是本地时间。\n"
        "· 别人写的话不在里面，只有编号。在网址里填上编号就能看到：/q/提问编号/\n"
        "· 匿名的提问也不在里面：我们不知道哪些是你的。凭回执打开它，可以单独导出。\n"
    ) % {"site": settings.SITE_NAME}
