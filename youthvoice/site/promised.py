"""What the question page's personal part has of promises and of asking back."""

from datetime import datetime

from django.utils import timezone

from youthvoice.callbacks import queries as callbacks
from youthvoice.callbacks.models import Callback
from youthvoice.cases.models import Case
from youthvoice.promises import policy as promises_policy
from youthvoice.promises import queries as promises
from youthvoice.questions.models import Answer
from youthvoice.questions.policy import Viewer, may_mark


def add_acts(
    answers: list[Answer], case: Case | None, viewer: Viewer, mine: set[int], *, at: datetime
) -> dict[str, list[Callback] | Callback | None]:
    """Give each answer its `shown_promise`, `can_promise` and `can_decide`.

    Gives what the asker is asked now, and what the holder's members read of earlier such
    askings. `mine` are the bodies that the viewer works in. Three queries at most.
    """
    is_asker = case is not None and may_mark(viewer, case.question)
    if is_asker or mine:
        promises.add_promises(answers, today=timezone.localdate(at))
    bodies = promises.with_a_lane(case.pk, mine) if case and mine else set()
    for answer in answers:
        had = getattr(answer, "shown_promise", None)
        answer.can_promise = (  # type: ignore[attr-defined]
            had is None
            and answer.organisation_id in bodies
            and promises_policy.is_promising(answer, case)
        )
        answer.can_decide = (  # type: ignore[attr-defined]
            is_asker and had is not None and had.promise.is_open
        )
    holds = case is not None and case.holder_id in mine
    asked = callbacks.current(case, at=at) if case and is_asker else None
    is_said = asked is not None and asked.solved is not None and asked.satisfied is not None
    return {
        "back": None if is_said else asked,
        "missing": callbacks.missing_words(case) if case and holds else [],
    }
