"""Loading what the house comes with, and the word to those who moderate."""

from datetime import datetime

from django.db import transaction
from django.dispatch import Signal

from youthvoice.journal.actions import record
from youthvoice.safety.models import HelpLine, ListedWord
from youthvoice.safety.shipped import shipped_lines, shipped_words

#: Sent within the transaction of asking, answering, commenting and editing, when what becomes
#: public holds listed words that its writer meant to keep: `words` (the question, answer or
#: comment), `kinds` (of WordKind) and `at`. The words found are not sent along.
listed_words_found = Signal()


def load_safety(*, at: datetime) -> int:
    """Add the lines and words that are missing. What operators changed or switched off stays.

    Gives how many rows were added.
    """
    with transaction.atomic():
        codes = set(HelpLine.objects.exclude(code=None).values_list("code", flat=True))
        lines = [HelpLine(**line) for line in shipped_lines() if line["code"] not in codes]
        words = set(ListedWord.objects.values_list("word", flat=True))
        new = [
            ListedWord(word=word, kind=kind, is_shipped=True)
            for word, kind in shipped_words().items()
            if word not in words
        ]
        HelpLine.objects.bulk_create(lines)
        ListedWord.objects.bulk_create(new)
        first = HelpLine.objects.order_by("pk").first()
        if (lines or new) and first is not None:
            data = {"lines": len(lines), "words": len(new)}
            record("safety.loaded", subject=first, actor=None, at=at, data=data)
    return len(lines) + len(new)
