"""The writer's one appeal, and the word that ends it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID
from youthvoice.moderation import policy, queries
from youthvoice.moderation.actions.problem import UnableToDecide, lock
from youthvoice.moderation.choices import APPEAL_MOVES, AppealState, State
from youthvoice.moderation.matter import matter_of
from youthvoice.moderation.models import Appeal, Item
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions.policy import Viewer


class UnableToAppeal(Exception):
    """Its message is for the person."""


def appeal(*, item: Item, text: str, by: Viewer, at: datetime) -> Appeal:
    """Ask somebody else to look again; once, by whoever wrote the words.

    The journal names a person only for words that stand under their name.
    Raises UnableToAppeal.
    """
    if not policy.may_appeal(by, item):
        raise UnableToAppeal(_("只有写的人能申诉，一次隐藏申诉一次。"))
    desk = policy.appeal_desk(item, matter_of(item.words, item=item))
    actor = None if item.author_id is None else by.person
    try:
        with transaction.atomic():
            locked = Item.objects.select_for_update().filter(pk=item.pk, state=State.HIDDEN)
            if not locked.exists():
                raise UnableToAppeal(_("这些话刚刚恢复了，不用申诉。"))
            made = Appeal.objects.create(item=item, text=text, made_at=at, desk_id=desk)
            data = {"item": item.pk, SAID: made.commitment()}
            record("appeal.made", subject=made, actor=actor, at=at, data=data)
    except IntegrityError:
        raise UnableToAppeal(_("你已经申诉过了。")) from None
    return made


def decide_appeal(*, item: Item, restore: bool, answer: str, by: User, at: datetime) -> None:
    """Uphold the hiding or show the words again, with a reason for the writer; it is final.

    Raises UnableToDecide, also when somebody else was first.
    """
    to = AppealState.RESTORED if restore else AppealState.UPHELD
    if to not in APPEAL_MOVES[AppealState(item.appeal.state)]:
        raise _decided(item)
    if why := policy.why_not_appeal(by, item, matter_of(item.words, item=item)):
        raise UnableToDecide(why)
    with transaction.atomic():
        lock(item.words)
        changed = Appeal.objects.filter(pk=item.appeal.pk, state=AppealState.OPEN).update(
            state=to,
            answer=answer,
            decided_at=at,
            decided_by=by,
            decided_for=queries.acts_for(by, item.appeal.desk_id),
        )
        if not changed:
            raise _decided(item)
        if restore:
            Item.objects.filter(pk=item.pk, state=State.HIDDEN).update(state=State.RESTORED)
            questions.show_again(words=item.words, by=by, at=at)
        item.appeal.answer = answer
        data = {"item": item.pk, "to": str(to), SAID: item.appeal.commitment("answer")}
        record("appeal.decided", subject=item.appeal, actor=by, at=at, data=data)


def _decided(item: Item) -> UnableToDecide:
    now = Appeal.objects.select_related("decided_by", "decided_for").get(item=item)
    if now.decided_by is None or now.decided_for is None:
        return UnableToDecide(_("这个申诉刚刚变成“%s”了。") % now.get_state_display())
    words = {
        "organisation": now.decided_for.short_name,
        "who": now.decided_by.nickname,
        "what": now.get_state_display(),
    }
    return UnableToDecide(_("%(organisation)s的%(who)s先定了：%(what)s。") % words)
