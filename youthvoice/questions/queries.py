"""Reading questions and what hangs on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from youthvoice.counts import queries as counts
from youthvoice.kit import paging
from youthvoice.kit.paging import Key, Page, by_number, by_time, page
from youthvoice.orgs.queries import all_regions, region_and_below
from youthvoice.people.models import User
from youthvoice.questions import above
from youthvoice.questions.choices import (
    ANSWERS_IN_ORDER,
    Field,
    Kind,
    Origin,
    Outcome,
    TallyName,
)
from youthvoice.questions.models import (
    Answer,
    Comment,
    Follow,
    Picture,
    Question,
    Revision,
    Tally,
)
from youthvoice.questions.policy import Viewer
from youthvoice.reads import queries as reads_queries
from youthvoice.readymade.prepared import prepared

#: How reads name a question: this, and its number.
READS = "question:"
#: The median looks at questions first answered in the last so many days.
MEDIAN_DAYS = 90
#: Comments of a page under a question, and under an answer.
COMMENTS_SHOWN = 30
ANSWERS_A_PAGE = 30
_NEWEST = by_time("asked_at")

#: The lists of the home page: which questions, in which order.
LISTS: dict[str, Key] = {
    "new": _NEWEST,
    "hot": by_number("hot"),
    "waiting": by_time("asked_at", descending=False),
    "solved": by_time("outcome_at"),
}


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; an empty string is no limit."""

    field: str = ""
    region: str = ""
    kind: str = ""

    @classmethod
    def of(cls, given: "dict[str, str]") -> "Filters":
        """From a query string; what is not a known code is left out."""
        field, kind, region = (given.get(name, "") for name in ("field", "kind", "region"))
        return cls(
            field=field if field in Field.values else "",
            kind=kind if kind in Kind.values else "",
            region=region if region_and_below(region) else "",
        )


def shown(questions: QuerySet[Question]) -> QuerySet[Question]:
    """With what a row in a list needs."""
    return questions.select_related("region", "author", *above.beside)


def in_rows(questions: QuerySet[Question]) -> QuerySet[Question]:
    """With what a row in a list shows, and no more: neither its words nor who asked. Its region
    comes from memory (`site.beside`)."""
    return questions.select_related(*above.beside).defer("text", "salt", *_UNSHOWN)


#: Columns that only acts look at.
_UNSHOWN = ("key_hash", "import_code", "edited_at", "hot", "comment_count", "useful_count")


def of_question() -> list[str]:
    """The same for what hangs on a question."""
    return [f"question__{name}" for name in ("region", "author", *above.beside)]


def listed(*, show: str, filters: Filters, after: str) -> Page[Question]:
    """One page of a list of LISTS, as everybody sees it; one query."""
    key, given = LISTS[show], {"_field": filters.field, "_kind": filters.kind}
    region = all_regions().get(filters.region)
    is_placed = region is not None and region.parent_id is None
    if region and not is_placed:
        given |= {f"_region{n}": code for n, code in enumerate(region_and_below(region.pk))}
    behind = dict(zip(("_value", "_number"), paging.start(key, after) or (), strict=False))
    some = {name: value for name, value in given.items() if value}
    rows = _listed(show=show, is_placed=is_placed, **some, **behind)
    return paging.cut(rows, key, paging.PAGE_SIZE)


def _of_list(show: str) -> QuerySet[Question]:
    rows = Question.objects.visible_to(None).listed()
    if show == "waiting":
        rows = rows.waiting()
    elif show == "solved":
        rows = rows.filter(outcome=Outcome.SOLVED, outcome_at__isnull=False)
    return rows


@prepared()
def _listed(*, show: str, is_placed: bool, **given: Any) -> QuerySet[Question]:
    """The page's rows; `is_placed`: those that name any place."""
    key, behind = LISTS[show], (given["_value"], given["_number"]) if "_value" in given else None
    rows = _of_list(show)
    rows = rows.filter(region__isnull=False) if is_placed else rows
    by: dict[str, Sequence[Any]] = {}
    if regions := [value for name, value in given.items() if name.startswith("_region")]:
        by["region"] = regions
    if "_field" in given or "_kind" in given:
        by["field"] = [given["_field"]] if "_field" in given else Field.values
        by["kind"] = [given["_kind"]] if "_kind" in given else Kind.values
    rows = paging.narrowed(rows, by, key=key, behind=behind) if by else rows
    return paging.ordered(in_rows(rows), key, behind)[: paging.PAGE_SIZE + 1]


def name_for_reads(question: Question) -> str:
    return f"{READS}{question.pk}"


def add_reads(questions: list[Question]) -> None:
    """Give each question its `reads`. One query, none for an empty list."""
    if not questions:
        return
    totals = reads_queries.totals(map(name_for_reads, questions))
    for question in questions:
        question.reads = totals.get(name_for_reads(question), 0)  # type: ignore[attr-defined]


def site_numbers() -> counts.Kept | None:
    """What is kept for the front page: the median and the doors. One query."""
    return counts.kept("first", "waiting", "asked")


def tallies() -> dict[str, int]:
    kept = dict(_tallies())
    return {name: kept.get(name, 0) for name in TallyName.values}


@prepared()
def _tallies() -> QuerySet[Any]:
    return Tally.objects.values_list("name", "value")


def median_first_answer_seconds(*, at: datetime, kept: counts.Kept | None) -> int | None:
    """The middle wait for a first answer (the lower one of two) of the last MEDIAN_DAYS days.

    What is kept is as fine as what is shown (`site.counting.fineness`).
    """
    if kept is not None:
        return kept["first"][0] if "first" in kept else None
    since = at - timedelta(days=MEDIAN_DAYS)
    rows = Question.objects.listed().filter(origin=Origin.LOCAL, first_answered_at__gte=since)
    count = rows.count()
    if not count:
        return None
    seconds = rows.order_by("first_answer_seconds").values_list("first_answer_seconds", flat=True)
    return seconds[(count - 1) // 2]


_RANK = Case(
    *(When(kind__in=kinds, then=Value(rank)) for rank, kinds in enumerate(ANSWERS_IN_ORDER)),
    default=Value(len(ANSWERS_IN_ORDER)),
)


def _read_rank(text: str) -> int:
    if text not in map(str, range(len(ANSWERS_IN_ORDER) + 1)):
        raise ValueError("no answer has such a rank")
    return int(text)


#: Within a rank by number, which is as they came.
_BY_RANK = Key("rank", False, str, _read_rank)


#: A comment, then the replies to it, each as they came: numbers only grow.
_BY_THREAD = Key("thread", False, str, int)
_COMMENTS: dict[str, Any] = {"key": _BY_THREAD, "size": COMMENTS_SHOWN}


@dataclass(frozen=True)
class AnswerPage:
    answers: list[Answer]
    next_after: str


def answers_of(
    question: Question, *, after: str = "", of: str = "", comments: str = ""
) -> AnswerPage:
    """The accepted answers first, then the rest by ANSWERS_IN_ORDER and as they came, each
    with its first comments.

    The first page holds all accepted ones besides the page of others. Of the answer numbered `of`
    the comments begin behind `comments`. Up to four queries.
    """
    rest = _others.page(key=_BY_RANK, after=after, size=ANSWERS_A_PAGE, question=question.pk)
    answers = ([] if after else _accepted(question=question.pk)) + rest.items
    _add_comments(answers, of=of, after=comments)
    return AnswerPage(answers, rest.next_after)


@prepared("question")
def _others(question: int) -> QuerySet[Answer]:
    rows = Answer.objects.filter(question_id=question, accepted_at=None).annotate(rank=_RANK)
    return rows.select_related("author", "organisation__region")


@prepared("question")
def _accepted(question: int) -> QuerySet[Answer]:
    rows = Answer.objects.filter(question_id=question).exclude(accepted_at=None)
    rows = rows.select_related("author", "organisation__region")
    return rows.order_by("accepted_at", "pk")[:ANSWERS_A_PAGE]


def _add_comments(answers: list[Answer], *, of: str, after: str) -> None:
    """The first comments of each answer, and where the next ones begin."""
    shown: dict[int, list[Comment]] = {answer.pk: [] for answer in answers}
    for comment in _first_comments(answers=list(shown)):
        shown[comment.answer_id or 0].append(comment)
    for answer in answers:
        first = Page(shown[answer.pk][:COMMENTS_SHOWN], "")
        if len(shown[answer.pk]) > COMMENTS_SHOWN:
            last = first.items[-1]
            first = Page(first.items, f"{last.thread}~{last.pk}")
        if after and str(answer.pk) == of:
            first = _comments_below.page(**_COMMENTS, after=after, answer=answer.pk)
        answer.shown_comments = first.items  # type: ignore[attr-defined]
        answer.next_comments = first.next_after  # type: ignore[attr-defined]


@prepared("answers")
def _first_comments(answers: list[int]) -> QuerySet[Comment]:
    nth = Window(RowNumber(), partition_by=F("answer"), order_by=["thread", "pk"])
    rows = Comment.objects.filter(answer_id__in=answers).annotate(nth=nth)
    return _with_writers(rows.filter(nth__lte=COMMENTS_SHOWN + 1)).order_by("thread", "pk")


@prepared("answer")
def _comments_below(answer: int) -> QuerySet[Comment]:
    return _with_writers(Comment.objects.filter(answer_id=answer))


def comments_of(question: Question, *, after: str = "") -> Page[Comment]:
    """The comments under the question itself."""
    return _comments_under.page(**_COMMENTS, after=after, question=question.pk)


@prepared("question")
def _comments_under(question: int) -> QuerySet[Comment]:
    return _with_writers(Comment.objects.filter(question_id=question, answer=None))


def _with_writers(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    return rows.select_related("author", "organisation", "to__author", "to__organisation")


def address_of(comment: Comment) -> str:
    """Where a comment can be read: on the first page of its place, else on one that begins with
    its thread. One query."""
    rows = Comment.objects.filter(question=comment.question_id, answer=comment.answer_id)
    before = rows.filter(Q(thread__lt=comment.thread) | Q(thread=comment.thread, pk__lt=comment.pk))
    if before.count() < COMMENTS_SHOWN:
        return comment.get_absolute_url()
    of = f"of={comment.answer_id}&" if comment.answer_id else ""
    start = f"?{of}comments={comment.thread - 1}~{2**62}"
    return comment.get_absolute_url().replace("#", f"{start}#")


def said_of(question: Question) -> dict[str, object]:
    """For whoever is about to say something: what its page begins with. Up to five queries, and
    those of floors above."""
    page, comments = answers_of(question), comments_of(question)
    more = [told for tell in above.said for told in tell(question, page.answers).items()]
    return {
        **dict(more),
        "answers": page.answers,
        "comments": comments.items,
        "more_said": bool(page.next_after or comments.next_after),
    }


def picture_of(name: str, viewer: Viewer) -> Picture | None:
    """One query, whether it isn't there or isn't theirs to know of."""
    known = Question.objects.visible_to(viewer.user, viewer.opened)
    rows = Picture.objects.filter(Exists(known.filter(pk=OuterRef("question"))), name=name)
    return rows.select_related("question").first()


def opened(numbers: Iterable[int]) -> list[Question]:
    """The questions of these numbers, the newest first: those whose receipts a browser has open.

    One query, none without numbers. Their words are for whoever calls to guard.
    """
    wanted = list(numbers)
    return list(Question.objects.filter(pk__in=wanted).order_by("-pk")) if wanted else []


def asked_by(
    person: User, *, after: str, beside: Sequence[str] = (), behind: Sequence[str] = ()
) -> Page[Question]:
    """Under one's own name only: nothing else leads back to a person.

    With those that are withheld or hidden: their asker must not think them lost. `beside` and
    `behind` name what a floor above shows of each: to be joined, and to be fetched after.
    """
    rows = Question.objects.filter(author=person)
    standing = shown(rows.filter(Q(deleted_at=None) | ~Q(hidden_reason="")))
    asked = standing.select_related(*beside) if beside else standing
    return page(asked.prefetch_related(*behind), key=_NEWEST, after=after)


def followed_by(person: User, *, after: str, beside: Sequence[str] = ()) -> Page[Follow]:
    """`beside` as for `asked_by`."""
    rows = Follow.objects.filter(
        person=person, question__deleted_at=None, question__withheld_at=None
    ).select_related(*of_question(), *(f"question__{name}" for name in beside))
    return page(rows, key=by_time("at"), after=after)


def answered_by(person: User, *, after: str) -> Page[Answer]:
    """But under what is withheld: who answered may not know of it any more."""
    rows = Answer.objects.filter(author=person, deleted_at=None, question__withheld_at=None)
    rows = rows.select_related(*of_question(), "organisation")
    return page(rows, key=by_time("created_at"), after=after)


def revisions_of(target: Question | Answer) -> list[Revision]:
    """What it said before, the latest first."""
    return list(target.revisions.order_by("-at", "-pk")[:100])
