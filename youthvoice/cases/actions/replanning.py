"""Deadlines that rest on an estimate are reckoned anew once the list of their year is there.

All others stay as they were told, whatever happens to the calendar (decision 10). These were
told as estimates.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from youthvoice.cases.actions import moving
from youthvoice.cases.models import Case, Hop, Lane
from youthvoice.cases.queries import deadlines
from youthvoice.journal.actions import record
from youthvoice.workdays.queries import WorkCalendar, calendar_for, estimate_of

#: Cases in one transaction, for others wait meanwhile.
_AT_ONCE = 50


def replan(*, at: datetime) -> int:
    """A step of the clock; returns how many cases it has looked at.

    Cut off anywhere, the next run goes on: what is done rests on an estimate no more.
    """
    anew, done = _Anew(at), 0
    while numbers := _some(anew.until):
        with transaction.atomic():
            cases = Case.objects.filter(pk__in=numbers).select_related("question").order_by("pk")
            moving.lock_all(list(cases))
            moved = [case for case in cases.all() if _replan(case, anew)]
            for case in moved:
                record(
                    "case.replanned",
                    subject=case,
                    actor=None,
                    at=at,
                    data={"question": case.question_id},
                )
        done += len(numbers)
    return done


class _Anew:
    """What falls due when, by the calendar as it is by now."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.calendar = calendar_for(at)
        #: Up to then all years are known.
        self.until = self.calendar.known_until(at)
        self._estimates: dict[int, WorkCalendar] = {}

    def due(self, case: Case, due_at: datetime) -> datetime:
        """As a first reply from asking on, if it still was that; else with the working time that
        was left by the estimate. What has run out by now stays."""
        if due_at <= self.at:
            return due_at
        estimate, question = self._estimate(due_at), case.question
        of: dict[str, Any] = {"field": question.field, "kind": question.kind}
        if due_at == deadlines.first_reply_due(question.asked_at, **of, calendar=estimate):
            return deadlines.first_reply_due(question.asked_at, **of, calendar=self.calendar)
        left = estimate.working_time_between(self.at, due_at)
        if estimate.add_hours(self.at, left) != due_at:
            # It counts hours of any time, and ends when nobody works.
            return due_at
        return self.calendar.add_hours(self.at, left)

    def rests(self, due_at: datetime) -> bool:
        return due_at > self.at and self.calendar.is_estimated(due_at)

    def _estimate(self, due_at: datetime) -> WorkCalendar:
        year = timezone.localtime(due_at).year
        if year not in self._estimates:
            self._estimates[year] = estimate_of([year])
        return self._estimates[year]


def _some(until: datetime) -> list[int]:
    """Cases with deadlines that rest on an estimate of what is known by now."""
    lanes = Lane.objects.filter(is_estimated=True, due_at__lte=until).values_list("case_id")
    done = Hop.objects.filter(is_estimated=True, due_at__lte=until)
    signed = Hop.objects.filter(sign_is_estimated=True, sign_due_at__lte=until)
    first = Case.objects.filter(first_is_estimated=True, first_due_at__lte=until).values_list("pk")
    hops = [hops.values_list("lane__case_id") for hops in (done, signed)]
    # One by one: each has an index of its own, which holds nothing but such rows.
    found = {number for rows in (lanes, *hops, first) for (number,) in rows[:_AT_ONCE]}
    return sorted(found)[:_AT_ONCE]


def _hops(until: datetime) -> QuerySet[Hop]:
    return Hop.objects.filter(
        Q(is_estimated=True, due_at__lte=until) | Q(sign_is_estimated=True, sign_due_at__lte=until)
    )


def _replan(case: Case, anew: _Anew) -> bool:
    """Whether any of its deadlines has become another."""
    before, after = [], []
    for lane in case.lanes.filter(is_estimated=True, due_at__lte=anew.until):
        before.append(lane.due_at)
        lane.due_at = anew.due(case, lane.due_at)
        lane.is_estimated = anew.rests(lane.due_at)
        if lane.due_at != before[-1] and lane.is_running:
            lane.escalate_at = deadlines.tells_at(lane.due_at, lane.rung)
        lane.save(update_fields=["due_at", "is_estimated", "escalate_at"])
        after.append(lane.due_at)
    for hop in _hops(anew.until).filter(lane__case=case):
        before += [hop.sign_due_at, hop.due_at]
        if hop.is_open:
            hop.due_at = anew.due(case, hop.due_at)
            hop.sign_due_at = hop.sign_due_at if hop.signed_at else anew.due(case, hop.sign_due_at)
        hop.is_estimated = anew.rests(hop.due_at)
        hop.sign_is_estimated = anew.rests(hop.sign_due_at)
        hop.save(update_fields=["sign_due_at", "due_at", "is_estimated", "sign_is_estimated"])
        after += [hop.sign_due_at, hop.due_at]
    if case.first_is_estimated and case.first_due_at <= anew.until:
        before.append(case.first_due_at)
        if case.first_reply_at is None:
            case.first_due_at = anew.due(case, case.first_due_at)
        case.first_is_estimated = anew.rests(case.first_due_at)
        case.save(update_fields=["first_due_at", "first_is_estimated"])
        after.append(case.first_due_at)
    return before != after
