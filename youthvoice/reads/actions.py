"""Gathering reads in memory and writing them in batches.

The batches are long and sorted: written one by one, the order of reads would show in the log of
writes who went from a nameless question to one under their name. A process that is killed leaves
what waits in its spool (spool.py), but for the last second.

A read is no act of a person that others rely on, so it has no entry in the journal; what
is promised is that no read counts twice and that a clean stop loses none.
"""

import atexit
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import Sum
from django.http import HttpRequest

from youthvoice.kit import clock
from youthvoice.kit.public import note_of
from youthvoice.kit.recounting import Drift
from youthvoice.reads.choices import EVERYTHING, Audience
from youthvoice.reads.daily import forget_before
from youthvoice.reads.models import Count, Mark, Total
from youthvoice.reads.spool import Full, Spool, left_behind
from youthvoice.reads.visitors import (
    Head,
    Visitor,
    hour_of,
    identify,
    mark_of,
    seen_by,
    seen_in,
)

_log = structlog.get_logger("youthvoice.reads")
#: Told within the transaction which targets were read; floors above join it.
heard: list[Callable[[Collection[str]], None]] = []
#: Target, hour and audience of a read, by its mark.
Marks = dict[bytes, tuple[str, int, str]]
_GATHER_SECONDS = 1.0


class Recorder:
    """Holds reads for at most `READS_FLUSH_SECONDS`; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Held while a batch is being written: whoever stops the process waits for it.
        self._writing = threading.Lock()
        self._waiting: Marks = {}
        #: What was given to whom in which hour, before anybody has looked who that was.
        self._given: set[tuple[tuple[str, ...], Head, int]] = set()
        # Held while that is looked at: whoever writes what waits has all of it then.
        self._looking = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._spool: Spool | None = None

    def add(self, *, target: str, visitor: Visitor, at: datetime) -> None:
        hour = hour_of(at)
        with self._lock:
            self._begin()
            self._keep(mark_of(visitor.key, target, hour), target, hour, visitor.audience)
        self._wake.set()

    def give(self, targets: tuple[str, ...], head: Head, hour: int) -> None:
        """A kept page was given to somebody. Takes a microsecond and waits for nobody: who that
        was is looked at within a second, in our own thread, and once for however many reads."""
        self._given.add((targets, head, hour))
        # After it: a thread that has begun to look by now may have looked past it.
        if not self._wake.is_set():
            with self._lock:
                self._begin()
            self._wake.set()

    def _keep(self, mark: bytes, target: str, hour: int, audience: str) -> None:
        there = self._waiting.get(mark)
        if there is not None and there[2] <= audience:
            return
        self._waiting[mark] = target, hour, audience
        if self._spool is not None:
            try:
                self._spool.keep(mark, target, hour, audience)
            except Full:
                self._is_full = True

    #: More waits than a killed process would leave behind.
    _is_full = False

    def _begin(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._open_spool()
            self._thread = threading.Thread(target=self._work, name="reads", daemon=True)
            self._thread.start()

    def _open_spool(self) -> None:
        """Take over what others have left behind. Without a file (a full disk) all goes on, and
        only a kill would lose reads."""
        folder = Path(settings.READS_SPOOL)
        try:
            self._spool = Spool(folder)
            for mark, (target, hour, audience) in left_behind(folder):
                self._keep(mark, target, hour, audience)
        except OSError as problem:
            _log.warning("reads.no_spool", error=type(problem).__name__)

    def gather(self) -> None:
        """Find out to whom pages were given; what led to it is forgotten."""
        with self._looking:
            # One by one: others go on giving.
            given = [self._given.pop() for _ in range(len(self._given))]
            known: dict[tuple[Head, int], Visitor] = {}
            for targets, head, hour in given:
                visitor = known.get((head, hour))
                if visitor is None:
                    at = datetime.fromtimestamp(hour * 3600, UTC)
                    visitor = known[head, hour] = identify(seen_in(head), at=at)
                with self._lock:
                    for target in targets:
                        mark = mark_of(visitor.key, target, hour)
                        self._keep(mark, target, hour, visitor.audience)

    def flush(self) -> int:
        """Write what waits; gives how many reads were new. On failure all of it waits on."""
        with self._writing:
            self.gather()
            with self._lock:
                batch, self._waiting = self._waiting, {}
            if not batch:
                return 0
            try:
                new = write(batch)
            except Exception:
                with self._lock:
                    self._waiting = batch | self._waiting
                raise
            with self._lock:
                self._is_full = False
                if self._spool is not None:
                    # What came meanwhile by the same mark is in the database with it.
                    self._spool.forget(batch)
            return new

    def close(self) -> None:
        """When the process ends, after the last batch."""
        with self._lock:
            if self._spool is not None:
                self._spool.close()
                self._spool = None

    def _work(self) -> None:
        pause = threading.Event()
        while self._wake.wait():
            self._wake.clear()
            until = time.monotonic() + settings.READS_FLUSH_SECONDS
            while (left := until - time.monotonic()) > 0 and not self._is_full:
                pause.wait(min(left, _GATHER_SECONDS))
                self.gather()
            try:
                close_old_connections()
                self.flush()
            except Exception:
                _log.exception("reads.flush_failed")
                self._wake.set()
                pause.wait(settings.READS_FLUSH_SECONDS)


recorder = Recorder()


def count_read(request: HttpRequest, target: str) -> None:
    """Note that the page's target is read; robots and staff are told apart there."""
    if (note := note_of(request)) is not None:
        # Drawn to be kept: it counts for each who is given it, at the entrance.
        note.targets.append(target)
    elif request.method == "GET":
        at = clock.now()
        recorder.add(target=target, visitor=identify(seen_by(request), at=at), at=at)


def stop() -> None:
    """Write what is left when the process ends."""
    try:
        recorder.flush()
    except Exception:
        _log.exception("reads.lost_at_stop")
    recorder.close()


atexit.register(stop)


def write(reads: Marks) -> int:
    """Count each read that has no mark yet. All or nothing; gives how many counted."""
    with transaction.atomic():
        counts: Counter[tuple[str, int, str]] = Counter()
        totals: Counter[tuple[str, str]] = Counter()
        for mark in _mark({mark: hour for mark, (_target, hour, _audience) in reads.items()}):
            target, hour, audience = reads[mark]
            counts[target, hour, audience] += 1
            totals[target, audience] += 1
            totals[EVERYTHING, audience] += 1
        for tell in heard:
            tell({target for target, _audience in totals})
        _add(Count, ["target", "hour", "audience"], counts)
        _add(Total, ["target", "audience"], totals)
    return sum(counts.values())


def _mark(hours: dict[bytes, int]) -> list[bytes]:
    """Insert the marks; gives those that were not there yet."""
    # One order for all writers, so that on PostgreSQL two batches never wait in a ring. Sorted
    # marks also stand in no order that tells anything.
    rows = sorted(hours.items())
    new = []
    table = Mark._meta.db_table
    with connection.cursor() as cursor:
        for start in range(0, len(rows), 200):
            part = rows[start : start + 200]
            places = ",".join(["(%s,%s)"] * len(part))
            cursor.execute(
                f"INSERT INTO {table} (mark, hour) VALUES {places} "  # noqa: S608
                "ON CONFLICT DO NOTHING RETURNING mark",
                [value for row in part for value in row],
            )
            new += [bytes(mark) for (mark,) in cursor.fetchall()]
    return new


def _add(model: type[Count] | type[Total], key: list[str], counted: Counter[tuple]) -> None:
    """Add to counters, making those that are missing."""
    table = model._meta.db_table
    columns = ", ".join(key)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}, reads) VALUES "  # noqa: S608
            f"({', '.join(['%s'] * len(key))}, %s) "
            f"ON CONFLICT ({columns}) DO UPDATE SET reads = {table}.reads + excluded.reads",
            [(*values, reads) for values, reads in sorted(counted.items())],
        )


def forget(*, at: datetime) -> None:
    """Drop the marks of hours that are over and the keys of days gone by."""
    Mark.objects.filter(hour__lt=hour_of(at) - 1).delete()
    forget_before((at - timedelta(days=1)).date())


def recount() -> list[Drift]:
    """Add up the hours anew; gives each total that was wrong."""
    with transaction.atomic():
        # Every batch adds to these rows, so none is committed between our two look-ups.
        Total.objects.bulk_create(
            (Total(target=EVERYTHING, audience=audience) for audience in Audience.values),
            ignore_conflicts=True,
        )
        list(Total.objects.select_for_update().filter(target=EVERYTHING).order_by("audience"))
        sums: Counter[tuple[str, str]] = Counter()
        for target, audience, reads in Count.objects.values_list("target", "audience").annotate(
            sum=Sum("reads")
        ):
            sums[target, audience] = reads
        for (_target, audience), reads in list(sums.items()):
            sums[EVERYTHING, audience] += reads
        kept = {
            (target, audience): reads
            for target, audience, reads in Total.objects.values_list("target", "audience", "reads")
        }
        wrong = []
        for key in sorted(sums.keys() | kept.keys()):
            if kept.get(key, 0) != sums[key]:
                target, audience = key
                Total.objects.update_or_create(
                    target=target, audience=audience, defaults={"reads": sums[key]}
                )
                name = f"reads of {target} ({audience})"
                wrong.append(Drift(name, kept.get(key, 0), sums[key]))
    return wrong
