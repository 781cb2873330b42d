"""What goes when somebody leaves; that words were hidden, and by which rule, stays."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from youthvoice.kit.holdings import Leaver
from youthvoice.moderation.models import Appeal, Item, Left, Report, mark_of
from youthvoice.questions.models import Comment, Question


def erase_appeals(*, of: type[Question] | type[Comment], numbers: Sequence[int]) -> None:
    """What was said for words that are erased, and what was answered, goes with them."""
    if of is Comment:
        rows = Appeal.objects.filter(item__comment__in=numbers)
    else:
        rows = Appeal.objects.filter(item__question__in=numbers, item__answer=None)
        rows = rows.filter(item__comment=None)
    rows.update(text="", salt="", answer="")


def erase_people(leavers: Sequence[Leaver], *, at: datetime) -> None:
    people = [leaver.pk for leaver in leavers]
    marks = [mark_of(person) for person in people]
    with transaction.atomic():
        Report.objects.filter(mark__in=marks).update(mark="", note="", salt="")
        Appeal.objects.filter(item__author__in=people).update(text="", salt="", answer="")
        Item.objects.filter(author__in=people).update(author=None)
        Item.named.through.objects.filter(user__in=people).delete()
        Left.objects.filter(person__in=people).delete()
