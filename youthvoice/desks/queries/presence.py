"""Who else has a case open, as the viewer may know it."""

from datetime import datetime

from django.utils.translation import gettext as _

from youthvoice.cases.models import Case
from youthvoice.desks.choices import PRESENT
from youthvoice.desks.models import Presence
from youthvoice.orgs.queries import organisations_of
from youthvoice.people.models import User

#: Named one by one.
NAMED_MOST = 6


def others_here(case: Case, user: User, *, at: datetime) -> list[str]:
    """A sentence for each: who writes first. Colleagues by name, others by their body."""
    mine = {body.pk for body in organisations_of(user)}
    rows = (
        Presence.objects.filter(case=case, seen_at__gte=at - PRESENT)
        .exclude(person=user)
        .select_related("person", "body")
        .order_by("-is_writing", "pk")
    )
    words = []
    for row in rows:
        who = row.person.nickname if row.body_id in mine else _("%s 有人") % row.body.short_name
        words.append(_("%s 正在写回复") % who if row.is_writing else _("%s 也在看") % who)
    return list(dict.fromkeys(words))[:NAMED_MOST]
