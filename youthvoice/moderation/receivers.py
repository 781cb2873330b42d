"""What concerns moderation elsewhere: words taken back, and people leaving an organisation."""

from datetime import datetime
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from youthvoice.cases.models import Case
from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.kit import clock
from youthvoice.moderation import actions, criticism
from youthvoice.moderation.matter import Words
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.questions.actions import words_erased
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.safety.actions import listed_words_found
from youthvoice.safety.choices import WordKind
from youthvoice.safety.queries import listed_words


@receiver(recorded, sender=Question)
@receiver(recorded, sender=Answer)
@receiver(recorded, sender=Comment)
def on_words(entry: Entry, subject: Words, **kwargs: Any) -> None:
    if entry.verb in ("question.deleted", "answer.deleted", "comment.deleted"):
        actions.close_gone(words=subject, at=entry.at)


@receiver(post_save, sender=Organisation)
@receiver(post_delete, sender=Organisation)
def on_organisation(**kwargs: Any) -> None:
    criticism.forget_chart()


@receiver(words_erased, sender=Question)
@receiver(words_erased, sender=Answer)
@receiver(words_erased, sender=Comment)
def on_erased(sender: actions.Erased, numbers: list[int], **kwargs: Any) -> None:
    actions.erase_sayings(of=sender, numbers=numbers)


_REASONS = {
    WordKind.ABUSE: HideReason.ABUSE,
    WordKind.FRAUD: HideReason.FRAUD,
    WordKind.DANGER: HideReason.DANGER,
}


@receiver(listed_words_found)
def on_listed_words(words: Words, kinds: list[str], at: datetime, **kwargs: Any) -> None:
    """For the judges to look at. A new question has no holder yet; `on_held` looks at it."""
    if not kinds:
        return
    if isinstance(words, Question) and not Case.objects.filter(question=words).exists():
        return
    for kind in kinds:
        actions.flag(words=words, reason=_REASONS[WordKind(kind)], at=at)


@receiver(recorded, sender=Case)
def on_held(entry: Entry, subject: Case, **kwargs: Any) -> None:
    if entry.verb == "case.held":
        question = subject.question
        hits = listed_words(f"{question.title}\n{question.text}")
        kinds = sorted({hit.kind for hit in hits})
        on_listed_words(words=question, kinds=kinds, at=entry.at)


# Rows, not journal entries: a membership can end in the operators' pages in several ways,
# and none of them may make somebody impartial.
@receiver(post_delete, sender=Membership)
def on_left(instance: Membership, **kwargs: Any) -> None:
    actions.note_left(membership=instance, at=clock.now())


@receiver(pre_save, sender=Membership)
def on_moved(instance: Membership, **kwargs: Any) -> None:
    old = Membership.objects.filter(pk=instance.pk).first() if instance.pk else None
    if old is None:
        return
    if (old.person_id, old.organisation_id) != (instance.person_id, instance.organisation_id):
        actions.note_left(membership=old, at=clock.now())
