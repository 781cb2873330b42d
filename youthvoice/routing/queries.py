"""Reading what was decided, and suggesting what might be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from youthvoice.cases.choices import State
from youthvoice.cases.models import Case
from youthvoice.cases.queries import NoRoute, holder_for
from youthvoice.orgs.choices import Field, Group, OrgKind
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import bodies_for
from youthvoice.questions.models import Question
from youthvoice.readymade.prepared import prepared
from youthvoice.routing.choices import Source, Target
from youthvoice.routing.features import Asked, by_rules
from youthvoice.routing.linear import Guess, Linear, whole_words
from youthvoice.routing.models import Alone, Decision, TrainedModel
from youthvoice.routing.rules import WORDS
from youthvoice.routing.training import Row

#: The newest so many decisions are learnt from: older ones tell of offices that have changed,
#: and a night's training must end.
ROWS_MOST = 2000
#: When few are awake: models are trained from 03:00 on, once a night.
NIGHT_HOUR = 3
#: How sure the table of routes and the asker's own choice of field are taken to be: somebody
#: said so, but nobody has looked at the words yet.
_SAID_SO = 0.5
#: Only rules that speak so clearly gainsay the asker's own choice of field.
_RULES_CLEAR = 0.6
#: What is less sure than this is told to nobody.
TOLD_FROM = 0.6
BODIES_TOLD = 3
#: What was asked before is left to staff, so that switching it on moves no old heap.
_NEW = timedelta(hours=1)
#: Looked at in one step of the clock, which others wait behind.
_LOOKED_AT_MOST = 20


@dataclass(frozen=True)
class Suggested:
    """One code with its label; how sure (0 to 1), whence, and the words that led to it."""

    code: str
    label: str
    confidence: float
    words: tuple[str, ...]
    source: Source
    #: From this confidence on it was right 95 times in 100; above 1 when it never was.
    alone_from: float = 2.0

    @property
    def percent(self) -> int:
        return int(100 * self.confidence)


@dataclass(frozen=True)
class Suggestion:
    """What might be done with a question. None where there is nothing to go by."""

    holder: Suggested | None
    field: Suggested | None
    group: Suggested | None

    @property
    def is_empty(self) -> bool:
        return not (self.holder or self.field or self.group)


def suggestion_for(question: Question) -> Suggestion:
    """Holder, field and department group; by models where they have learnt, else by rules and
    the table of routes. Two or three queries, and one more for each model newly trained."""
    current = _current()
    group = _group(question, current.get(Target.GROUP))
    field = _field(question, current.get(Target.FIELD))
    return Suggestion(_holder(question, current.get(Target.HOLDER)), field, group)


def told_of(question: Question) -> Suggestion:
    """Only what is sure enough to be told, and no field that it has already."""
    found = suggestion_for(question)
    return Suggestion(
        _told(found.holder, question), _told(found.field, question), _told(found.group, question)
    )


def _told(suggested: Suggested | None, question: Question) -> Suggested | None:
    if suggested is None or suggested.confidence < TOLD_FROM:
        return None
    return None if suggested.code == question.field else suggested


def bodies_of(group: Suggested | None, question: Question) -> list[Organisation]:
    """A few departments of the group, the nearest first. One query, or none."""
    if group is None:
        return []
    near = bodies_for(question.region_id, kinds=[OrgKind.GOVERNMENT], group=group.code)
    return list(near[:BODIES_TOLD])


def bodies_told(question: Question) -> list[Organisation]:
    """Whom staff are told that they might ask, for whoever is about to."""
    return bodies_of(told_of(question).group, question) if is_readable(question) else []


def is_readable(question: Question) -> bool:
    """Its words may be told again: neither gone nor out of public view."""
    return question.deleted_at is None and question.withheld_at is None


def told_for(question: Question, target: str) -> str:
    """The code that staff were told, or would have been, who decide this now; "" for none.

    Within their act, so it waits for no model to be unpacked: what this process has not met
    yet is passed over. One or two queries.
    """
    if not is_readable(question):
        return ""
    number = _trained.first(target=str(target))
    have = _at_hand.get(target)
    if number is not None and (have is None or have[0] != number):
        return ""
    model = have[1] if have is not None and number is not None else None
    suggested = _told(_OF_TARGET[target](question, model), question)
    return suggested.code if suggested is not None else ""


@prepared("target")
def _trained(target: str) -> QuerySet[TrainedModel, int]:
    rows = TrainedModel.objects.filter(target=target, is_current=True)
    return rows.order_by("pk").values_list("pk", flat=True)


def decided(question: Question) -> set[str]:
    """Of what staff have decided something for it."""
    return set(_decided(question=question.pk))


@prepared("question")
def _decided(question: int) -> QuerySet[Decision, str]:
    return Decision.objects.filter(question=question).values_list("target", flat=True)


def moved_to(question: Question) -> str:
    """Where the house moved it by itself; "" for nowhere."""
    return _moved.first(question=question.pk) or ""


@prepared("question")
def _moved(question: int) -> QuerySet[Alone, str]:
    rows = Alone.objects.moved().filter(question=question).order_by("pk")
    return rows.values_list("value", flat=True)


def to_look_at(*, at: datetime) -> list[Case]:
    """New cases that nobody has touched and the house has not looked at, the oldest first.

    One query, and for most steps of the clock an empty one.
    """
    looked_at = Alone.objects.filter(question=OuterRef("question"))
    cases = Case.objects.filter(
        ~Exists(looked_at),
        state=State.RECEIVED,
        version=1,
        waiting_since__gt=at - _NEW,
        question__deleted_at=None,
        question__withheld_at=None,
    )
    ordered = cases.select_related("question", "holder").order_by("waiting_since", "pk")
    return list(ordered[:_LOOKED_AT_MOST])


def holder_alone(question: Question) -> tuple[Suggested, Organisation] | None:
    """Who should have it by the house's own word, where it may act upon that."""
    suggested = _holder(question, _current().get(Target.HOLDER))
    if suggested is None or not may_act_alone(suggested):
        return None
    return suggested, Organisation.objects.get(pk=suggested.code)


@dataclass(frozen=True)
class Accepted:
    """Of the decisions of which something had been told, how many were as it said."""

    target: Target
    told: int
    as_told: int


@dataclass(frozen=True)
class AloneFigures:
    looked_at: int
    moved: int
    corrected: int


def accepted() -> list[Accepted]:
    """For each target of which anything was told. One query."""
    rows = Decision.objects.exclude(suggested="").values("target")
    counted = rows.annotate(told=Count("pk"), as_told=Count("pk", filter=Q(value=F("suggested"))))
    return [
        Accepted(Target(row["target"]), row["told"], row["as_told"])
        for row in counted.order_by("target")
    ]


def alone_figures() -> AloneFigures:
    """Three queries."""
    rows = Alone.objects.all()
    return AloneFigures(rows.count(), rows.moved().count(), rows.moved().corrected().count())


def may_act_alone(suggested: Suggested | None) -> bool:
    """Whether operators let a suggestion be followed without anybody looking.

    Only what was learnt, above their threshold (`ROUTING_ALONE_ABOVE`, per cent; 0 is never)
    and where it was right 95 times in 100.
    """
    above = settings.ROUTING_ALONE_ABOVE / 100
    if suggested is None or not above or suggested.source != Source.LEARNT:
        return False
    return suggested.confidence >= max(above, suggested.alone_from)


def asked_of(question: Question, target: str) -> Asked:
    """What a model of the target looks at."""
    hints: tuple[str, ...] = ()
    if target == Target.FIELD:
        hints = (f"field:{question.field}",)
    elif target == Target.HOLDER:
        hints = (
            f"region:{question.region_id}",
            f"field:{question.field}",
            f"kind:{question.kind}",
        )
    return Asked(question.title, question.text, hints)


def group_of(bodies: object) -> str:
    """The one group of the departments asked; "" where they are of several, or of none."""
    numbers = bodies if isinstance(bodies, list) else [bodies]
    groups = set(
        Organisation.objects.filter(pk__in=[n for n in numbers if isinstance(n, int)])
        .exclude(group="")
        .values_list("group", flat=True)
    )
    return groups.pop() if len(groups) == 1 else ""


def rows_to_learn(target: str) -> list[Row]:
    """The newest decisions with what was asked. One query."""
    decisions = Decision.objects.learnable().filter(target=target).select_related("question")
    return [
        Row(asked_of(decision.question, target), decision.value)
        for decision in decisions.order_by("-decided_at", "-pk")[:ROWS_MOST]
    ]


def has_new(target: str) -> bool:
    """Whether anything was decided since a model of the target was last trained."""
    newest = Decision.objects.filter(target=target).aggregate(at=Max("decided_at"))["at"]
    trained = TrainedModel.objects.filter(target=target).aggregate(at=Max("trained_at"))["at"]
    return newest is not None and (trained is None or newest > trained)


def is_time_to_train(*, at: datetime) -> bool:
    """In the one hour of the night, by the house's clock, until something was trained in it."""
    local = timezone.localtime(at)
    since = local.replace(minute=0, second=0, microsecond=0)
    if local.hour != NIGHT_HOUR or TrainedModel.objects.filter(trained_at__gte=since).exists():
        return False
    return any(has_new(target) for target in Target)


# --- The models at hand ------------------------------------------------------------------

#: Unpacked models of this process by target, each with the number of its row.
_at_hand: dict[str, tuple[int, Linear]] = {}


def _current() -> dict[str, Linear]:
    rows = TrainedModel.objects.filter(is_current=True).values_list("target", "pk")
    found = {}
    for target, number in rows:
        have = _at_hand.get(target)
        if have is None or have[0] != number:
            packed = TrainedModel.objects.values_list("weights", flat=True).get(pk=number)
            have = _at_hand[target] = (number, Linear.unpack(bytes(packed)))
        found[target] = have[1]
    return found


# --- Each of the three -------------------------------------------------------------------


def _group(question: Question, model: Linear | None) -> Suggested | None:
    asked = asked_of(question, Target.GROUP)
    code, sure = by_rules(Target.GROUP, asked)
    learnt = model.guess(asked) if model else None
    # A group that staff have hardly decided yet is unknown to the model, not to the rules.
    unknown = model is not None and code not in model.codes
    if model and learnt and not (unknown and sure > learnt.confidence):
        return _of_model(learnt, _label(Group.choices, learnt.code), model)
    if not code:
        return None
    words = _rule_words(Target.GROUP, asked, code)
    return Suggested(code, _label(Group.choices, code), sure, words, Source.RULES)


def _field(question: Question, model: Linear | None) -> Suggested | None:
    asked = asked_of(question, Target.FIELD)
    if model:
        learnt = model.guess(asked)
        return _of_model(learnt, _label(Field.choices, learnt.code), model)
    code, sure = by_rules(Target.FIELD, asked)
    if code and code != question.field and sure >= _RULES_CLEAR:
        words = _rule_words(Target.FIELD, asked, code)
        return Suggested(code, _label(Field.choices, code), sure, words, Source.RULES)
    own = str(question.field)
    words = _rule_words(Target.FIELD, asked, own)
    confidence = max(_SAID_SO, sure) if code == own else _SAID_SO
    return Suggested(own, _label(Field.choices, own), confidence, words, Source.RULES)


def _holder(question: Question, model: Linear | None) -> Suggested | None:
    if model:
        learnt = model.guess(asked_of(question, Target.HOLDER))
        holder = Organisation.objects.filter(pk=learnt.code, is_active=True).first()
        if holder is not None:
            return _of_model(learnt, holder.short_name, model)
    try:
        by_table = holder_for(
            region_code=question.region_id, field=question.field, kind=question.kind
        )
    except NoRoute:
        return None
    return Suggested(str(by_table.pk), by_table.short_name, _SAID_SO, (), Source.TABLE)


def _of_model(learnt: Guess, label: str, model: Linear) -> Suggested:
    return Suggested(
        learnt.code, label, learnt.confidence, learnt.words, Source.LEARNT, model.alone_from
    )


def _rule_words(target: str, asked: Asked, code: str) -> tuple[str, ...]:
    """The words of the rules that speak for a code, those of the title first."""
    table = WORDS[target]
    own = {word for word, codes in table.items() if code in codes}
    return tuple(dict.fromkeys(whole_words(f"{asked.title}\n{asked.text}", own)))[:5]


_OF_TARGET: dict[str, Callable[[Question, Linear | None], Suggested | None]] = {
    Target.GROUP: _group,
    Target.FIELD: _field,
    Target.HOLDER: _holder,
}


def _label(choices: Sequence[tuple[Any, Any]], code: str) -> str:
    return str(dict(choices).get(code, code))
