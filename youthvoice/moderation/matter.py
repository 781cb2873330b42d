"""All that decides who may judge some words: gathered once, then only looked at."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from youthvoice.moderation import criticism
from youthvoice.moderation.choices import JUDGES, LEFT_COUNTS, State
from youthvoice.moderation.criticism import Chart
from youthvoice.moderation.models import Item, Left
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.people.models import User
from youthvoice.questions.models import Answer, Comment, Hidden, Question

Words = Question | Answer | Comment


@dataclass
class Standing:
    """What somebody works as now, and where they have worked."""

    person: User
    roles: set[tuple[int, str]] = field(default_factory=set)
    works: set[int] = field(default_factory=set)
    left: dict[int, datetime] = field(default_factory=dict)

    @property
    def is_operator(self) -> bool:
        return any(role == Role.OPERATOR for _organisation, role in self.roles)

    def has_worked_in(self, organisations: set[int], *, since: datetime) -> set[int]:
        """Those of `organisations` that they work in, or have left no earlier than `since`."""
        return organisations & (self.works | {o for o, at in self.left.items() if at >= since})


def standings(people: Iterable[User]) -> dict[int, Standing]:
    """By the number of the person. Two queries, however many they are."""
    found = {person.pk: Standing(person) for person in people if person.is_active}
    rows = Membership.objects.filter(person__in=found).select_related("organisation")
    for row in rows:
        one = found[row.person_id]
        # Whoever works in one that is shut has no power by it, and is not impartial.
        one.works.add(row.organisation_id)
        if row.organisation.is_active:
            one.roles.add((row.organisation_id, row.role))
    for left in Left.objects.filter(person__in=found).order_by("at"):
        found[left.person].left[left.organisation] = left.at
    return found


@dataclass(frozen=True)
class Matter:
    """All about some words that decides who may judge them."""

    words: Words
    chart: Chart
    #: Where the question is held, and where the words wait now (None: with the operators).
    holder: int | None
    desk: int | None
    about: frozenset[int]
    #: Earlier hiding of the same words that an appeal undid: by whom, and for whom.
    overturned: frozenset[tuple[int | None, int | None]]
    named: frozenset[int] = frozenset()
    #: Marks; see models.mark_of.
    reporters: frozenset[str] = frozenset()

    @property
    def question(self) -> Question:
        return self.words if isinstance(self.words, Question) else self.words.question

    @property
    def since(self) -> datetime:
        """From when on having worked somewhere counts."""
        written = self.words.asked_at if isinstance(self.words, Question) else self.words.created_at
        return written - LEFT_COUNTS

    @property
    def judges(self) -> tuple[Role, ...]:
        """What is withheld is known to leads only."""
        return JUDGES if self.question.withheld_at is None else (Role.LEAD,)

    @property
    def text(self) -> str:
        return " ".join(text_of(self.words))


def text_of(words: Words) -> tuple[str, str]:
    """Title (empty but for questions) and text, also of what is hidden."""
    if words.hidden_reason:
        kept = Hidden.objects.filter(**{words._meta.model_name or "": words.pk}).first()
        return (kept.title, kept.text) if kept else ("", "")
    return getattr(words, "title", ""), words.text


def matter_of(words: Words, *, item: Item | None = None) -> Matter:
    """With `item`, also what was found when the words were reported."""
    question = words if isinstance(words, Question) else words.question
    holder = question.case.holder_id if hasattr(question, "case") else None
    signed = getattr(getattr(words, "answer", words), "organisation_id", None)
    chart = criticism.chart(holder, signed, item.desk_id if item else None)
    about = _about(words, question, chart, holder)
    earlier = items_of(words).filter(state=State.RESTORED)
    overturned = frozenset(earlier.values_list("decided_by", "decided_for"))
    if item is None:
        return Matter(words, chart, holder, holder, frozenset(about), overturned)
    reporters = item.reports.exclude(mark="").values_list("mark", flat=True)
    return Matter(
        words,
        chart,
        holder,
        item.desk_id,
        frozenset(about | set(item.about.values_list("pk", flat=True))),
        overturned,
        named=frozenset(item.named.values_list("pk", flat=True)),
        reporters=frozenset(reporters),
    )


def items_of(words: Words) -> QuerySet[Item]:
    if isinstance(words, Question):
        return Item.objects.filter(question=words, answer=None, comment=None)
    if isinstance(words, Answer):
        return Item.objects.filter(answer=words)
    return Item.objects.filter(comment=words)


def _about(words: Words, question: Question, chart: Chart, holder: int | None) -> set[int]:
    """Whom they criticise, as far as one can tell.

    What is said under an answer is said to those who gave it, and what is said under a
    question that names somebody may well mean them.
    """
    found = chart.named_in("\n".join(text_of(words)), holder=holder)
    under = words.answer if isinstance(words, Comment) else None
    if under is not None and under.organisation_id is not None:
        found.add(under.organisation_id)
    if not isinstance(words, Question):
        found |= chart.named_in(text_of(question)[0], holder=holder)
    return found
