"""Letters to those who help: a number and a link, and never a word of the question."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from youthvoice.crisis.choices import Why
from youthvoice.crisis.models import Notice, Record
from youthvoice.kit import letters
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership

_AT_ONCE = 50


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
    rows = Notice.objects.select_related("person", "record")
    return letters.send_due(rows, at=at, most=_AT_ONCE, write=_write, event="crisis.letter_failed")


def _write(notices: Sequence[Notice]) -> letters.Letter:
    (notice,) = notices
    words = _("第 %(number)d 号紧急记录等你看：%(link)s\n可能有人正处在危险里，请现在就打开。")
    link = letters.link(notice.record.get_absolute_url())
    said = words % {"number": notice.record_id, "link": link}
    return letters.Letter(f"{_('紧急')}：{notice.get_why_display()}", said)
