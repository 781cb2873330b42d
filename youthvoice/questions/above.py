"""What floors above know of questions, which lists here must heed.

They add it once, when they are set up (`apps.py`): no relation of theirs is named here.
"""

from collections.abc import Callable, Collection, Sequence

from django.db.models import Model, Q

#: What a row shows beside its question: names for `select_related`.
beside: list[str] = []
#: Without this a question doesn't wait by itself, though nobody has answered it.
waits: list[Q] = []
#: Whose questions are those of the bodies with these numbers: their leads know of what is withheld.
held_by: list[Callable[[Collection[int]], Q]] = []
#: What else is said beneath answers, wherever they are read: the name for `select_related`, what
#: then makes it ready on each, and its template.
beneath: list[tuple[str, Callable[[Sequence[Model]], object], str]] = []
