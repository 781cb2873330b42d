"""Drafts from the replies that a body keeps."""

import hashlib
import re

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from youthvoice.cases.models import Lane
from youthvoice.desks.choices import CANNED_FIELDS
from youthvoice.desks.models import Canned
from youthvoice.kit.templatetags.kit_tags import estimated
from youthvoice.orgs.models import Organisation

_FIELD = re.compile(r"\{([^{}\s]{1,20})\}")


def replies_of(organisation: Organisation) -> QuerySet[Canned]:
    """Not more than actions.KEPT_MOST."""
    return Canned.objects.filter(organisation=organisation).order_by("title", "pk")


def unknown_fields(text: str) -> list[str]:
    """What stands in braces and is no field of ours."""
    return [name for name in dict.fromkeys(_FIELD.findall(text)) if name not in CANNED_FIELDS]


def draft(reply: Canned, lane: Lane) -> str:
    """The reply for this case, its fields filled; what the asker wrote is never read as fields."""
    question, due_at = lane.case.question, timezone.localtime(lane.due_at)
    values = {
        "title": question.shown_title,
        "due": estimated(
            _("%(month)d月%(day)d日") % {"month": due_at.month, "day": due_at.day},
            lane.is_estimated,
        ),
        "body": lane.holder.name,
        "region": question.region.name if question.region else "",
        "number": str(question.pk),
    }
    return _FIELD.sub(lambda found: values.get(found[1], found[0]), reply.text)


def print_of(text: str) -> str:
    """The same for texts that differ in white space only."""
    return hashlib.sha256("".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


def is_unread(text: str, lane: Lane, *, begun_with: str) -> bool:
    """Whether an answer is a draft as it came: the one its form began with, or any other."""
    mark = print_of(text)
    drafts = (print_of(draft(reply, lane)) for reply in replies_of(lane.holder))
    return mark == begun_with or mark in drafts
