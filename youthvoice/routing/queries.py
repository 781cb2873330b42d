"""Reading what was decided, and suggesting what might be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max

from youthvoice.cases.queries import NoRoute, holder_for
from youthvoice.orgs.choices import Field, Group
from youthvoice.orgs.models import Organisation
from youthvoice.questions.models import Question
from youthvoice.routing.choices import Source, Target
from youthvoice.routing.features import Asked, by_rules
from youthvoice.routing.linear import Guess, Linear, whole_words
from youthvoice.routing.models import Decision, TrainedModel
from youthvoice.routing.rules import WORDS
from youthvoice.routing.training import Row

#: The newest so many decisions are learnt from: older ones tell of offices that have changed,
#: and a night's training must end.
ROWS_MOST = 2000
#: How sure the table of routes and the asker's own choice of field are taken to be: somebody
#: said so, but nobody has looked at the words yet.
_SAID_SO = 0.5
#: Only rules that speak so clearly gainsay the asker's own choice of field.
_RULES_CLEAR = 0.6


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


@dataclass(frozen=True)
class Suggestion:
    """What might be done with a question. None where there is nothing to go by."""

    holder: Suggested | None
    field: Suggested | None
    group: Suggested | None


def suggestion_for(question: Question) -> Suggestion:
    """Holder, field and department group; by models where they have learnt, else by rules and
    the table of routes. Two or three queries, and one more for each model newly trained."""
    current = _current()
    group = _group(question, current.get(Target.GROUP))
    field = _field(question, current.get(Target.FIELD))
    return Suggestion(_holder(question, current.get(Target.HOLDER)), field, group)


def may_act_alone(suggested: Suggested | None) -> bool:
    """Whether operators let a suggestion be followed without anybody looking.

    Only what was learnt, above their threshold (`ROUTING_ALONE_ABOVE`, per cent; 0 is never)
    and where it was right 95 times in 100. Nothing asks this yet: see decision 11.
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


def _label(choices: Sequence[tuple[Any, Any]], code: str) -> str:
    return str(dict(choices).get(code, code))
