"""Rows for tests of moderation, made by its actions."""

from datetime import timedelta

from tests.factories import MONDAY, NOBODY, PersonFactory
from youthvoice.moderation import actions
from youthvoice.moderation.choices import HideReason
from youthvoice.moderation.models import Item
from youthvoice.questions import actions as questions
from youthvoice.questions.policy import Viewer

LATER = MONDAY + timedelta(hours=5)
STRANGER = Viewer(NOBODY)


def comment(question, text="一句很难听的话", *, by=None, under=None, organisation=None):
    return questions.comment(
        question=question,
        answer=under,
        text=text,
        by=Viewer(by or PersonFactory()),
        organisation=organisation,
        at=MONDAY,
    )


def report(words, *, by=STRANGER, reason=HideReason.ABUSE, note="", at=MONDAY):
    """The item on which the report stands."""
    return fresh(actions.report(words=words, reason=reason, note=note, by=by, at=at).item)


def fresh(item):
    return Item.objects.get(pk=item.pk)


def hidden(words, *, by, reason=HideReason.ABUSE, note="", at=LATER):
    item = report(words, note=note)
    actions.hide(item=item, reason=reason, by=by, at=at)
    return fresh(item)


def appealed(item, *, by, text="我说的是事实。", at=LATER):
    actions.appeal(item=item, text=text, by=by, at=at)
    return fresh(item)
