"""Promises as everybody reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from youthvoice.cases.choices import LaneKind
from youthvoice.cases.models import Case, Lane
from youthvoice.kit.paging import Key, Page, by_time, page
from youthvoice.orgs.models import Organisation
from youthvoice.promises.choices import PromiseState
from youthvoice.promises.models import Promise
from youthvoice.questions.models import Answer
from youthvoice.readymade.prepared import prepared


class Narrowed(TextChoices):
    """The lists of promises."""

    ALL = "all", gettext_lazy("全部")
    OPEN = "open", gettext_lazy("还没到期")
    OVERDUE = "overdue", gettext_lazy("已过期")
    KEPT = "kept", gettext_lazy("已兑现")
    BROKEN = "broken", gettext_lazy("没有兑现")


_BY_DAY = Key("due_on", False, date.isoformat, date.fromisoformat)
_KEYS: dict[Narrowed, Key] = {
    Narrowed.ALL: by_time("made_at"),
    Narrowed.OPEN: _BY_DAY,
    Narrowed.OVERDUE: _BY_DAY,
    Narrowed.KEPT: by_time("decided_at"),
    Narrowed.BROKEN: by_time("decided_at"),
}


@dataclass(frozen=True)
class Shown:
    promise: Promise
    #: A code of Narrowed, but for `all`.
    state: Narrowed
    #: How it stands, in words.
    words: str


def shown(promise: Promise, *, today: date) -> Shown:
    days = (promise.due_on - today).days
    if promise.state == PromiseState.KEPT:
        return Shown(promise, Narrowed.KEPT, _("已兑现"))
    if promise.state == PromiseState.BROKEN:
        return Shown(promise, Narrowed.BROKEN, _("没有兑现"))
    if days < 0:
        return Shown(promise, Narrowed.OVERDUE, _("已过期 %d 天") % -days)
    words = _("还有 %d 天") % days if days else _("今天到期")
    return Shown(promise, Narrowed.OPEN, words)


def add_promises(answers: Iterable[Answer], *, today: date) -> None:
    """Give each answer its `shown_promise`, or None. One query, none without bodies' answers."""
    answers = list(answers)
    signed = [answer.pk for answer in answers if answer.organisation_id is not None]
    found = {row.answer_id: row for row in _made_in(answers=signed)}
    for answer in answers:
        row = found.get(answer.pk)
        answer.shown_promise = shown(row, today=today) if row else None  # type: ignore[attr-defined]


@prepared("answers")
def _made_in(answers: list[int]) -> QuerySet[Promise]:
    return Promise.objects.filter(answer_id__in=answers)


def promises(
    *, show: Narrowed, organisation: Organisation | None, after: str, at: datetime
) -> Page[Promise]:
    """One page of the public list; what is not in public view isn't in it. One query."""
    today = timezone.localdate(at)
    rows = Promise.objects.filter(
        answer__question__deleted_at=None,
        answer__question__withheld_at=None,
        answer__hidden_reason="",
    )
    if show == Narrowed.OPEN:
        rows = rows.filter(state=PromiseState.OPEN, due_on__gte=today)
    elif show == Narrowed.OVERDUE:
        rows = rows.filter(state=PromiseState.OPEN, due_on__lt=today)
    elif show != Narrowed.ALL:
        rows = rows.filter(state=show.value)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    rows = rows.select_related("answer__question", "organisation")
    return page(rows, key=_KEYS[show], after=after)


def first_open(case: Case) -> Promise | None:
    """What is to be kept next."""
    found: Promise | None = _open_of.first(case=case.pk)
    return found


@prepared("case")
def _open_of(case: int) -> QuerySet[Promise]:
    return Promise.objects.filter(case=case, state=PromiseState.OPEN).order_by("due_on", "pk")


def with_a_lane(case_id: int, organisations: Iterable[int]) -> set[int]:
    """Those of these bodies that have a lane in the case. One query."""
    lanes = Lane.objects.filter(case=case_id, holder__in=list(organisations))
    lanes = lanes.exclude(kind=LaneKind.PEER)
    return set(lanes.values_list("holder", flat=True))
