"""What is published in spite of the warning, told to those who moderate; and the counters of
topics, which follow every act on a question in one."""

from typing import Any

from django.dispatch import receiver

from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.questions.actions import follow_up, topics_of
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.safety.actions import listed_words_found
from youthvoice.safety.queries import listed_words
from youthvoice.topics.models import Topic

_VERBS = {
    "question.asked",
    "question.edited",
    "question.answered",
    "answer.edited",
    "question.commented",
}
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
def on_words(entry: Entry, subject: Question | Answer | Comment, **kwargs: Any) -> None:
    # Offices are not warned, so that they can say which words swindlers use.
    if entry.verb not in _VERBS or getattr(subject, "organisation_id", None) is not None:
        return
    text = "\n".join(filter(None, (getattr(subject, "title", ""), subject.text)))
    if kinds := sorted({hit.kind for hit in listed_words(text)}):
        listed_words_found.send(sender=type(subject), words=subject, kinds=kinds, at=entry.at)


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
