"""Letters to those who help: a number and a link, and never a word of the question."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.utils.translation import gettext as _

from youthvoice.crisis.choices import Why
from youthvoice.crisis.models import Notice, Record
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership

#: Tried after 30 s, 1 min, 2 min … at most an hour apart, so for about half a day.
TRIES_MOST = 18
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)
_AT_ONCE = 50
_log = structlog.get_logger("youthvoice.crisis")


def tell(record: Record, *, why: Why, organisation_id: int | None, at: datetime) -> None:
    """Leave a letter for the organisation's leads and for the operators."""
    whom = Q(role=Role.OPERATOR)
    if organisation_id is not None:
        whom |= Q(role=Role.LEAD, organisation=organisation_id)
    people = (
        Membership.objects.filter(whom, organisation__is_active=True, person__is_active=True)
        .exclude(person__email="")
        .values_list("person", flat=True)
        .distinct()
    )
    Notice.objects.bulk_create(
        Notice(record=record, person_id=pk, why=why, next_at=at) for pk in people
    )


def send_notices(*, at: datetime) -> int:
    """Send what is due; what fails is tried again later. Gives how many went away."""
    sent = 0
    due = Notice.objects.filter(next_at__lte=at).select_related("person", "record")
    for notice in due.order_by("next_at", "pk")[:_AT_ONCE]:
        wait = min(_FIRST_WAIT * 2 ** min(notice.tries, 10), _LONGEST_WAIT)
        again = at + wait if notice.tries + 1 < TRIES_MOST else None
        # Another worker may be at it: whoever moves the time sends.
        taken = Notice.objects.filter(pk=notice.pk, next_at=notice.next_at)
        if not taken.update(next_at=again, tries=notice.tries + 1):
            continue
        try:
            send_mail(_subject(notice), _body(notice), None, [notice.person.email])
        except Exception as problem:
            # The problem may quote the address: only its kind is logged.
            _log.error("crisis.letter_failed", problem=type(problem).__name__)
            continue
        Notice.objects.filter(pk=notice.pk).update(next_at=None)
        sent += 1
    return sent


def _subject(notice: Notice) -> str:
    return f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{_('紧急')}：{notice.get_why_display()}"


def _body(notice: Notice) -> str:
    words = _("第 %(number)d 号紧急记录等你看：%(link)s\n可能有人正处在危险里，请现在就打开。")
    return words % {"number": notice.record_id, "link": _link(notice.record)}


def _link(record: Record) -> str:
    """With the house's public name where it has one."""
    names = [name for name in settings.ALLOWED_HOSTS if name[:1].isalpha()]
    public = [name for name in names if name != "localhost"]
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return (
        f"{scheme}://{public[0]}{record.get_absolute_url()}"
        if public
        else (record.get_absolute_url())
    )
