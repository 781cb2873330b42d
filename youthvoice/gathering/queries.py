"""What is handled together, and what might be."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from youthvoice.cases.choices import State
from youthvoice.cases.models import Case
from youthvoice.cases.queries import checking
from youthvoice.gathering.choices import HANGING, LEADING, MERGEABLE
from youthvoice.gathering.likeness import GROUP_LEAST
from youthvoice.gathering.models import Group, GroupMember, Merge
from youthvoice.kit.paging import Page, by_number, by_time, page
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import region_and_below
from youthvoice.questions.models import Question
from youthvoice.readymade.prepared import prepared

#: Groups a page: each is up to likeness.GROUP_MOST questions long.
_GROUPS_A_PAGE = 10
_BEST = by_number("score")
_LATEST = by_time("at")


@dataclass(frozen=True)
class Offered:
    """A group as a desk sees it: what of it the desk's people may merge."""

    pk: int
    cases: list[Case]
    #: The one that is chosen to lead unless somebody chooses another.
    lead: Case


def groups(organisation: Organisation, *, after: str) -> Page[Group]:
    """One page of the groups of which at least two are the organisation's or wait below it.

    Each has its members in `offered`. Two queries.
    """
    mine = _open_at(organisation)
    rows = Group.objects.filter(members__in=mine).annotate(many=Count("members"))
    members = mine.select_related(
        "case__question__region", "case__question__author", "case__holder"
    )
    rows = rows.filter(many__gte=GROUP_LEAST).prefetch_related(
        Prefetch("members", members.order_by("case__question_id"), to_attr="here")
    )
    return page(rows, key=_BEST, after=after, size=_GROUPS_A_PAGE)


def offered(found: list[Group]) -> list[Offered]:
    """The groups as lists of cases; whoever most follow leads, else the first that asked."""
    shown = []
    for group in found:
        cases = [member.case for member in group.here]  # type: ignore[attr-defined]
        lead = max(cases, key=lambda case: (case.question.follow_count, -case.question_id))
        shown.append(Offered(group.pk, cases, lead))
    return shown


def _open_at(organisation: Organisation) -> QuerySet[GroupMember]:
    theirs = Q(holder=organisation)
    if organisation.kind == OrgKind.LEAGUE:
        theirs |= Q(holder__region__in=region_and_below(organisation.region_id))
    rows = Case.objects.filter(theirs, state__in=MERGEABLE)
    rows = rows.filter(question__deleted_at=None, question__withheld_at=None)
    # Looked at for each member: joined, SQLite would begin with all open cases.
    return GroupMember.objects.filter(Exists(rows.filter(pk=OuterRef("case"))))


def cases_by_number(numbers: list[int]) -> list[Case]:
    """The cases of questions, in the order of their numbers; what is unknown or out of
    public view is left out."""
    rows = Case.objects.filter(question__in=numbers, question__withheld_at=None)
    rows = rows.select_related("question__author", "holder")
    return list(rows.order_by("question_id"))


def lead_of(case: Case) -> Case | None:
    """The case that a question is handled with, while everybody may see its question."""
    if case.state not in HANGING:
        return None
    merge = _into.first(case=case.pk)
    return merge.lead if merge is not None else None


@prepared("case")
def _into(case: int) -> QuerySet[Merge]:
    rows = Merge.objects.filter(
        case_id=case, lead__question__deleted_at=None, lead__question__withheld_at=None
    )
    return rows.select_related("lead__question", "lead__holder")


def together(case: Case, *, after: str = "") -> Page[Merge]:
    """One page of what is handled together with a case: the latest first. One query."""
    return _together_with.page(key=_LATEST, after=after, case=case.pk)


def together_count(case: Case) -> int:
    return _together(case.pk).count()


def _together(case: int) -> QuerySet[Merge]:
    rows = Merge.objects.filter(lead_id=case, case__question__deleted_at=None)
    rows = rows.filter(case__question__withheld_at=None)
    return rows.select_related("case__question__region", "case__question__author", "case__holder")


_together_with = prepared("case")(_together)


def leads(organisation: Organisation, *, after: str) -> Page[Case]:
    """One page of what an organisation holds that others are handled together with."""
    rows = Case.objects.filter(holder=organisation, state__in=LEADING)
    rows = rows.filter(merged__case__state=State.MERGED)
    rows = rows.annotate(hanging=Count("merged"))
    return page(rows.select_related("question"), key=by_time("waiting_since"), after=after)


def wrongly_merged() -> Iterator[checking.Fault]:
    """For `check-cases`."""
    alone = Case.objects.filter(state=State.MERGED, merge=None)
    yield "is merged into nothing", Question.objects.filter(case__in=alone)
    for fault, merges in (
        ("is merged and handled by itself", Merge.objects.exclude(case__state__in=HANGING)),
        ("is merged into one that is merged", Merge.objects.filter(lead__merge__isnull=False)),
        (
            # The worker takes it back within seconds.
            "is merged into one that is over",
            Merge.objects.lost(),
        ),
    ):
        yield fault, Question.objects.filter(case__merge__in=merges)
