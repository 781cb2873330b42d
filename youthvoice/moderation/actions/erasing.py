"""What goes when somebody leaves; that words were hidden, and by which rule, stays."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from youthvoice.kit.holdings import Leaver
from youthvoice.moderation.models import Appeal, Item, Left, Report, mark_of
from youthvoice.questions.models import Answer, Comment, Question

Erased = type[Question] | type[Answer] | type[Comment]


def erase_sayings(*, of: Erased, numbers: Sequence[int]) -> None:
    """What was said of words that are erased goes with them: appeals, what was answered, and the
    notes of reports, which quote them."""
    items = Item.objects.filter(**{f"{of._meta.model_name}__in": numbers})
    if of is Question:  # what hangs on it names it, too
        items = items.filter(answer=None, comment=None)
    Appeal.objects.filter(item__in=items).update(text="", salt="", answer="")
    Report.objects.filter(item__in=items).exclude(note="").update(note="", salt="")


def erase_people(leavers: Sequence[Leaver], *, at: datetime) -> None:
    people = [leaver.pk for leaver in leavers]
    marks = [mark_of(person) for person in people]
    with transaction.atomic():
        Report.objects.filter(mark__in=marks).update(mark="", note="", salt="")
        Appeal.objects.filter(item__author__in=people).update(text="", salt="", answer="")
        Item.objects.filter(author__in=people).update(author=None)
        Item.named.through.objects.filter(user__in=people).delete()
        Left.objects.filter(person__in=people).delete()
