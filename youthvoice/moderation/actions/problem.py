"""What the acts of judges share: the lock that makes them queue, and why one may fail."""

from django.utils.translation import gettext as _

from youthvoice.moderation.matter import Words
from youthvoice.moderation.models import Item


class UnableToDecide(Exception):
    """Its message is for the person."""


def too_late(item: Item) -> UnableToDecide:
    """Somebody else was first: who, for whom, and what they did."""
    now = Item.objects.select_related("decided_by", "decided_for", "desk").get(pk=item.pk)
    if now.decided_by is None or now.decided_for is None:
        return UnableToDecide(_("这件事刚刚变成“%s”了。") % now.get_state_display())
    words = {
        "organisation": now.decided_for.short_name,
        "who": now.decided_by.nickname,
        "what": now.get_state_display(),
    }
    return UnableToDecide(_("%(organisation)s的%(who)s先处理了：%(what)s。") % words)


def lock(words: Words) -> bool:
    """Take the words' own row before any other, as taking them back does; False if they went."""
    rows = type(words)._default_manager.select_for_update(of=("self",))
    now = rows.filter(pk=words.pk).first()
    return now is not None and now.deleted_at is None
