"""Asking the asker what came of an answer, a day and four weeks after it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from youthvoice.callbacks import queries
from youthvoice.callbacks.choices import MERGED, Channel, Day
from youthvoice.callbacks.models import Callback
from youthvoice.cases.actions import moving
from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.choices import OFF_DESK, WAITING, State
from youthvoice.cases.models import Case
from youthvoice.counts import actions as counts
from youthvoice.gathering.actions import note_unasked
from youthvoice.gathering.models import Merge
from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID, new_salt
from youthvoice.kit.clock import end_of_day, start_of_day
from youthvoice.kit.holdings import Leaver
from youthvoice.people.queries import proven_address
from youthvoice.promises.choices import PromiseState
from youthvoice.promises.queries import first_open
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import Outcome
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer, may_mark

#: The word is with the asker. In other states the next answer begins a new pair.
ASKED_IN = (State.ANSWERED, State.PROMISED, State.SOLVED)
_AT_ONCE = 100


def note_move(*, case: Case, before: State, after: State, at: datetime) -> None:
    """What follows for a case's pair when it has moved. Within the act's transaction."""
    if after == State.ANSWERED:
        # Back in public view: whose askers were asked since they last waited aren't asked anew.
        asked = case.callbacks.filter(opened_at__gte=case.waiting_since)
        if before != State.ASIDE or not asked.exists():
            _plan(case, at=at)
    elif after == State.PROMISED and before != State.ASIDE:
        first = first_open(case)
        if first is not None:
            put_off(case, until=end_of_day(first.due_on))


def _plan(case: Case, *, at: datetime) -> None:
    """It is answered: a new pair. What was never asked of an earlier one is dropped."""
    # Counted before they are dropped: those that hang on it see by a new round that it's anew.
    last = case.callbacks.aggregate(last=Max("round"))["last"] or 0
    case.callbacks.filter(opened_at=None).delete()
    Callback.objects.bulk_create(
        Callback(case=case, round=last + 1, day=day, due_at=at + timedelta(days=day)) for day in Day
    )


def put_off(case: Case, *, until: datetime) -> None:
    """Something is promised: nobody is asked before its day."""
    for row in case.callbacks.filter(opened_at=None):
        due_at = max(row.due_at, until + timedelta(days=row.day))
        Callback.objects.filter(pk=row.pk, opened_at=None).update(due_at=due_at)


def open_due(*, at: datetime) -> int:
    """Ask what is due; a step of the clock. Gives how many were asked.

    Whose question is hidden, withheld, taken back or waiting again, isn't asked; nor whose
    question is merged, but for what its lead was answered.
    """
    due = Callback.objects.filter(opened_at=None, due_at__lte=at)
    if not due.exists():
        # Mostly, and it comes by every few seconds.
        return 0
    rows = due.select_related("case__question__author", "lead").order_by("due_at", "pk")[:_AT_ONCE]
    return sum(_open(row, at=at) for row in rows)


def has_the_word(row: Callback) -> bool:
    """Whether the word is with the asker: the answer that they are asked about stands."""
    state = row.case.state
    if row.lead_id is None:
        return state in ASKED_IN
    if state not in (State.MERGED, State.SOLVED):
        return False
    hangs = Merge.objects.filter(case=row.case_id, lead=row.lead_id)
    if state == State.MERGED:
        return hangs.filter(lead__state__in=ASKED_IN).exists()
    return hangs.exclude(lead__state__in=OFF_DESK).exists()


def _open(row: Callback, *, at: datetime) -> bool:
    case, standing = row.case, Callback.objects.filter(pk=row.pk, opened_at=None)
    with transaction.atomic():
        moving.lock(case)
        case.refresh_from_db(fields=["state"])
        if not has_the_word(row):
            standing.delete()
            _plan_again(row)
            return False
        later = _not_before(row)
        if later is not None and later > at:
            standing.update(due_at=later)
            return False
        author = case.question.author
        has_letter = author is not None and author.is_active and proven_address(author) != ""
        if not standing.update(opened_at=at, next_at=at if has_letter else None):
            return False
        data = {"question": case.question_id, "round": row.round, "day": row.day}
        if row.lead is not None:
            data["lead"] = row.lead.question_id
        record("case.call_back", subject=row, actor=None, at=at, data=data)
    return True


def _plan_again(row: Callback) -> None:
    """A merged one that was never asked gets a new pair, should it be time again."""
    asked = Callback.objects.filter(case=row.case, lead=row.lead, opened_at__isnull=False)
    if row.lead_id is not None and not asked.exists():
        note_unasked(row.case)
        # Its lead may have been answered in this moment, and looked at already.
        counts.leave(MERGED, [row.case.question_id])


def _not_before(row: Callback) -> datetime | None:
    """Something is promised to the lead: those that hang on it aren't asked before its day.

    Looked at here and not by whoever promises, for that would write beside the lead's lock.
    """
    if row.lead is None or row.lead.state != State.PROMISED:
        return None
    promised = row.lead.promises.filter(state=PromiseState.OPEN).aggregate(last=Max("due_on"))
    last = promised["last"]
    return end_of_day(last) + timedelta(days=row.day) if last is not None else None


def call_back(
    *,
    callback: Callback,
    by: Viewer,
    channel: Channel,
    at: datetime,
    solved: bool | None = None,
    satisfied: int | None = None,
    missing: str = "",
) -> None:
    """The asker says what came of it; each thing once, in one go or one after another.

    Solved or not is said of the question too: not solved opens it again. Of a nameless
    asker the day alone is kept. Raises UnableToMove.
    """
    case, question = callback.case, callback.case.question
    if not may_mark(by, question):
        raise UnableToMove(_("只有提问者自己能说。"))
    with transaction.atomic():
        moving.lock(case)
        case.refresh_from_db(fields=["state"])
        question.refresh_from_db(fields=["outcome"])
        row = queries.current(case, at=at)
        if row is None or row.pk != callback.pk:
            raise UnableToMove(_("这次回访已经过去了。解决没有，在提问那一页随时能说。"))
        said: dict[str, Any] = {"solved": solved, "satisfied": satisfied, "missing": missing}
        news = {
            name: value
            for name, value in said.items()
            if value not in (None, "") and getattr(row, name) in (None, "")
        }
        if not news:
            return
        data = {"question": question.pk, "day": row.day, "said": sorted(news)}
        if "missing" in news:
            row.missing, row.salt = missing, new_salt()
            data[SAID] = row.commitment()
            news["salt"] = row.salt
        _write(row, news, channel=channel, at=at)
        if "solved" in news:
            _mark(case, question, solved=bool(solved), by=by, at=at)
        record(
            "case.called_back",
            subject=row,
            actor=None if question.is_nameless else by.person,
            at=_said_at(question, at),
            data=data,
        )
    callback.refresh_from_db()


def _write(row: Callback, news: dict[str, Any], *, channel: Channel, at: datetime) -> None:
    Callback.objects.filter(pk=row.pk).update(
        **news,
        answered_at=row.answered_at or _said_at(row.case.question, at),
        channel=row.channel or channel,
        next_at=None,
    )


def _said_at(question: Question, at: datetime) -> datetime:
    """The minute at which somebody came back in private would lead to them."""
    return start_of_day(at) if question.is_nameless else at


def _mark(case: Case, question: Question, *, solved: bool, by: Viewer, at: datetime) -> None:
    """What is said of the question by it; saying "not solved" anew opens it anew."""
    waits = case.state in WAITING
    marks = [Outcome.SOLVED] if solved else [Outcome.UNSOLVED]
    if not solved and question.outcome != Outcome.OPEN and not waits:
        marks.insert(0, Outcome.OPEN)
    try:
        for mark in marks:
            questions.mark_outcome(question=question, outcome=mark, by=by, at=at)
    except questions.UnableToMark as problem:
        raise UnableToMove(str(problem)) from None


def note_outcome(*, case: Case, outcome: Outcome, at: datetime) -> None:
    """Said on the question's own page: it answers what is asked, too."""
    row = queries.current(case, at=at)
    if row is None or row.solved is not None or outcome == Outcome.OPEN:
        return
    channel = Channel.RECEIPT if case.question.is_nameless else Channel.PAGE
    row.case = case
    _write(row, {"solved": outcome == Outcome.SOLVED}, channel=channel, at=at)


def drop_of_lead(cases: Sequence[Case]) -> None:
    """They don't hang on what they hung on any more: of its answer nobody is asked anew."""
    Callback.objects.filter(case__in=cases, lead__isnull=False, opened_at=None).delete()


def forget(*, questions: Sequence[int]) -> None:
    """Their words are gone: nothing more is asked, and what was missed goes with them."""
    rows = Callback.objects.filter(case__question__in=questions)
    rows.filter(opened_at=None).delete()
    rows.update(missing="", salt="", token_digest=None, next_at=None)


def erase_missing(leavers: Sequence[Leaver], *, at: datetime) -> None:
    people = [leaver.pk for leaver in leavers]
    rows = Callback.objects.filter(case__question__author__in=people)
    rows.update(missing="", salt="", token_digest=None, next_at=None)
