"""Letters to bodies without accounts that go by mail: the link in one, the code in another.

Both are made as they are sent; what waits, fails and is tried again are rows without either.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from youthvoice.cases.actions import SomebodyWasFirst, UnableToMove, moving
from youthvoice.cases.models import Hop
from youthvoice.journal.actions import record
from youthvoice.kit import letters
from youthvoice.kit.templatetags.kit_tags import clock_time, estimated
from youthvoice.outside import codes, policy, queries
from youthvoice.outside.actions import links
from youthvoice.outside.choices import (
    LINK_DAYS,
    MAIL_MOVES,
    MAILED_MOST,
    MailKind,
    MailState,
    NotSent,
)
from youthvoice.outside.models import Mailing
from youthvoice.people.models import User

_AT_ONCE = 20


def order_mail(*, hop: Hop, code_follows: bool, by: User, at: datetime) -> Mailing:
    """Let the letter go to the body's address; its code by a second mail, or by telephone.

    Raises UnableToMove, and SomebodyWasFirst while another is under way.
    """
    if not letters.reach_out():
        raise UnableToMove(_("这里还没有设好发信的邮箱，寄不了。"))
    if not policy.may_mail(by, hop):
        raise UnableToMove(_("现在不能寄：要你们在办、事情没办完、对方没有人注册，还要有邮箱。"))
    with transaction.atomic():
        moving.lock(hop.lane.case)
        if _waiting(hop).exists():
            raise SomebodyWasFirst(_("已经有一封在寄，先等它寄完。"))
        if why := _hindrance(hop):
            raise SomebodyWasFirst(why.label)
        today = Mailing.objects.filter(hop=hop, made_at__gt=at - timedelta(days=1))
        if today.filter(kind=MailKind.LETTER).count() >= MAILED_MOST:
            raise UnableToMove(
                _("一天最多给他们寄 %d 封，请明天再寄，或者打个电话。") % MAILED_MOST
            )
        made = Mailing.objects.create(hop=hop, code_follows=code_follows, made_at=at, next_at=at)
        _record("case.letter_ordered", made, by=by, at=at)
    return made


def new_code(*, hop: Hop, by: User, at: datetime) -> str:
    """A code to be told by telephone, for the link that went by mail; earlier ones end.

    Raises UnableToMove.
    """
    if not policy.may_issue_code(by, hop):
        raise UnableToMove(_("这件事现在不能由你发信：要还没办完，对方单位也没有人注册。"))
    with transaction.atomic():
        moving.lock(hop.lane.case)
        found = queries.mailed_link(hop)
        if found is None:
            raise UnableToMove(_("他们手里没有还能用的链接：信还没寄出，或者后来另做了一封。"))
        # A code under way would end this one.
        stop(hop, why=NotSent.REPLACED, at=at)
        code = links.put_code(found, at=at)
        data = {"question": hop.lane.case.question_id, "to": hop.receiver_id}
        record("case.code_issued", subject=hop, actor=by, at=at, data=data)
    return code


def stop(hop: Hop, *, why: NotSent, at: datetime) -> None:
    """What waits goes no more. Within the act's transaction."""
    for mailing in _waiting(hop):
        _move(mailing, MailState.STOPPED, at=at, why=why)


def send_mailings(*, at: datetime) -> int:
    """Send what is due; a step of the clock. Gives how many went away."""
    sent = letters.send_due(
        Mailing.objects.filter(state=MailState.WAITING).select_related(
            "hop__lane__case", "hop__receiver"
        ),
        at=at,
        most=_AT_ONCE,
        write=lambda rows: _write(rows, at=at),
        event="cases.mail_failed",
        address=lambda row: row.hop.receiver.contact_email,
        away=lambda row: _away(row, at=at),
    )
    # Their last try was in vain, or the worker died in it.
    for mailing in Mailing.objects.filter(state=MailState.WAITING, next_at=None):
        with transaction.atomic():
            _end(mailing, MailState.FAILED, why=NotSent.REFUSED, at=at)
    return sent


def _waiting(hop: Hop) -> QuerySet[Mailing]:
    return Mailing.objects.filter(hop=hop, state=MailState.WAITING)


def _hindrance(hop: Hop) -> NotSent | None:
    """Why nothing goes to the body about this, as the rows are now."""
    now = queries.hop_for_letter(hop.pk)
    if now is None:
        return NotSent.PRIVATE
    if not now.is_open:
        return NotSent.OVER
    if queries.is_staffed(now):
        return NotSent.STAFFED
    return None if now.receiver.contact_email else NotSent.NO_ADDRESS


def _write(rows: Sequence[Mailing], *, at: datetime) -> letters.Letter | None:
    (mailing,) = rows
    with transaction.atomic():
        moving.lock(mailing.hop.lane.case)
        mailing.refresh_from_db(fields=["state"])
        if mailing.state != MailState.WAITING:
            return None
        why = _hindrance(mailing.hop)
        found = queries.mailed_link(mailing.hop) if mailing.kind == MailKind.CODE else None
        if why is None and mailing.kind == MailKind.CODE and found is None:
            why = NotSent.REPLACED
        if why is not None:
            _end(mailing, MailState.STOPPED, why=why, at=at)
            return None
        hop = queries.hop_for_letter(mailing.hop_id)
        assert hop is not None  # noqa: S101 - else there was a hindrance
        mailing.hop = hop
        if found is not None:
            return _code_letter(hop, links.put_code(found, at=at))
        token = links.put_link(hop, at=at)
        shows_numbers = queries.shows_numbers(hop.lane.case.question)
    from youthvoice.outside import letter_pdf  # noqa: PLC0415 - see there

    # Drawing takes a while, and nobody waits for it.
    link = letters.link(reverse("outside:asked", args=[token]))
    file = letter_pdf.draw(hop=hop, link=link, code="", at=at, shows_numbers=shows_numbers)
    return _letter(mailing, link, file)


def _letter(mailing: Mailing, link: str, file: bytes) -> letters.Letter:
    """No word of the question stands in the mail itself: it is in the file."""
    hop = mailing.hop
    how = (
        _("校验码随后另寄一封到这个邮箱。")
        if mailing.code_follows
        else _("校验码由%s打电话告诉你们。") % hop.sender.short_name
    )
    words = {
        "to": hop.receiver.name,
        "from": hop.sender.name,
        "site": settings.SITE_NAME,
        "number": hop.lane.case.question_id,
        "sign": estimated(clock_time(hop.sign_due_at), hop.sign_is_estimated),
        "due": estimated(clock_time(hop.due_at), hop.is_estimated),
        "link": link,
        "how": how,
    }
    text = _(
        "%(to)s：\n\n"
        "%(from)s在“%(site)s”收到一位青年的提问（%(number)d 号），请你单位办理，并公开回复。"
        "转办函在附件里。\n\n"
        "请在 %(sign)s 前签收，在 %(due)s 前回复。\n\n"
        "不用注册，在浏览器里打开这个链接就能办：\n%(link)s\n\n"
        "打开要填一次性的校验码，它不在这封信里。%(how)s\n"
        "这封信可以转给具体办的人。"
    )
    name = f"letter-{hop.pk}.pdf"
    subject = _("转办函：%d 号提问") % words["number"]
    return letters.Letter(subject, text % words, [(name, file, "application/pdf")])


def _code_letter(hop: Hop, code: str) -> letters.Letter:
    words = {"number": hop.lane.case.question_id, "code": codes.in_groups(code), "days": LINK_DAYS}
    text = _(
        "打开“转办函：%(number)d 号提问”那封信里的链接，填这个校验码：\n\n%(code)s\n\n"
        "只能用一次，%(days)d 天内有效；用过以后，同一个浏览器 12 小时内可以接着办。\n"
        "有链接又有校验码的人，就能以你单位的名义签收、回复、退回。请只告诉办这件事的人。"
    )
    return letters.Letter(_("校验码：%d 号提问") % words["number"], text % words)


def _away(mailing: Mailing, *, at: datetime) -> None:
    with transaction.atomic():
        moving.lock(mailing.hop.lane.case)
        if not _end(mailing, MailState.SENT, at=at):
            return
        is_alone = not _waiting(mailing.hop).exists()
        if mailing.kind == MailKind.LETTER and mailing.code_follows and is_alone:
            Mailing.objects.create(hop=mailing.hop, kind=MailKind.CODE, made_at=at, next_at=at)


def _end(mailing: Mailing, to: MailState, *, at: datetime, why: str = "") -> bool:
    """Moved and told in the journal, with codes alone. Within a transaction."""
    moved = _move(mailing, to, at=at, why=why)
    if moved:
        verb = "case.letter_mailed" if to == MailState.SENT else "case.letter_not_mailed"
        _record(verb, mailing, by=None, at=at)
    return moved


def _move(mailing: Mailing, to: MailState, *, at: datetime, why: str = "") -> bool:
    """Compare-and-set along the table; False where it may not, or has moved already."""
    mailing.refresh_from_db(fields=["state"])
    if to not in MAIL_MOVES[MailState(mailing.state)]:
        return False
    seen = Mailing.objects.filter(pk=mailing.pk, state=mailing.state)
    moved = seen.update(state=to, next_at=None, ended_at=at, why=why)
    mailing.refresh_from_db(fields=["state", "next_at", "ended_at", "why"])
    return bool(moved)


def _record(verb: str, mailing: Mailing, *, by: User | None, at: datetime) -> None:
    hop = mailing.hop
    data = {"question": hop.lane.case.question_id, "to": hop.receiver_id, "kind": mailing.kind}
    if mailing.why:
        data["why"] = mailing.why
    record(verb, subject=mailing, actor=by, at=at, data=data)
