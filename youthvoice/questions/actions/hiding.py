"""Hiding by the rules, and showing again. A stone stands in place of the words.

Who may decide it is `moderation`'s to say, on a higher floor; it calls these.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from youthvoice.journal.actions import record
from youthvoice.people.models import User
from youthvoice.questions.actions import first_answer, heat, tallies
from youthvoice.questions.choices import HideReason, TallyName
from youthvoice.questions.models import Answer, Comment, Hidden, Question

Words = Question | Answer | Comment


def hide(*, words: Words, reason: HideReason, by: User, at: datetime) -> bool:
    """Put the words of a question, answer or comment aside; False if they are gone already."""
    with transaction.atomic():
        # The row's own words as they stand now, not as the caller has read them.
        standing = type(words)._default_manager.select_for_update()
        now = standing.filter(pk=words.pk, deleted_at=None).first()
        if now is None:
            return False
        Hidden.objects.create(
            **{_kind(words): now},
            title=getattr(now, "title", ""),
            text=now.text,
            salt=now.salt,
            accepted_at=getattr(now, "accepted_at", None),
            at=at,
        )
        _set(
            now,
            deleted_at=at,
            hidden_reason=reason,
            text="",
            title="",
            salt="",
            accepted_at=None,
        )
        now.refresh_from_db()
        _count(now, -1)
        record(
            f"{_kind(words)}.hidden",
            subject=now,
            actor=by,
            at=at,
            data={"question": _question_id(now), "reason": str(reason)},
        )
    words.refresh_from_db()
    return True


def show_again(*, words: Words, by: User, at: datetime) -> bool:
    """Undo `hide`; False if the words are not hidden (any more)."""
    with transaction.atomic():
        kept = Hidden.objects.select_for_update().filter(**{_kind(words): words.pk}).first()
        if kept is None:
            return False
        words.refresh_from_db()
        _set(
            words,
            deleted_at=None,
            hidden_reason="",
            text=kept.text,
            title=kept.title,
            salt=kept.salt,
            accepted_at=kept.accepted_at,
        )
        words.refresh_from_db()
        _count(words, 1)
        kept.delete()
        record(
            f"{_kind(words)}.shown",
            subject=words,
            actor=by,
            at=at,
            data={"question": _question_id(words)},
        )
    return True


def _kind(words: Words) -> str:
    return words._meta.model_name or ""


def _question_id(words: Words) -> int:
    return words.pk if isinstance(words, Question) else words.question_id


def _set(words: Words, **changes: object) -> None:
    """Only the columns that this kind of words has."""
    have = {field.name for field in words._meta.get_fields()}
    rows = type(words)._default_manager.filter(pk=words.pk)
    rows.update(**{name: value for name, value in changes.items() if name in have})


def _count(words: Words, by: int) -> None:
    """What is hidden counts nowhere, as if taken back."""
    if isinstance(words, Question):
        if words.withheld_at is None:
            name = TallyName.IMPORTED if words.is_imported else TallyName.QUESTIONS
            tallies.bump(name, by)
    elif isinstance(words, Answer):
        counts = {f"{words.kind}_count": by, "useful_count": by * words.useful_count}
        heat.add(words.question_id, **counts)
        first_answer.note(words.question)
    else:
        if words.answer_id is not None:
            Answer.objects.filter(pk=words.answer_id).update(comment_count=F("comment_count") + by)
        heat.add(words.question_id, comment_count=by)
