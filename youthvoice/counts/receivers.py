"""Every act says in the journal which questions it concerns."""

from typing import Any

from django.db.models import Model
from django.dispatch import receiver

from youthvoice.counts import actions
from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry

_MODEL = "questions.question"
#: Where entries name questions.
_NAMED = ("question", "lead", "questions", "merged")


@receiver(recorded)
def on_act(entry: Entry, subject: Model, **kwargs: Any) -> None:
    named = [entry.data.get(name) for name in _NAMED]
    if subject._meta.label_lower == _MODEL:
        named.append(subject.pk)
    found = {n for one in named for n in (one if isinstance(one, list) else [one])}
    actions.note(sorted(number for number in found if isinstance(number, int)))
