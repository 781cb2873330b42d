"""The public ledger: every hop, to whom, when, due when, and what came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from youthvoice.cases.choices import HopState, LaneState
from youthvoice.cases.models import Hop
from youthvoice.counts import queries as counts
from youthvoice.kit.paging import PAGE_SIZE, Page, by_time, page
from youthvoice.orgs.models import Organisation
from youthvoice.rates.choices import Listed
from youthvoice.rates.models import Late

NEWEST = by_time("made_at")
#: As many bodies stand in the summary; the table for machines has all.
BODIES_MOST = 20
_CHUNK = 500


def overdue(at: datetime) -> Q:
    """Open, its clock runs, and it is past what is due next: the signature, then the whole.

    The lane's clock may have been put off while the asker was asked for more.
    """
    return Q(ended_at=None, lane__stopped_at=None, lane__due_at__lt=at) & (
        Q(signed_at=None, sign_due_at__lt=at) | Q(signed_at__isnull=False, due_at__lt=at)
    )


@dataclass(frozen=True)
class Line:
    """One hop as everybody reads it. Of a question that is hidden or gone there are no words."""

    hop: Hop
    at: datetime

    @property
    def question_id(self) -> int:
        return self.hop.lane.case.question_id

    @property
    def is_public(self) -> bool:
        return self.hop.lane.case.question.deleted_at is None

    @property
    def title(self) -> str:
        return self.hop.lane.case.question.title if self.is_public else ""

    @property
    def url(self) -> str:
        return self.hop.lane.case.question.get_absolute_url() if self.is_public else ""

    @property
    def reason(self) -> str:
        return self.hop.reason if self.is_public else ""

    @property
    def return_reason(self) -> str:
        return self.hop.return_reason if self.is_public else ""

    @property
    def stands(self) -> bool:
        """Its clock stands: the asker was asked for more, or the question is put aside."""
        return self.hop.is_open and not self.hop.is_running

    @property
    def due_at(self) -> datetime:
        return self.hop.next_due_at

    @property
    def done_by(self) -> datetime:
        return self.due_at if self.hop.signed_at else self.hop.due_at

    @property
    def is_estimated(self) -> bool:
        return self.hop.next_is_estimated

    @property
    def done_is_estimated(self) -> bool:
        return self.is_estimated if self.hop.signed_at else self.hop.is_estimated

    @property
    def late_seconds(self) -> int:
        """How long it is past its time, or was when it came back; 0 if it isn't."""
        if self.stands or self.hop.state == HopState.WITHDRAWN:
            return 0
        end = self.at if self.hop.is_open else self.hop.ended_at or self.at
        return max(int((end - self.due_at).total_seconds()), 0)

    @property
    def words(self) -> str:
        """What came back."""
        if self.stands:
            is_paused = self.hop.lane.state == LaneState.PAUSED
            return _("在等提问者补充，时间停着") if is_paused else _("先放着，时间停着")
        return str(
            {
                HopState.OPEN: _("等签收"),
                HopState.SIGNED: _("签收了，在办"),
                HopState.ANSWERED: _("已回复"),
                HopState.RETURNED: _("退回了"),
                HopState.PASSED: _("又转走了"),
                HopState.WITHDRAWN: _("收回了"),
            }[HopState(self.hop.state)]
        )


def hops() -> QuerySet[Hop]:
    """What is withheld because somebody may be in danger is in no statistic at all."""
    return Hop.objects.filter(lane__case__question__withheld_at=None)


def _rows() -> QuerySet[Hop]:
    return hops().select_related("lane__case__question", "sender", "receiver")


def _narrowed(show: Listed, body: Organisation | None, at: datetime) -> QuerySet[Hop]:
    rows = _rows()
    if body is not None:
        rows = rows.filter(receiver=body)
    if show == Listed.OPEN:
        return rows.filter(ended_at=None)
    if show == Listed.OVERDUE:
        return rows.filter(overdue(at))
    if show == Listed.RETURNED:
        return rows.filter(state=HopState.RETURNED)
    return rows


def _late(body: Organisation | None) -> QuerySet[Late]:
    rows = Late.objects.select_related("hop__lane__case__question", "hop__sender", "hop__receiver")
    return rows if body is None else rows.filter(receiver=body)


def _is_late(hop: Hop, at: datetime) -> bool:
    """As `overdue` and `hops` say it. Asked by the database, PostgreSQL would take it for rare
    among what is kept, and read all of that."""
    is_shown = hop.lane.case.question.withheld_at is None
    return is_shown and hop.is_running and hop.next_due_at < at


def ledger(
    *, show: Listed, body: Organisation | None, at: datetime, after: str = "", size: int = PAGE_SIZE
) -> tuple[list[Line], str]:
    """One page, newest first, and the `after` of the next one. Two queries at most.

    What is overdue is read of what is kept: without what fell due in the last seconds, and
    shorter by what came back in them.
    """
    if show == Listed.OVERDUE and counts.kept() is not None:
        late: Page[Late] = page(_late(body), key=NEWEST, after=after, size=size)
        standing = [one.hop for one in late.items if _is_late(one.hop, at)]
        return [Line(hop, at) for hop in standing], late.next_after
    found: Page[Hop] = page(_narrowed(show, body, at), key=NEWEST, after=after, size=size)
    return [Line(hop, at) for hop in found.items], found.next_after


def every_line(*, at: datetime) -> Iterator[Line]:
    """All of it, oldest first, a chunk a query: however long it is, it is never in memory."""
    last = 0
    while chunk := list(_rows().filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        yield from (Line(hop, at) for hop in chunk)
        last = chunk[-1].pk


@dataclass(frozen=True)
class Body:
    """What was asked of one body, and what came back."""

    slug: str
    name: str
    is_active: bool
    asked: int
    open: int
    overdue: int
    returned: int
    in_time: int
    late: int


#: In the order of `Body`.
_COUNTS = ("asked", "open", "overdue", "returned", "in_time", "late")


def bodies(*, at: datetime) -> list[Body]:
    """Those with the most overdue first, BODIES_MOST at most. Two queries."""
    kept = counts.kept("hops")
    lines = _counted(at) if kept is None else kept["hops"][0] if "hops" in kept else []
    rows = Organisation.objects.in_bulk([pk for pk, *_counts in lines])
    return [
        Body(rows[pk].slug, rows[pk].short_name, rows[pk].is_active, *many) for pk, *many in lines
    ]


def best(sums: dict[str, int]) -> list[list[int]]:
    """The lines of the summary, of what all hops count for: each body's number and counts."""
    bodies = {int(key.partition(":")[0]) for key in sums}
    lines = [[pk, *(sums.get(f"{pk}:{what}", 0) for what in _COUNTS)] for pk in bodies]
    return sorted(lines, key=lambda line: (-line[3], -line[2], -line[1], line[0]))[:BODIES_MOST]


def _counted(at: datetime) -> list[list[int]]:
    answered = Q(state=HopState.ANSWERED)
    rows = (
        hops()
        .values("receiver")
        .annotate(
            asked=Count("pk"),
            open=Count("pk", filter=Q(ended_at=None)),
            overdue=Count("pk", filter=overdue(at)),
            returned=Count("pk", filter=Q(state=HopState.RETURNED)),
            in_time=Count("pk", filter=answered & Q(ended_at__lte=F("due_at"))),
            late=Count("pk", filter=answered & Q(ended_at__gt=F("due_at"))),
        )
    )
    told = rows.values_list("receiver", *_COUNTS)
    return best(
        {
            f"{body}:{what}": times
            for body, *many in told
            for what, times in zip(_COUNTS, many, strict=True)
        }
    )


def body_of(slug: str) -> Organisation | None:
    """Also one that is no longer in use: the ledger forgets nothing."""
    return Organisation.objects.filter(slug=slug).first()
