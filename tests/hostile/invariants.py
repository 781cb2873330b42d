"""What must be true of the rows, whatever was sent: an act is stored whole or not at all."""

from collections.abc import Iterator

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, models

from youthvoice.journal import queries as journal
from youthvoice.journal.models import Entry
from youthvoice.kit.clock import start_of_day
from youthvoice.kit.recounting import recount
from youthvoice.outside.models import NumbersRelease
from youthvoice.pictures.queries import path_of
from youthvoice.questions.choices import Origin
from youthvoice.questions.models import Answer, Comment, Picture, Question
from youthvoice.topics.models import Topic
from youthvoice.topics.names import key_of

#: What each row begins with in the journal.
_BEGINS = {
    Question: "question.asked",
    Answer: "question.answered",
    Comment: "question.commented",
    Topic: "topic.opened",
}


def broken() -> list[str]:
    """Sentences about rows that are stored by halves; empty in a whole house."""
    return [
        *_questions(),
        *_entries(),
        *_letters(),
        *_counts(),
        *_pictures(),
        *_links(),
        *_rows(),
        *_topics(),
    ]


def _questions() -> Iterator[str]:
    local = Question.objects.filter(origin=Origin.LOCAL)
    for question in local.select_related("case", "receipt", "author"):
        name = f"question {question.pk}"
        if not hasattr(question, "case"):
            yield f"{name} has no case"
        elif not question.case.steps.exists():
            yield f"{name} has a case without a trail"
        if hasattr(question, "receipt") != question.is_nameless:
            yield f"{name} has a receipt and a name, or neither"
        if question.is_nameless == (question.author is not None):
            yield f"{name} is nameless with an author, or named without"


def _entries() -> Iterator[str]:
    for model, verb in _BEGINS.items():
        label = model._meta.label_lower
        rows = {f"{label}:{pk}" for pk in model._default_manager.values_list("pk", flat=True)}
        told = set(Entry.objects.filter(verb=verb).values_list("subject", flat=True))
        yield from (f"{row} is told and not there" for row in sorted(told - rows))
    yield from (f"{stray.row}: {stray.kind} {stray.verbs}" for stray in journal.strays())
    yield from (f"journal: {fault.seq} {fault.kind}" for fault in journal.faults())


def _letters() -> Iterator[str]:
    """No number released of words that are gone."""
    for row in NumbersRelease.objects.select_related("case__question"):
        question = row.case.question
        if question.deleted_at is not None or question.is_imported:
            yield f"release of question {question.pk} has no words"
        if question.is_nameless and row.said_at != start_of_day(row.said_at):
            yield f"release of question {question.pk} tells more than its day"


def _counts() -> Iterator[str]:
    for drift in recount():
        yield f"{drift.name} is kept as {drift.kept} and counts {drift.counted}"


def _pictures() -> Iterator[str]:
    names = set(Picture.objects.values_list("name", flat=True))
    for name in sorted(names):
        if not default_storage.exists(path_of(f"{name}.jpg")):
            yield f"picture {name} has no file"


def files() -> set[str]:
    """The names of pictures that have files."""
    folder = path_of("x.jpg").rsplit("/", 1)[0]
    found = default_storage.listdir(folder)[1] if default_storage.exists(folder) else []
    return {name.split(".")[0].removesuffix("-s") for name in found}


def _links() -> Iterator[str]:
    try:
        connection.check_constraints()
    except DatabaseError as problem:
        yield f"a link leads nowhere: {problem}"


def _topics() -> Iterator[str]:
    for topic in Topic.objects.select_related("host"):
        if topic.key != key_of(topic.name):
            yield f"topic {topic.pk} goes by another key than its name's"
        if topic.tags.filter(at__lt=topic.opened_at).exists():
            yield f"topic {topic.pk} had questions before it was opened"


def _rows() -> Iterator[str]:
    """No row of ours holds what its own columns refuse, or what no database should hold."""
    for model in apps.get_models():
        if not model.__module__.startswith("youthvoice."):
            continue
        texts = [
            f
            for f in model._meta.concrete_fields
            if isinstance(f, models.CharField | models.TextField)
        ]
        if not texts:
            continue
        for row in model._default_manager.iterator():
            name = f"{model._meta.label_lower}:{row.pk}"
            for column in texts:
                value = getattr(row, column.attname)
                if value is None or (value == "" and column.blank):
                    continue
                if any(sign == "\x00" or "\ud800" <= sign <= "\udfff" for sign in value):
                    yield f"{name}.{column.name} holds what can't be stored"
                try:
                    column.run_validators(value)
                    if column.choices and value not in dict(column.flatchoices):
                        yield f"{name}.{column.name} holds {value!r}"
                except ValidationError as problem:
                    yield f"{name}.{column.name}: {problem.messages}"
