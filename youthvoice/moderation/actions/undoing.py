from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.moderation import policy
from youthvoice.moderation.actions.problem import UnableToDecide, lock, too_late
from youthvoice.moderation.choices import AppealState, State
from youthvoice.moderation.models import Appeal, Item
from youthvoice.people.models import User
from youthvoice.questions import actions as questions


def undo(*, item: Item, by: User, at: datetime) -> None:
    """Whoever hid the words shows them again; an appeal that waits is settled by it.

    Not after an appeal was decided, which is final. Raises UnableToDecide.
    """
    if not policy.may_undo(by, item):
        raise UnableToDecide(_("只有隐藏它的人能撤销，申诉定下来以后不能再改。"))
    with transaction.atomic():
        lock(item.words)
        if Appeal.objects.filter(item=item).exclude(state=AppealState.OPEN).exists():
            raise UnableToDecide(_("申诉已经定下来了，不能再改。"))
        standing = Item.objects.filter(pk=item.pk, state=State.HIDDEN)
        if not standing.update(state=State.UNDONE, undone_at=at):
            raise too_late(item)
        # With the item's row in hand no new appeal can come between.
        waiting = Appeal.objects.filter(item=item, state=AppealState.OPEN)
        waiting.update(state=AppealState.SETTLED, decided_at=at)
        questions.show_again(words=item.words, by=by, at=at)
        record("item.undone", subject=item, actor=by, at=at)
