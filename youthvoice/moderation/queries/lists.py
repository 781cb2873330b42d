"""Reading what was reported: the judges' queue, and what somebody is told of their own."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.paging import Page, by_time, page
from youthvoice.moderation.choices import JUDGES, AppealState, HideReason, State
from youthvoice.moderation.models import Appeal, Item, Report, mark_of
from youthvoice.orgs.choices import Role
from youthvoice.orgs.queries import memberships_of
from youthvoice.people.models import User
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.readymade.prepared import prepared

#: What a writer is told of.
TOLD = (State.HIDDEN, State.UNDONE, State.RESTORED)
_TOLD_MOST = 20
REPORTS_SHOWN = 50
#: The lists of the judges' page.
LISTS = {"open": _("待处理"), "appeals": _("申诉"), "done": _("处理过的")}
_WORDS = (
    "question__case__holder",
    "question__author",
    "question__region",
    "answer__organisation",
    "answer__author",
    "comment__answer__organisation",
    "comment__author",
    "comment__organisation",
    "desk",
    "decided_for",
    "decided_by",
    "appeal",
)


def with_words(rows: QuerySet[Item]) -> QuerySet[Item]:
    """With all that is needed to show the words and to say who may judge them."""
    return rows.select_related(*_WORDS)


@dataclass(frozen=True)
class Desks:
    """For which organisations somebody judges, and whether for the whole house."""

    organisations: tuple[int, ...]
    is_operator: bool


def desks_of(user: User) -> Desks:
    rows = memberships_of(user)
    return Desks(
        tuple({m.organisation_id for m in rows if m.role in JUDGES}),
        any(m.role == Role.OPERATOR for m in rows),
    )


def acts_for(user: User, desk: int | None) -> int | None:
    """In whose name somebody decides: the desk's, or where they are an operator."""
    rows = memberships_of(user)
    if desk is not None and any(m.organisation_id == desk and m.role in JUDGES for m in rows):
        return desk
    return next((m.organisation_id for m in rows if m.role == Role.OPERATOR), None)


def seen_by(user: User) -> QuerySet[Item]:
    """The items that a judge may know of: those of their desks, or all for an operator."""
    rows = Item.objects.filter(_known(user, "question"))
    desks = desks_of(user)
    if desks.is_operator:
        return rows
    mine = desks.organisations
    own = Q(desk__in=mine) | Q(decided_for__in=mine) | Q(appeal__desk__in=mine)
    return rows.filter(own)


def _known(user: User, question: str) -> Exists:
    """Looked at for each; with `__in` SQLite would go through all questions there are."""
    return Exists(Question.objects.visible_to(user).filter(pk=OuterRef(question)))


def _appeals_of(user: User, desks: Desks) -> QuerySet[Appeal]:
    rows = Appeal.objects.filter(_known(user, "item__question"), state=AppealState.OPEN)
    return rows if desks.is_operator else rows.filter(desk__in=desks.organisations)


def queue(user: User, *, show: str, after: str) -> Page[Any]:
    """One page of one of LISTS, what waits longest first; items, each with its `counts`."""
    desks = desks_of(user)
    if show == "appeals":
        related = (f"item__{name}" for name in _WORDS if name != "appeal")
        rows = _appeals_of(user, desks).select_related(*related)
        found: Page[Any] = page(rows, key=by_time("made_at", descending=False), after=after)
        items = []
        for one in found.items:
            one.item.appeal = one
            items.append(one.item)
        found = Page(items, found.next_after)
    elif show == "done":
        done = with_words(seen_by(user)).exclude(decided_at=None)
        if not desks.is_operator:
            done = done.filter(decided_for__in=desks.organisations)
        found = page(done, key=by_time("decided_at"), after=after)
    else:
        waiting = with_words(seen_by(user)).filter(state=State.OPEN)
        found = page(waiting, key=by_time("opened_at", descending=False), after=after)
    _add_counts(found.items)
    return found


def _add_counts(items: list[Item]) -> None:
    rows = Report.objects.filter(item__in=[item.pk for item in items])
    counted: dict[int, list[tuple[str, int]]] = {item.pk: [] for item in items}
    for row in rows.values("item", "reason").annotate(times=Count("pk")).order_by("reason"):
        counted[row["item"]].append((str(HideReason(row["reason"]).label), row["times"]))
    for item in items:
        item.counts = counted[item.pk]  # type: ignore[attr-defined]


def waiting_count(user: User) -> int:
    """How much waits for a judge: items and appeals."""
    desks = desks_of(user)
    return seen_by(user).filter(state=State.OPEN).count() + _appeals_of(user, desks).count()


def find(user: User, pk: int) -> Item | None:
    """An item that a judge may know of."""
    return with_words(seen_by(user)).filter(pk=pk).first()


def find_for_author(pk: int) -> Item | None:
    return with_words(Item.objects.filter(pk=pk, state__in=TOLD)).first()


def reports_of(item: Item) -> list[Report]:
    """Without who made them."""
    rows = item.reports.defer("mark").order_by("at", "pk")
    return list(rows[:REPORTS_SHOWN])


def told(question: Question, viewer: Viewer) -> list[Item]:
    """What became of the viewer's own words at a question. One query, for nobody none."""
    is_asker, person = viewer.is_asker(question), viewer.person
    if not is_asker and person is None:
        return []
    mine = {"person": person.pk} if person is not None else {}
    return _told(question=question.pk, is_asker=is_asker, **mine)


@prepared("question", "person")
def _told(question: int, is_asker: bool, person: int | None = None) -> QuerySet[Item]:
    mine = Q()
    if is_asker:
        mine |= Q(answer=None, comment=None) | Q(comment__is_asker=True)
    if person is not None:
        # The question itself and the asker's comments are told by who holds them, above.
        mine |= Q(author_id=person)
    rows = Item.objects.filter(mine, question_id=question, state__in=TOLD)
    rows = rows.select_related("answer", "comment", "decided_for", "appeal")
    return rows.order_by("-decided_at", "-pk")[:_TOLD_MOST]


def hidden_of(person: User, *, after: str) -> Page[Item]:
    """Under one's own name only."""
    rows = with_words(Item.objects.filter(author=person, state__in=TOLD))
    return page(rows, key=by_time("decided_at"), after=after)


def reports_by(person: User, *, after: str) -> Page[Report]:
    related = (f"item__{name}" for name in ("question", "answer", "comment"))
    rows = Report.objects.filter(mark=mark_of(person.pk)).select_related(*related)
    # What has been withheld since, they may not know of any more.
    rows = rows.filter(item__question__withheld_at=None)
    return page(rows, key=by_time("at"), after=after)
