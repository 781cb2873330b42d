"""The counters of topics follow every act on a question in one."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.questions.actions import erased
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.topics.actions import follow_up, topics_of
from youthvoice.topics.models import Topic

#: What changes what one person did under a question.
_BY_ONE = {
    "question.answered",
    "question.commented",
    "question.followed",
    "question.unfollowed",
    "answer.found_useful",
    "answer.useful_taken_back",
    *(
        f"{words}.{act}"
        for words in ("answer", "comment")
        for act in ("deleted", "hidden", "shown")
    ),
}
#: What takes a whole question out of sight, or brings it back.
_OF_ALL = {f"question.{act}" for act in ("deleted", "hidden", "shown", "withheld", "released")}
_SAID = {"question.answered", "question.commented"}
_IN_TOPIC = {"topic.opened", "topic.grown", "topic.shrunk"}


@receiver(recorded, sender=Question)
@receiver(recorded, sender=Answer)
@receiver(recorded, sender=Comment)
def on_acts(entry: Entry, subject: Question | Answer | Comment, **kwargs: Any) -> None:
    if entry.verb not in _BY_ONE | _OF_ALL:
        return
    question = subject.pk if isinstance(subject, Question) else subject.question_id
    follow_up(
        topics_of([question]),
        people=[one for one in (entry.actor, subject.author_id) if one is not None],
        questions=[question] if entry.verb in _OF_ALL else [],
        spoke_at=entry.at if entry.verb in _SAID else None,
    )


@receiver(recorded, sender=Topic)
def on_topic(entry: Entry, subject: Topic, **kwargs: Any) -> None:
    if entry.verb in _IN_TOPIC:
        grows = entry.verb != "topic.shrunk"
        questions = entry.data["questions"]
        follow_up([subject.pk], questions=questions, spoke_at=entry.at if grows else None)


@receiver(erased)
def on_erasing(questions: Collection[int], people: Collection[int], **kwargs: Any) -> None:
    follow_up(topics_of(questions), people=people)
