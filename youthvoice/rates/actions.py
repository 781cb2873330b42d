"""Leaving a question out of the rates: one proposes it, another further up confirms it. And
which hops the ledger lists as overdue."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from youthvoice.cases.actions import moving
from youthvoice.cases.models import Case
from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID
from youthvoice.people.models import User
from youthvoice.rates import policy
from youthvoice.rates.models import Exclusion, Late
from youthvoice.rates.queries import ledger


class UnableToExclude(Exception):
    """What was asked can't be done; its words are for the person who asked."""


def propose_exclusion(*, case: Case, reason: str, by: User, at: datetime) -> Exclusion:
    """Ask for it; nothing is left out yet. Raises UnableToExclude."""
    if not policy.may_propose_exclusion(by, case):
        raise UnableToExclude(_("只有承办组织带班的人能提出。"))
    try:
        with transaction.atomic():
            moving.lock(case)
            made = Exclusion.objects.create(case=case, reason=reason, asked_by=by, asked_at=at)
            _record("case.exclusion_asked", made, by=by, at=at, **{SAID: made.commitment()})
    except IntegrityError:
        raise UnableToExclude(_("这个提问已经有人提出过了，请刷新再看。")) from None
    return made


def confirm_exclusion(*, exclusion: Exclusion, by: User, at: datetime) -> None:
    """From now on the rates leave it out, and everybody reads why. Raises UnableToExclude."""
    if not policy.may_confirm_exclusion(by, exclusion):
        raise UnableToExclude(_("要由上级团组织的另一位带班的人来确认。"))
    with transaction.atomic():
        moving.lock(exclusion.case)
        seen = Exclusion.objects.filter(pk=exclusion.pk, confirmed_at=None, ended_at=None)
        if not seen.update(confirmed_by=by, confirmed_at=at):
            raise UnableToExclude(_("刚刚有人先处理了，请刷新再看。"))
        exclusion.refresh_from_db()
        _record("case.excluded", exclusion, by=by, at=at)


def end_exclusion(*, exclusion: Exclusion, by: User, at: datetime) -> None:
    """Take it back, or refuse it: the question counts. Raises UnableToExclude."""
    if not policy.may_end_exclusion(by, exclusion):
        raise UnableToExclude(_("这件事不由你来定。"))
    with transaction.atomic():
        moving.lock(exclusion.case)
        seen = Exclusion.objects.filter(pk=exclusion.pk, ended_at=None)
        if not seen.update(ended_at=at):
            raise UnableToExclude(_("刚刚有人先处理了，请刷新再看。"))
        exclusion.refresh_from_db()
        _record("case.exclusion_ended", exclusion, by=by, at=at)


def _record(verb: str, exclusion: Exclusion, *, by: User, at: datetime, **also: str) -> None:
    data = {"question": exclusion.case.question_id, "holder": exclusion.case.holder_id, **also}
    record(verb, subject=exclusion, actor=by, at=at, data=data)


def keep_late(questions: Collection[int], *, at: datetime) -> None:
    """Which hops of these questions are overdue; each falls due when its share ends."""
    rows = ledger.hops().filter(ledger.overdue(at), lane__case__question__in=questions)
    told = ("pk", "lane__case__question", "receiver", "made_at")
    late = {pk: rest for pk, *rest in rows.values_list(*told)}
    before = set(Late.objects.filter(question__in=questions).values_list("pk", flat=True))
    Late.objects.filter(pk__in=before - late.keys()).delete()
    Late.objects.bulk_create(
        Late(hop_id=pk, question=question, receiver_id=receiver, made_at=made_at)
        for pk, (question, receiver, made_at) in late.items()
        if pk not in before
    )
