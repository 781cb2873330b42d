"""The counters of topics, moved within each act on a question that is in one.

Who is counted: whom the pulse counts too, by what they asked, answered, commented, wished to
know or found useful in one of the topic's questions that everybody may know of; a person once.
A nameless question counts as one. What staff do is counted apart, as everywhere, and so is
what somebody did while they were staff: nothing counts from before the pulse counted them.

All of it happens behind the journal's lock, so no two acts count at once; the topic's row is
locked besides, for erasing works through marks without an entry.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from youthvoice.people.choices import Origin as PersonOrigin
from youthvoice.questions.choices import Origin
from youthvoice.questions.models import (
    Answer,
    Comment,
    Follow,
    Participant,
    Question,
    Tag,
    Useful,
)
from youthvoice.topics import actions as topics
from youthvoice.topics.models import Topic

#: The links from what somebody does to the person and to the question, and when it was.
_ACTS: tuple[tuple[QuerySet[Any], str, str, str], ...] = (
    (Question.objects.all(), "author", "", "asked_at"),
    (Answer.objects.all(), "author", "question__", "created_at"),
    (Comment.objects.all(), "author", "question__", "created_at"),
    (Follow.objects.all(), "person", "question__", "at"),
    (Useful.objects.all(), "person", "answer__question__", "at"),
)
#: What of these rows counts besides.
_COUNTS = {
    Question: Q(origin=Origin.LOCAL),
    Answer: Q(organisation=None, deleted_at=None),
    Comment: Q(organisation=None, deleted_at=None),
}
#: So many people are looked for each by what they did; of more, all of the topic are read: the
#: database would try each person with each of its questions.
_FEW = 5
_CHUNK = 500


def topics_of(questions: Collection[int]) -> list[int]:
    """The topics that one or more of the questions are in."""
    rows = Tag.objects.filter(question__in=questions)
    return list(rows.order_by("topic").values_list("topic", flat=True).distinct())


def follow_up(
    found: Collection[int],
    *,
    people: Collection[int] = (),
    questions: Collection[int] = (),
    spoke_at: datetime | None = None,
) -> None:
    """Let the counters of the topics `found` follow what was just done.

    By `people`; or to `questions` as a whole, which came into the topics, left them, or went
    out of sight or came back: then by all who had to do with these. `spoke_at` is when
    something was said.
    """
    if not found:
        return
    # Not the key: rows that come to link to it wait for nobody.
    held = Topic.objects.select_for_update(no_key=True).filter(pk__in=found).order_by("pk")
    everybody = {*people, *_involved(questions)}
    for topic in held.values_list("pk", flat=True):
        moved = _move(topic, everybody)
        if questions:
            topics.set_counts(topic=topic, **counts_of(topic))
        elif moved:
            topics.add_participants(topic=topic, many=moved)
        if spoke_at is not None:
            topics.note_activity(topic=topic, at=spoke_at)


def _move(topic: int, people: set[int]) -> int:
    """Bring the rows of these people up to date; gives by how many there are more."""
    kept = Participant.objects.filter(topic=topic)
    if len(people) <= _FEW:
        real = {person for _topic, person in taking_part(topic=topic, people=people)}
        before = set(kept.filter(person__in=people).values_list("person", flat=True))
    else:
        real = {person for _topic, person in taking_part(topic=topic)} & people
        before = set(kept.values_list("person", flat=True)) & people
    gone = sorted(before - real)
    for start in range(0, len(gone), _CHUNK):
        kept.filter(person__in=gone[start : start + _CHUNK]).delete()
    Participant.objects.bulk_create(
        Participant(topic_id=topic, person_id=person) for person in sorted(real - before)
    )
    return len(real) - len(before)


def taking_part(
    *, topic: int | None = None, people: Collection[int] | None = None
) -> QuerySet[Any, tuple[int, int]]:
    """Topic and person of everybody who takes part, by the acts themselves. One query."""
    found = []
    for rows, person, question, at in _ACTS:
        wanted: dict[str, Any] = {
            f"{question}deleted_at": None,
            f"{question}withheld_at": None,
            f"{person}__origin": PersonOrigin.LOCAL,
            f"{at}__gte": F(f"{person}__participated_at"),
            f"{question}tags__topic__isnull": False,
        }
        if topic is not None:
            wanted[f"{question}tags__topic"] = topic
        if people is not None:
            wanted[f"{person}__in"] = people
        counted = rows.filter(_COUNTS.get(rows.model, Q()), **wanted)
        found.append(counted.order_by().values_list(f"{question}tags__topic", person))
    return found[0].union(*found[1:])


def _involved(questions: Collection[int]) -> set[int]:
    """All who ever did something that may count there."""
    if not questions:
        return set()
    found = [
        rows.filter(**{f"{question}pk__in": questions, f"{person}__isnull": False})
        .order_by()
        .values_list(person)
        for rows, person, question, _at in _ACTS
    ]
    return {person for (person,) in found[0].union(*found[1:])}


def counts_of(topic: int) -> dict[str, int]:
    """The two counters, by the questions and the people as they are kept. Two queries.

    Imported questions are in its list and counted apart, as everywhere.
    """
    tags = Tag.objects.filter(
        topic=topic,
        question__origin=Origin.LOCAL,
        question__deleted_at=None,
        question__withheld_at=None,
    )
    counted = tags.aggregate(
        all=Count("pk"), nameless=Count("pk", filter=Q(question__is_nameless=True))
    )
    people = Participant.objects.filter(topic=topic).count()
    return {"questions": counted["all"], "participants": people + counted["nameless"]}
