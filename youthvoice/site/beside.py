"""What pages that mix apps ask of questions, besides what every app may ask."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, QuerySet, Value, When

from youthvoice.kit.paging import Page, by_time, narrowed, page
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import all_regions
from youthvoice.people.models import User
from youthvoice.questions.choices import Kind, Origin
from youthvoice.questions.models import Answer, Follow, Picture, Question, Useful
from youthvoice.questions.queries import in_rows
from youthvoice.readymade.prepared import prepared


@prepared()
def latest_echoed(*, most: int) -> QuerySet[Question]:
    """The questions whose first answer came last."""
    rows = Question.objects.visible_to(None).listed().filter(origin=Origin.LOCAL)
    rows = rows.filter(first_answered_at__isnull=False)
    return in_rows(rows).order_by("-first_answered_at", "-pk")[:most]


@prepared()
def longest_waiting(*, most: int) -> QuerySet[Question]:
    return in_rows(Question.objects.visible_to(None).waiting()).order_by("asked_at", "pk")[:most]


def related(question: Question, *, most: int) -> list[Question]:
    """Others of the same field and, where it has one, the same region; the newest first."""
    region = {"region": question.region_id} if question.region_id else {}
    alike = {"origin": question.origin, "field": question.field, **region}
    return _related(question=question.pk, most=most, **alike)


@prepared("question", "origin", "field", "region")
def _related(
    *, question: int, origin: str, field: str, region: str = "", most: int
) -> QuerySet[Question]:
    rows = Question.objects.visible_to(None).listed().filter(origin=origin)
    by = {**({"region": [region]} if region else {}), "field": [field], "kind": Kind.values}
    found = narrowed(rows.exclude(pk=question), by, key=by_time("asked_at"), size=most)
    return in_rows(found).order_by("-asked_at", "-pk")[:most]


@prepared("question")
def pictures_of(question: int) -> QuerySet[Picture]:
    return Picture.objects.filter(question_id=question)


def bodies_answers(question: Question, *, most: int) -> list[Answer]:
    """What organisations answered: the accepted first, then as they came. One query."""
    rows = Answer.objects.filter(question=question, deleted_at=None)
    rows = rows.exclude(organisation=None).select_related("author", "organisation__region")
    accepted_first = Case(When(accepted_at=None, then=Value(1)), default=Value(0))
    return list(rows.order_by(accepted_first, "created_at", "pk")[:most])


def follows(person: User | None, question: Question) -> bool:
    return person is not None and bool(_follows(person=person.pk, question=question.pk))


@prepared("person", "question")
def _follows(person: int, question: int) -> QuerySet[Any]:
    return Follow.objects.filter(person_id=person, question_id=question).values_list("pk")[:1]


def found_useful(person: User | None, answers: Iterable[Answer]) -> set[int]:
    """Which of the answers the person has marked."""
    if person is None:
        return set()
    return set(_useful(person=person.pk, answers=[answer.pk for answer in answers]))


@prepared("person", "answers")
def _useful(person: int, answers: list[int]) -> QuerySet[Any]:
    rows = Useful.objects.filter(person_id=person, answer_id__in=answers)
    return rows.values_list("answer_id", flat=True)


def public_answers(organisation: Organisation) -> QuerySet[Answer]:
    """What an organisation has answered, under questions that everybody may know of."""
    return Answer.objects.filter(
        organisation=organisation,
        deleted_at=None,
        question__deleted_at=None,
        question__withheld_at=None,
    )


def answered_by_organisation(organisation: Organisation, *, after: str) -> Page[Answer]:
    rows = public_answers(organisation).select_related("question__region", "author", "organisation")
    return page(rows, key=by_time("created_at"), after=after)


_REGION: Any = Question._meta.get_field("region")


def with_regions(questions: Iterable[Question]) -> None:
    """Gives each its region, as everybody's memory has it. No query but for a new one."""
    regions = all_regions()
    for question in questions:
        if (region := regions.get(question.region_id or "")) or question.region_id is None:
            _REGION.set_cached_value(question, region)
