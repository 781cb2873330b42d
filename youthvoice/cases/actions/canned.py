"""The replies that a body keeps; its leads look after them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.cases import policy
from youthvoice.cases.models import Canned
from youthvoice.journal.actions import record
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User

#: As many a body keeps: they are chosen from one list.
KEPT_MOST = 60


class UnableToKeep(Exception):
    pass


def keep_reply(
    *,
    organisation: Organisation,
    reply: Canned | None,
    title: str,
    text: str,
    by: User,
    at: datetime,
) -> Canned:
    """A new reply, or other words for one. Raises UnableToKeep."""
    _check(organisation, by)
    with transaction.atomic():
        # The body's row lets two leads queue up, so that no title is there twice.
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        rows = Canned.objects.filter(organisation=organisation)
        same = rows.filter(title=title).first()
        if same is not None and same != reply:
            raise UnableToKeep(_("已经有一条叫这个名字。"))
        if reply is None:
            if rows.count() >= KEPT_MOST:
                raise UnableToKeep(_("最多存 %d 条，先删几条不用的。") % KEPT_MOST)
            reply = Canned.objects.create(organisation=organisation, title=title, text=text)
        elif not rows.filter(pk=reply.pk).update(title=title, text=text):
            raise UnableToKeep(_("这条刚刚被删了。"))
        record("case.reply_kept", subject=reply, actor=by, at=at, data={"of": organisation.pk})
    return reply


def drop_reply(*, reply: Canned, by: User, at: datetime) -> None:
    """Raises UnableToKeep. Twice is once."""
    _check(reply.organisation, by)
    with transaction.atomic():
        gone, _kinds = Canned.objects.filter(pk=reply.pk).delete()
        if gone:
            data = {"of": reply.organisation_id}
            record("case.reply_dropped", subject=reply, actor=by, at=at, data=data)


def _check(organisation: Organisation, by: User) -> None:
    if not policy.leads(by, organisation.pk):
        raise UnableToKeep(_("只有负责人能改常用回复。"))
