"""Noting what staff decide, and learning from it at night."""

from datetime import datetime

from django.db import transaction

from youthvoice.journal.actions import record
from youthvoice.questions.models import Question
from youthvoice.routing import queries
from youthvoice.routing.choices import Target
from youthvoice.routing.evaluating import measure, over_rules
from youthvoice.routing.models import Decision, TrainedModel
from youthvoice.routing.rules import WORDS
from youthvoice.routing.training import TooLittle, learnable, train_and_check

#: Nights of which the figures are kept for each target.
_NIGHTS_KEPT = 14


def note_decision(
    *, question: int, target: Target, value: str, at: datetime, suggested: str = ""
) -> None:
    """Remember what staff decided of the question of that number; the last word counts.

    It follows from an entry of the journal and records none of its own.
    """
    if Question.objects.filter(pk=question).exists():
        Decision.objects.update_or_create(
            question_id=question,
            target=target,
            defaults={"value": value, "suggested": suggested, "decided_at": at},
        )


def note_confirmed(*, question: Question, holder: int, at: datetime) -> None:
    """The holder answers what it holds: holder and field were right, if nobody said otherwise.

    Without these a model would know only what went astray.
    """
    for target, value in ((Target.HOLDER, str(holder)), (Target.FIELD, str(question.field))):
        Decision.objects.get_or_create(
            question=question, target=target, defaults={"value": value, "decided_at": at}
        )


def train_models(*, at: datetime) -> list[TrainedModel]:
    """Learn each target anew of which something was decided since; gives the new models.

    Where there is too little to learn from nothing happens. Done twice it is done once.
    """
    made = []
    for target in Target:
        if queries.has_new(target):
            model = _train(target, at=at)
            if model is not None:
                made.append(model)
    return made


def _train(target: Target, *, at: datetime) -> TrainedModel | None:
    """Long work first, then a short transaction."""
    try:
        rows = learnable(queries.rows_to_learn(target))
        linear, checked = train_and_check(target, rows)
    except TooLittle:
        return None
    reached = measure(checked).macro_f1
    # For what there are rules, those alone must not have done better.
    is_current = target not in WORDS or reached >= over_rules(target, rows).macro_f1
    weights = linear.pack()
    with transaction.atomic():
        TrainedModel.objects.filter(target=target, is_current=True).update(is_current=False)
        model = TrainedModel.objects.create(
            target=target,
            trained_at=at,
            rows=len(rows),
            macro_f1=reached,
            weights=weights,
            is_current=is_current,
        )
        nights = TrainedModel.objects.filter(target=target).order_by("-trained_at", "-pk")
        kept = list(nights.values_list("pk", flat=True)[:_NIGHTS_KEPT])
        TrainedModel.objects.filter(target=target).exclude(pk__in=kept).delete()
        record(
            "routing.trained",
            subject=model,
            actor=None,
            at=at,
            data={"target": target.value, "rows": len(rows), "f1": round(1000 * reached)},
        )
    return model
