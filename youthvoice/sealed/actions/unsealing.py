"""Removing the outer layer, then opening the inner one: two people, two keys, in this order."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from nacl.public import PrivateKey

from youthvoice.journal.actions import record
from youthvoice.people.models import User
from youthvoice.sealed import boxes, keyfiles, policy
from youthvoice.sealed.actions.moving import check_at, move
from youthvoice.sealed.actions.problem import Unable
from youthvoice.sealed.choices import State
from youthvoice.sealed.models import Opening, Record


def peel_outer(
    *, opening: Opening, key_file: bytes, passphrase: str, by: User, at: datetime
) -> None:
    """Remove the outer layer with the first person's key. Raises Unable."""
    if not policy.may_peel(by, opening):
        raise Unable(_("只有指定的第一位负责人能解开外层，而且不能是同意的人。"))
    check_at(opening, State.GRANTED, at=at)
    sealed = _record_of(opening)
    key = _unlock(key_file, passphrase, wanted=sealed.outer_key)
    try:
        inner = boxes.peel(bytes(sealed.box), key)
    except boxes.BadBox:
        raise _changed() from None
    with transaction.atomic():
        move(opening, since=State.GRANTED, to=State.PEELED, at=at, inner=inner, peeled_at=at)
        data = {"question": opening.question}
        record("sealed.layer_removed", subject=opening, actor=by, at=at, data=data)


def open_inner(
    *, opening: Opening, key_file: bytes, passphrase: str, by: User, at: datetime
) -> boxes.Identity:
    """Open the inner layer with the second person's key; this is the only time it is told.

    Raises Unable.
    """
    if not policy.may_open(by, opening):
        raise Unable(_("只有指定的第二位负责人能打开，而且不能是提出的人。"))
    check_at(opening, State.PEELED, at=at)
    sealed = _record_of(opening)
    key = _unlock(key_file, passphrase, wanted=sealed.inner_key)
    try:
        identity = boxes.identity_in(bytes(opening.inner or b""), key)
    except boxes.BadBox:
        raise _changed() from None
    # Somebody who can write to the database could have put one row's box into another's.
    if identity.question != opening.question:
        raise _changed()
    silent_until = opening.silent_until
    told_from = silent_until + timedelta(days=1) if silent_until else timezone.localdate(at)
    with transaction.atomic():
        move(
            opening,
            since=State.PEELED,
            to=State.OPENED,
            at=at,
            inner=None,
            opened_at=at,
            told_from=told_from,
        )
        data = {"question": opening.question}
        record("sealed.opened", subject=opening, actor=by, at=at, data=data)
    return identity


def _record_of(opening: Opening) -> Record:
    if opening.record is None:
        raise Unable(_("这条记录已经删除。"))
    return opening.record


def _unlock(key_file: bytes, passphrase: str, *, wanted: str) -> PrivateKey:
    try:
        if keyfiles.id_of(keyfiles.public_in(key_file)) != wanted:
            raise Unable(_("这不是要用的那把钥匙。要编号 %s 的那一把。") % wanted)
        return keyfiles.unlock(key_file, passphrase)
    except keyfiles.BadKeyFile:
        raise Unable(
            _("这不是钥匙文件。要当初 seal-keys 写出的、名字以 .key 结尾的那个。")
        ) from None
    except keyfiles.BadPassphrase:
        raise Unable(_("口令不对，或者钥匙文件坏了。")) from None


def _changed() -> Unable:
    return Unable(_("这条记录打不开：它被人改动过。请告诉平台管理员，先查日志和备份。"))
