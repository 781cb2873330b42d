"""Which kept pages an act changes (entrance/surrogates.py).

Every page carries the keys of the questions that it leads to. An act on a question changes that
one's pages, and the lists and counts; an act of which we don't know what it shows changes all.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.db.models import ForeignKey, Model
from django.dispatch import receiver

from youthvoice.entrance import nonces
from youthvoice.entrance.surrogates import ALL, changed, question_key
from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.kit.lazily import bare
from youthvoice.kit.public import LISTS
from youthvoice.people.models import User
from youthvoice.questions.actions import erased
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.topics.queries import READ

#: By which words leave public view, or may: also those that an edit takes away.
_LEAVES = {
    *(f"{words}.{act}" for words in ("answer", "comment") for act in ("deleted", "hidden")),
    *(f"question.{act}" for act in ("deleted", "hidden", "withheld", "edited", "supplemented")),
    "answer.edited",
    "case.note_cleared",
    "crisis.raised",
}
#: Of one's own account, of who read what, of who works where: no public page says anything of it.
_PRIVATE = ("question.read", "crisis.read", "minor.read", "house.", "sealed.", "yours.")
_OF_PEOPLE_SEEN = {"person.renamed", "person.erased"}
#: Sums on no public page; and reads, which no page tells before it is drawn for something else.
_UNTOLD = {"desk", "since", READ}
#: Pages on which a person's words stand under their name, at most; with more of them all pages
#: are drawn anew.
_NAMED_MOST = 300
#: The way from a row to its question, as far as rows have one.
_WAYS = ("case", "lane", "hop", "promise", "item", "answer", "comment", "record")


@receiver(recorded)
def on_record(entry: Entry, subject: Model, **kwargs: Any) -> None:
    nonces.changed([nonces.person_name(pk) for pk in _people_of(entry, subject)])
    verb = entry.verb
    if verb.startswith(_PRIVATE):
        return
    if verb.startswith("person.") or isinstance(subject, User):
        if verb in _OF_PEOPLE_SEEN or verb.startswith("admin."):
            changed(_pages_of(subject), at_once=True)
        return
    numbers = _questions(entry, subject)
    if not numbers:
        changed([ALL], at_once=True)
        return
    keys = sorted({question_key(number) for number in numbers})
    if verb in _LEAVES:
        changed(keys, at_once=True)
        changed([LISTS])
    else:
        changed([*keys, LISTS])


def on_sums(groups: Collection[str]) -> None:
    """Some seconds after an act the sums over all questions follow it (`counts`)."""
    if {group.partition(":")[0] for group in groups} - _UNTOLD:
        changed([LISTS])


@receiver(erased)
def on_erasing(questions: Collection[int], **kwargs: Any) -> None:
    changed([LISTS, *map(question_key, sorted(questions))], at_once=True)


def _people_of(entry: Entry, subject: Model) -> set[int]:
    """Whose own pieces may read otherwise: who did it, and whom the row is of. Nobody by what is
    done without a name: neither the entry nor the row tells who it was."""
    row = bare(subject)
    found = {entry.actor, *(vars(row).get(name) for name in _columns_of_people(type(row)))}
    if isinstance(row, User):
        found.add(row.pk)
    return {pk for pk in found if pk is not None}


@cache
def _columns_of_people(model: type[Model]) -> list[str]:
    fields = model._meta.concrete_fields
    keys = [field for field in fields if isinstance(field, ForeignKey)]
    return [field.attname for field in keys if field.related_model is User]


def _questions(entry: Entry, subject: Model) -> set[int]:
    found = {number for number in [_question_of(subject)] if number is not None}
    for name in ("question", "lead", "questions", "merged"):
        given = entry.data.get(name)
        found |= {number for number in (given if isinstance(given, list) else [given]) if number}
    return {number for number in found if isinstance(number, int)}


def _question_of(row: Any) -> int | None:
    """The number of the question that a row is of."""
    if isinstance(row, Question):
        return row.pk
    number = getattr(row, "question_id", None)
    if number is not None:
        return int(number)
    for name in _WAYS:
        if getattr(row, f"{name}_id", None) is not None:
            return _question_of(getattr(row, name))
    return None


def _pages_of(person: Model) -> list[str]:
    """The keys of all on which they stand with their name."""
    asked = Question.objects.filter(author=person.pk)
    found = set(asked.values_list("pk", flat=True)[:_NAMED_MOST])
    for words in (Answer, Comment):
        rows = words._default_manager.filter(author=person.pk)
        found |= set(rows.values_list("question", flat=True).distinct()[:_NAMED_MOST])
    if len(found) >= _NAMED_MOST:
        return [ALL]
    return [LISTS, *map(question_key, sorted(found))]
