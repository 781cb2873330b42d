"""Deciding what was reported: hide, dismiss, or pass it on. Of several at once one wins."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.moderation import policy, queries
from youthvoice.moderation.actions.problem import UnableToDecide, lock, too_late
from youthvoice.moderation.choices import MOVES, HideReason, State
from youthvoice.moderation.matter import matter_of
from youthvoice.moderation.models import Item
from youthvoice.people.models import User
from youthvoice.questions import actions as questions


def hide(*, item: Item, reason: HideReason, by: User, at: datetime) -> None:
    """Put a stone in place of the words. Raises UnableToDecide, with who was first if so."""
    _check(item, by)
    with transaction.atomic():
        lock(item.words)
        _decide(item, State.HIDDEN, by=by, at=at, reason=reason)
        # False: their writer was quicker, so there is nothing to hide and nothing to appeal.
        done = questions.hide(words=item.words, reason=reason, by=by, at=at)
        if not done:
            Item.objects.filter(pk=item.pk).update(state=State.GONE, reason="")
        verb = "item.hidden" if done else "item.gone"
        record(verb, subject=item, actor=by, at=at, data={"reason": str(reason)})
    if not done:
        raise UnableToDecide(_("写的人刚刚自己撤下了，不用再处理。"))


def dismiss(*, item: Item, by: User, at: datetime) -> None:
    """The words break no rule and stay. Raises UnableToDecide."""
    _check(item, by)
    with transaction.atomic():
        _decide(item, State.DISMISSED, by=by, at=at)
        record("item.dismissed", subject=item, actor=by, at=at)


def pass_on(*, item: Item, by: User, at: datetime) -> None:
    """Leave it to the operators. Raises UnableToDecide."""
    if why := policy.why_not_pass(by, matter_of(item.words, item=item)):
        raise UnableToDecide(why)
    with transaction.atomic():
        passed = Item.objects.filter(pk=item.pk, state=State.OPEN, desk=item.desk_id)
        if not passed.update(desk=None):
            raise too_late(item)
        record("item.passed", subject=item, actor=by, at=at, data={"from": item.desk_id})


def _check(item: Item, by: User) -> None:
    if State.HIDDEN not in MOVES[State(item.state)]:
        raise too_late(item)
    if why := policy.why_not_decide(by, matter_of(item.words, item=item)):
        raise UnableToDecide(why)


def _decide(item: Item, to: State, *, by: User, at: datetime, reason: str = "") -> None:
    """Compare-and-set; raises UnableToDecide with who was first."""
    changed = Item.objects.filter(pk=item.pk, state=State.OPEN).update(
        state=to,
        reason=reason,
        decided_at=at,
        decided_by=by,
        decided_for=queries.acts_for(by, item.desk_id),
        decide_seconds=max(int((at - item.opened_at).total_seconds()), 0),
    )
    if not changed:
        raise too_late(item)
