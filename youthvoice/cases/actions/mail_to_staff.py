"""Whoever is told of what is late hears of it by a letter, and ticks it off at their desk."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from youthvoice.cases import policy
from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.models import Notice
from youthvoice.journal.actions import record
from youthvoice.kit import letters, retention
from youthvoice.people.models import User

#: Days after which a notice is deleted; that a step was told, Escalation keeps without people.
NOTICE_DAYS = 30
_AT_ONCE = 500
#: Questions that one letter names; the desk has them all.
_NAMED_MOST = 20


def send_reminders(*, at: datetime) -> int:
    """Send the letters that are due, to each person one; gives how many notices went away.

    Who has acted, ticked it off or been closed out meanwhile is not written to.
    """
    waiting = Notice.objects.filter(next_at__lte=at)
    if not waiting.exists():
        return 0
    current = Notice.objects.live(at=at).filter(person__is_active=True).exclude(person__email="")
    # Looked at for each that waits, and not for all that are live.
    waiting.exclude(Exists(current.filter(pk=OuterRef("pk")))).update(next_at=None)
    return letters.send_due(
        Notice.objects.select_related("person", "lane__case"),
        at=at,
        most=_AT_ONCE,
        write=_write,
        event="cases.letter_failed",
        together=True,
    )


def _write(notices: Sequence[Notice]) -> letters.Letter:
    """Numbers and links, and never a word of a question."""
    numbers = sorted({notice.lane.case.question_id for notice in notices})
    count = len(numbers)
    lines = [
        _("第 %(number)d 号：%(link)s")
        % {"number": number, "link": letters.link(reverse("site:question", args=[number]))}
        for number in numbers[:_NAMED_MOST]
    ]
    if count > _NAMED_MOST:
        lines.append(_("还有 %d 个。") % (count - _NAMED_MOST))
    lines.append(_("都在你的办理页：%s") % letters.link(reverse("site:desk")))
    subject = ngettext("催办：%d 个提问超时了", "催办：%d 个提问超时了", count) % count
    return letters.Letter(subject, "\n".join(lines))


def tick_off(*, notice: Notice, by: User, at: datetime) -> None:
    """知道了: this lane's notices of this round leave their desk. Twice is once.

    Raises UnableToMove for anybody else's.
    """
    if not policy.may_tick_off(by, notice):
        raise UnableToMove(_("这条催办不是给你的。"))
    theirs = Notice.objects.filter(
        lane=notice.lane_id, round=notice.round, person=by, seen_at=None, rung__lte=notice.rung
    )
    with transaction.atomic():
        if theirs.update(seen_at=at, next_at=None):
            lane = notice.lane
            data = {"question": lane.case.question_id, "rung": notice.rung, "round": notice.round}
            record("case.late_seen", subject=lane, actor=by, at=at, data=data)


def purge_notices(*, at: datetime) -> int:
    old = Notice.objects.filter(made_at__lt=at - timedelta(days=NOTICE_DAYS))
    return retention.delete_in_chunks(old)
