"""What is late is told step by step up the chain, each step once in a round, by the clock."""

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction

from youthvoice.cases import ladder
from youthvoice.cases.actions import moving
from youthvoice.cases.choices import OFF_DESK, Rung, StepKind
from youthvoice.cases.models import EmptyPlace, Escalation, Lane, Notice
from youthvoice.cases.queries import chains
from youthvoice.journal.actions import record
from youthvoice.people.models import User

#: Lanes of one run; the next one comes half a minute later.
AT_ONCE = 200
_log = structlog.get_logger("youthvoice.cases")


def escalate_due(*, at: datetime) -> int:
    """A step of the clock: tell the next one up of what is late, what is late longest first.

    Whoever slept for days tells each step once and in order. Where a place is empty it is said
    loudly, and the step above is told at once. Gives how many steps were told.
    """
    due = Lane.objects.to_tell_of(at=at).select_related("case__question", "case__holder", "holder")
    told = 0
    for lane in due.order_by("escalate_at", "pk")[:AT_ONCE]:
        try:
            told += _climb(lane, at=at)
        except Exception:
            # One that can't be told must not keep the others from it; it comes up again.
            _log.exception("cases.escalation_failed", lane=lane.pk)
    return told


def _climb(lane: Lane, *, at: datetime) -> int:
    people: dict[int, list[User]] = {}
    nobody: dict[str, list[int]] = {}

    def is_empty(rung: int) -> bool:
        people[rung] = chains.people_at(lane, Rung(rung))
        return not people[rung]

    told = 0
    for step in ladder.climb(
        due_at=lane.due_at,
        rung=lane.rung,
        next_at=lane.escalate_at,
        at=at,
        hours=settings.ESCALATION_HOURS,
        is_empty=is_empty,
    ):
        if not _tell(lane, step, people[step.rung], at=at):
            break
        told += 1
        if step.is_empty:
            place = chains.place_of(lane, Rung(step.rung))
            nobody.setdefault(place.slug, []).append(step.rung)
    for slug, rungs in nobody.items():
        # Once for what is late, however many steps of the place are empty.
        _log.error("cases.nobody_to_tell", organisation=slug, rungs=rungs)
    return told


def _tell(lane: Lane, step: ladder.Told, people: list[User], *, at: datetime) -> bool:
    """One step in a transaction of its own; False where the lane has moved meanwhile."""
    case, rung = lane.case, Rung(step.rung)
    with transaction.atomic():
        moving.lock(case)
        seen = Lane.objects.filter(
            pk=lane.pk,
            round=lane.round,
            rung=step.rung,
            escalate_at=step.due,
            stopped_at=None,
            holder=lane.holder_id,
            person=lane.person_id,
        ).exclude(case__state__in=OFF_DESK)
        if not seen.update(rung=step.rung + 1, escalate_at=step.next_at):
            return False
        Escalation.objects.create(
            lane=lane,
            round=lane.round,
            rung=rung,
            clock=lane.clock,
            holder=lane.holder,
            due_at=lane.due_at,
            at=at,
            told=len(people),
        )
        # Whom a committee's reminder told at this rung before its time is told anew.
        Notice.objects.bulk_create(
            (
                Notice(
                    lane=lane,
                    person=person,
                    rung=rung,
                    round=lane.round,
                    made_at=at,
                    next_at=at if person.email else None,
                )
                for person in people
            ),
            update_conflicts=True,
            unique_fields=["lane", "round", "rung", "person"],
            update_fields=["made_at", "seen_at", "tries", "next_at"],
        )
        if not people:
            EmptyPlace.objects.update_or_create(
                organisation=chains.place_of(lane, rung),
                rung=rung,
                defaults={"last_seen_at": at},
                create_defaults={"first_seen_at": at, "last_seen_at": at},
            )
        if rung == Rung.HOLDER:
            moving.step(case, StepKind.LATE, at=at, organisation=lane.holder)
        record(
            "case.escalated",
            subject=lane,
            actor=None,
            at=at,
            data={
                "question": case.question_id,
                "holder": lane.holder_id,
                "rung": step.rung,
                "round": lane.round,
                "clock": lane.clock,
                "told": len(people),
            },
        )
    return True
