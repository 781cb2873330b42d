"""Finding what was touched, and counting it anew."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime

from django.db import connection, transaction

from youthvoice.counts import registry
from youthvoice.counts.models import Changed, Counted, Kept, Note, Sum
from youthvoice.counts.queries import READ_TO, SETTLED, all_sums, read_to
from youthvoice.journal.models import Entry
from youthvoice.kit.recounting import Drift

#: Entries and questions in one transaction, and in one run: others write in between.
AT_ONCE = 500
_RUN = 5000
_LOCK = "lock"
#: Told, in the transaction that changes it, of which groups pages will read something else; floors
#: above join it.
moved: list[Callable[[Collection[str]], None]] = []
_NOTE = "INSERT INTO counts_changed (question) VALUES (%s)"
_MOVE = (
    'INSERT INTO counts_sum ("group", "key", value) VALUES (%s, %s, %s)'
    ' ON CONFLICT ("group", "key") DO UPDATE SET value = counts_sum.value + excluded.value'
)
_EMPTY = 'DELETE FROM counts_sum WHERE "group" = %s AND "key" = %s AND value = 0'


_MODEL = "questions.question"
#: Where entries name questions.
_NAMED = ("question", "lead", "questions", "merged")


def note(questions: Iterable[int]) -> None:
    """Something happened to these of which the journal says nothing."""
    with connection.cursor() as cursor:
        for number in questions:
            cursor.execute(_NOTE, [number])


def leave(reader: str, questions: Iterable[int]) -> None:
    """Notes for a step that looks at what was counted anew alone; see `queries.notes`."""
    Note.objects.bulk_create(Note(reader=reader, question=number) for number in questions)


def drop(notes: Iterable[int]) -> None:
    """What these told of was looked at."""
    Note.objects.filter(pk__in=list(notes)).delete()


def settle(*, at: datetime) -> int:
    """A step of the clock: count what was touched or has fallen due; gives how many questions."""
    done = 0
    while done < _RUN:
        many = _settle_some(at)
        done += many
        if many < AT_ONCE:
            _make(at)
            break
    return done


def _settle_some(at: datetime) -> int:
    with transaction.atomic():
        # Of two runs at once the second waits here, and finds nothing left.
        Kept.objects.get_or_create(name=_LOCK, defaults={"is_stale": False})
        Kept.objects.select_for_update().get(name=_LOCK)
        entries = list(Entry.objects.filter(seq__gt=read_to()).order_by("seq")[:AT_ONCE])
        left = AT_ONCE - len(entries)
        notes = dict(Changed.objects.order_by("pk").values_list("pk", "question")[:left])
        left -= len(notes)
        due = Counted.objects.filter(again_at__lte=at).order_by("again_at", "pk")
        numbers = {*notes.values(), *due.values_list("pk", flat=True)[:left]}
        numbers.update(number for entry in entries for number in _named(entry))
        if entries:
            to = {"value": entries[-1].seq}
            Sum.objects.update_or_create(group=READ_TO, key="", defaults=to)
        groups = count(numbers, at=at) if numbers else set()
        Changed.objects.filter(pk__in=list(notes)).delete()
        _tell({group for group in groups if not registry.maker_of(group)})
    return max(len(numbers), len(notes), len(entries))


def _named(entry: Entry) -> set[int]:
    """The questions that an entry concerns. Read here and not told by each act: that costs no act
    anything behind the journal's lock, and acts of the release before are counted, too."""
    model, _colon, number = entry.subject.partition(":")
    named = [entry.data.get(name) for name in _NAMED]
    found = {n for one in named for n in (one if isinstance(one, list) else [one])}
    if model == _MODEL:
        found.add(int(number))
    return {number for number in found if isinstance(number, int)}


def _tell(groups: Collection[str]) -> None:
    for tell in moved if groups else ():
        tell(groups)


def count(numbers: Collection[int], *, at: datetime) -> set[str]:
    """Count these questions anew, and move the sums; gives the groups of those that moved."""
    before = Counted.objects.in_bulk(list(numbers))
    by: Counter[str] = Counter()
    changed, gone = [], []
    for number, share in registry.shares(sorted(numbers), at=at).items():
        old = before.get(number)
        if old is not None and old.keys == share.keys and old.again_at == share.again_at:
            continue
        by.update(share.keys)
        by.subtract(old.keys if old else {})
        if share.keys or share.again_at:
            changed.append(Counted(question=number, keys=share.keys, again_at=share.again_at))
        else:
            gone.append(number)
    Counted.objects.filter(pk__in=gone).delete()
    Counted.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["question"],
        update_fields=["keys", "again_at"],
    )
    for look in registry.follows():
        look(numbers, at=at)
    return _move({name: many for name, many in by.items() if many})


def _move(by: dict[str, int]) -> set[str]:
    split = [(name.partition("|"), many) for name, many in sorted(by.items())]
    rows = [(group, key, many) for (group, _bar, key), many in split]
    found = {row[0] for row in rows}
    if not found:
        return found
    with connection.cursor() as cursor:
        cursor.executemany(_MOVE, rows)
        cursor.executemany(_EMPTY, [row[:2] for row in rows])
    Kept.objects.bulk_create(
        [Kept(name=group) for group in sorted(found) if registry.maker_of(group)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["is_stale"],
    )
    return found


def _make(at: datetime) -> None:
    """All is counted: make anew what is kept of sums that have moved."""
    Kept.objects.update_or_create(name=SETTLED, defaults={"at": at, "is_stale": False})
    Sum.objects.bulk_create([Sum(group=SETTLED, key="", value=1)], ignore_conflicts=True)
    for group, before in list(Kept.objects.filter(is_stale=True).values_list("name", "value")):
        make = registry.maker_of(group)
        # Before the sums are read: what moves meanwhile makes it stale again.
        Kept.objects.filter(pk=group).update(is_stale=False)
        value = make(group, all_sums(group), at=at) if make else None
        with transaction.atomic():
            Kept.objects.filter(pk=group).update(at=at, value=value)
            _tell({group} if value != before else ())


def recount() -> Iterator[Drift]:
    """Add up anew what the questions are said to count for. What they do count for by now
    follows from the clock, too: that is for `settle`."""
    real: Counter[str] = Counter()
    for keys in Counted.objects.values_list("keys", flat=True).iterator(chunk_size=2000):
        real.update(keys)
    rows = Sum.objects.exclude(group__in=[SETTLED, READ_TO]).values_list("group", "key", "value")
    sums = {f"{group}|{key}": value for group, key, value in rows}
    for name in sorted(real.keys() | sums.keys()):
        if by := real[name] - sums.get(name, 0):
            _move({name: by})
            yield Drift(f"sum of {name}", sums.get(name, 0), real[name])
