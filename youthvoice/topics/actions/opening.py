"""Opening topics, and closing them."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.topics import policy
from youthvoice.topics.models import Topic
from youthvoice.topics.names import check_name, key_of


class UnableToOpen(Exception):
    """Why there is no new topic, for the person who asked for it."""


class UnableToClose(Exception):
    """Why it stays as it is."""


def make_topic(*, name: str, intro: str, host: Organisation, by: User, at: datetime) -> Topic:
    """A topic without questions. Whoever calls puts some in within the same transaction, and
    records it: there is no topic about nothing. Raises UnableToOpen.
    """
    if not policy.may_host(by, host):
        raise UnableToOpen(_("只有主持单位自己的人能开话题。"))
    try:
        check_name(name)
        Topic._meta.get_field("intro").clean(intro, None)
    except ValidationError as problem:
        raise UnableToOpen(problem.messages[0]) from None
    made, is_new = Topic.objects.get_or_create(
        key=key_of(name),
        defaults={
            "name": name,
            "intro": intro,
            "host": host,
            "opened_at": at,
            "active_at": at,
        },
    )
    if not is_new:
        raise UnableToOpen(_taken(made, host))
    return made


def _taken(topic: Topic, host: Organisation) -> str:
    words = {"name": str(topic), "who": topic.host.short_name}
    if topic.host_id != host.pk:
        return _("已经有 %(name)s 了，由%(who)s主持。请换个名字。") % words
    if not topic.is_open:
        return _("你们的 %(name)s 已经结束了。换个名字，或者先重新打开它。") % words
    return _("你们已经有 %(name)s 了，请在“放进哪个话题”里选它。") % words


def close_topic(*, topic: Topic, by: User, at: datetime) -> None:
    """No more questions are added; its page stays, and its counters go on. Raises
    UnableToClose."""
    if not policy.may_look_after(by, topic):
        raise UnableToClose(_("只有主持单位自己的人能结束它。"))
    with transaction.atomic():
        record("topic.closed", subject=topic, actor=by, at=at)
        if not Topic.objects.filter(pk=topic.pk, closed_at=None).update(closed_at=at):
            raise UnableToClose(_("刚刚有人先结束了它。"))
    topic.closed_at = at


def reopen_topic(*, topic: Topic, by: User, at: datetime) -> None:
    """Questions may be added again. Raises UnableToClose."""
    if not policy.may_look_after(by, topic):
        raise UnableToClose(_("只有主持单位自己的人能重新打开它。"))
    with transaction.atomic():
        record("topic.reopened", subject=topic, actor=by, at=at)
        closed = Topic.objects.filter(pk=topic.pk, closed_at__isnull=False)
        if not closed.update(closed_at=None):
            raise UnableToClose(_("它已经是打开的。"))
    topic.closed_at = None
