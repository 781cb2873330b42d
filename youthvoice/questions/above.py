"""What floors above know of questions, which lists here must heed.

They add it once, when they are set up (`apps.py`): no relation of theirs is named here.
"""

from collections.abc import Callable, Collection

from django.db.models import Q

#: What a row shows beside its question: names for `select_related`.
beside: list[str] = []
#: Without this a question doesn't wait by itself, though nobody has answered it.
waits: list[Q] = []
#: Whose questions are those of the bodies with these numbers: their leads know of what is withheld.
held_by: list[Callable[[Collection[int]], Q]] = []
#: What the question's page tells with its answers, for whoever reads them on another page: of a
#: question and these answers, names for `questions/_said.html`; `answer_more` and `said_more`
#: name templates.
said: list[Callable[..., dict[str, object]]] = []
