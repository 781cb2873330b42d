"""Reading and checking the chain, and what other tables' rows say of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.apps import apps
from django.db.models import Exists, F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.fields import CharField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat

from youthvoice.journal.models import GENESIS, Entry, Head, Trace


@dataclass(frozen=True)
class Fault:
    seq: int
    kind: Literal["changed", "missing", "re-ordered", "head"]


@dataclass(frozen=True)
class Stray:
    """A row that the journal doesn't answer for."""

    #: As the journal names rows.
    row: str
    verbs: tuple[str, ...]
    kind: Literal["no entry", "other words"]


def head() -> tuple[int, str]:
    """Number and hash of the last entry; (0, GENESIS) for an empty journal."""
    row = Head.objects.filter(pk=1).first()
    if row is None or not isinstance(row.seq, int):
        return 0, GENESIS
    return row.seq, row.hash


def house() -> str:
    """The mark of this house, 32 hex digits: made of its first entry, which no house shares with
    another and which never changes, wherever its database goes and by whatever name it is called.
    """
    first = Entry.objects.filter(seq=1).values_list("hash", flat=True).first()
    return hashlib.sha256(f"house {first or GENESIS}".encode()).hexdigest()[:32]


def faults(*, anchor: tuple[int, str] | None = None) -> Iterator[Fault]:
    """Walk the whole chain and give what does not fit, in order.

    `anchor` is a number and hash noted earlier outside this database: with it, a chain
    that was rewritten from some place on to the end is found too.
    """
    # An empty journal's head is an anchor too; every chain passes it.
    last_seq, last_hash, anchored = 0, GENESIS, anchor in {None, (0, GENESIS)}
    head_seq, head_hash, grew, entries = -1, GENESIS, True, Entry.objects.order_by("seq")
    # Acts go on meanwhile: as long as the head is further, what was added is walked as well.
    while grew and head_seq != last_seq:
        grew = False
        for entry in entries.iterator(chunk_size=2000):
            gap = range(last_seq + 1, entry.seq)
            yield from (Fault(seq, "missing") for seq in gap)
            if _digest(entry) != entry.hash:
                yield Fault(entry.seq, "changed")
            elif entry.prev_hash != last_hash and not gap:
                yield Fault(entry.seq, "re-ordered")
            if anchor and entry.seq == anchor[0]:
                anchored = entry.hash == anchor[1]
            last_seq, last_hash, grew = entry.seq, entry.hash, True
        head_seq, head_hash = head()
        entries = entries.filter(seq__gt=last_seq)
    yield from (Fault(seq, "missing") for seq in range(last_seq + 1, head_seq + 1))
    if head_seq < last_seq or (head_seq == last_seq and head_hash != last_hash):
        yield Fault(last_seq, "head")
    if not anchored and anchor:
        yield Fault(anchor[0], "head")


def _digest(entry: Entry) -> str:
    """Nothing for what no entry of ours can be: bytes, or a moment that is none."""
    try:
        return entry.digest()
    except (AttributeError, TypeError, ValueError):
        return ""


def strays(*models: type[Model]) -> Iterator[Stray]:
    """Rows, of all tables or of these, without the entry that made or changed them, as after
    the journal's end was cut off; and rows whose words are not those of their entry.

    One statement a trace, so that an act under way is seen as a whole or not at all.
    """
    for model in models or apps.get_models():
        for trace in getattr(model, "traces", ()):
            yield from _other_words(model, trace) if trace.words else _without(model, trace)


def _without(model: type[Model], trace: Trace) -> Iterator[Stray]:
    rows = _leaving(model, trace).exclude(Exists(_entries(trace)))
    for pk in rows.values_list("pk", flat=True).iterator():
        yield Stray(f"{model._meta.label_lower}:{pk}", trace.verbs, "no entry")


def _other_words(model: type[Model], trace: Trace) -> Iterator[Stray]:
    last = _entries(trace).filter(data__has_key=trace.words).order_by("-seq").values("data")[:1]
    for row in _leaving(model, trace).annotate(_data=Subquery(last)).iterator(chunk_size=500):
        told = (row._data or {}).get(trace.words)
        if told is None and not any(row.said(*trace.columns)):
            # Nothing was said, and nothing was accepted.
            continue
        if _commitment(row, trace) not in (told if isinstance(told, list) else [told]):
            yield Stray(f"{model._meta.label_lower}:{row.pk}", trace.verbs, "other words")


def _commitment(row: Any, trace: Trace) -> str:
    try:
        return str(row.commitment(*trace.columns))
    except (AttributeError, TypeError, ValueError):
        return ""


def _leaving(model: type[Model], trace: Trace) -> QuerySet[Any]:
    """The rows that leave a trace, each with how the journal names what its entry is about."""
    way = trace.subject or "pk"
    there = {f"{column}__isnull": False for column in (trace.at, trace.subject) if column}
    named = Concat(Value(f"{_about(model, trace)}:"), Cast(F(way), CharField()))
    rows = model._base_manager.filter(trace.only, **there).order_by()
    return rows.annotate(_named=named)


def _entries(trace: Trace) -> QuerySet[Entry]:
    # The verb as an expression, for a planner without statistics would look through all entries
    # of that verb for each row; by the subject it finds a few.
    found = Entry.objects.annotate(_verb=Concat("verb", Value("")))
    found = found.filter(subject=OuterRef("_named"), _verb__in=trace.verbs)
    for number, (place, column) in enumerate(trace.says):
        told = Cast(KT(f"data__{place}"), CharField())
        found = found.annotate(**{f"_said{number}": told})
        found = found.filter(**{f"_said{number}": Cast(OuterRef(column), CharField())})
    return found.filter(at=OuterRef(trace.at)) if trace.at else found


def _about(model: type[Model], trace: Trace) -> str:
    """The kind of row that the entry is about: what the way from this one leads to."""
    at_hand: Any = model
    for step in trace.subject.split("__") if trace.subject else ():
        at_hand = at_hand._meta.get_field(step).related_model
    return str(at_hand._meta.label_lower)
