"""Noting what staff decide, and learning from it at night."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.cases.actions import UnableToMove, transfer
from youthvoice.cases.models import Case
from youthvoice.journal.actions import record
from youthvoice.questions.models import Question
from youthvoice.routing import queries
from youthvoice.routing.choices import Target
from youthvoice.routing.evaluating import measure, over_rules
from youthvoice.routing.models import Alone, Decision, TrainedModel
from youthvoice.routing.rules import WORDS
from youthvoice.routing.training import TooLittle, learnable, train_and_check

#: Nights of which the figures are kept for each target.
_NIGHTS_KEPT = 14


def note_decision(
    *, question: int, target: Target, value: str, at: datetime, suggested: str = ""
) -> None:
    """Remember what staff decided of the question of that number; the last word counts.

    Beside it stands what had been suggested: by the form, by the house when it moved the
    question itself, or on the page. It follows from an entry of the journal and records none
    of its own.
    """
    asked = Question.objects.filter(pk=question).first()
    if asked is None:
        return
    if target == Target.HOLDER:
        moved = queries.moved_to(asked)
        if moved:
            suggested = suggested or moved
            corrected_at = at if value != moved else None
            Alone.objects.filter(question=asked).update(corrected_at=corrected_at)
    suggested = suggested or queries.told_for(asked, target)
    Decision.objects.update_or_create(
        question=asked,
        target=target,
        defaults={"value": value, "suggested": suggested, "decided_at": at},
    )


def note_confirmed(*, question: Question, holder: int, at: datetime) -> None:
    """The holder answers what it holds: holder and field were right, if nobody said otherwise.

    Without these a model would know only what went astray.
    """
    had = queries.decided(question)
    new = {Target.HOLDER: str(holder), Target.FIELD: str(question.field)}
    Decision.objects.bulk_create(
        [
            Decision(
                question=question,
                target=target,
                value=value,
                suggested=(queries.moved_to(question) if target == Target.HOLDER else "")
                or queries.told_for(question, target),
                decided_at=at,
            )
            for target, value in new.items()
            if target not in had
        ],
        ignore_conflicts=True,
    )


def act_alone(*, at: datetime) -> int:
    """Where operators allow it, look at each new case once and move it to whom the house is
    sure of; gives how many were moved.

    A case that anybody has touched is left alone, and of the house and a member who act at
    once whoever comes first has it.
    """
    if not settings.ROUTING_ALONE_ABOVE:
        return 0
    return sum(_look(case, at=at) for case in queries.to_look_at(at=at))


def _look(case: Case, *, at: datetime) -> bool:
    found = queries.holder_alone(case.question)
    if found is not None and found[1].pk != case.holder_id:
        suggested, to = found
        reason = _("系统按以往的办理习惯转来，把握 %d %%") % suggested.percent
        try:
            with transaction.atomic():
                # Only as it was seen, untouched: the transfer compares and sets.
                transfer(case=case, to=to, reason=reason, by=None, at=at)
                Alone.objects.create(
                    question=case.question,
                    value=suggested.code,
                    confidence=suggested.percent,
                    looked_at=at,
                )
        except UnableToMove:
            # A member was first, or it is nobody to whom a whole question may go.
            pass
        else:
            return True
    Alone.objects.get_or_create(question=case.question, defaults={"looked_at": at})
    return False


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
