"""The counters of topics, moved within each act on a question that is in one.

Who is counted: whoever takes part (`questions.models.taking_part`) by what they did in one of
the topic's questions that everybody may know of; a person once.

All of it happens behind the journal's lock, so no two acts count at once; the topic's row is
locked besides, for erasing works through marks without an entry.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from youthvoice.kit.recounting import Drift
from youthvoice.questions.choices import Origin
from youthvoice.questions.models import ACTS
from youthvoice.readymade.prepared import prepared
from youthvoice.topics.models import Participant, Tag, Topic

#: So many people are looked for each by what they did; of more, all of the topic are read: the
#: database would try each person with each of its questions.
_FEW = 5
_CHUNK = 500


def topics_of(questions: Collection[int]) -> list[int]:
    """The topics that one or more of the questions are in."""
    return _topics(questions=list(questions))


@prepared("questions")
def _topics(questions: list[int]) -> QuerySet[Tag, int]:
    rows = Tag.objects.filter(question__in=questions).order_by("topic")
    return rows.values_list("topic", flat=True).distinct()


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
            _set_counts(topic, counts_of(topic))
        elif moved:
            kept = Topic.objects.filter(pk=topic)
            kept.update(participant_count=F("participant_count") + moved)
        if spoke_at is not None:
            note_activity(topic=topic, at=spoke_at)


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
    for act in ACTS:
        tags = f"{act.question}tags__topic"
        wanted: dict[str, Any] = {
            f"{act.question}deleted_at": None,
            f"{act.question}withheld_at": None,
            f"{tags}__isnull": False,
        }
        if topic is not None:
            wanted[tags] = topic
        if people is not None:
            wanted[f"{act.person}__in"] = people
        found.append(act.counted.filter(**wanted).order_by().values_list(tags, act.person))
    return found[0].union(*found[1:])


def _involved(questions: Collection[int]) -> set[int]:
    """All who ever did something that may count there."""
    if not questions:
        return set()
    found = [
        act.rows.filter(**{f"{act.question}pk__in": questions}).order_by().values_list(act.person)
        for act in ACTS
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


def _set_counts(topic: int, counts: dict[str, int]) -> None:
    changes = {"question_count": counts["questions"], "participant_count": counts["participants"]}
    Topic.objects.filter(pk=topic).update(**changes)


def note_activity(*, topic: int, at: datetime) -> None:
    """Something was said; acts that arrive late turn nothing back."""
    Topic.objects.filter(pk=topic, active_at__lt=at).update(active_at=at)


#: All that is counted; what counts are questions and the acts on them.
COUNTED = (Tag, Participant, Topic)


def count_anew() -> Iterator[Drift]:
    """The people of each topic, and what follows from them."""
    real = set(taking_part())
    kept = set(Participant.objects.values_list("topic", "person"))
    for topic, person in kept - real:
        Participant.objects.filter(topic=topic, person=person).delete()
    Participant.objects.bulk_create(
        Participant(topic_id=topic, person_id=person) for topic, person in sorted(real - kept)
    )
    before, after = (Counter(topic for topic, _person in rows) for rows in (kept, real))
    for topic in sorted({topic for topic, _person in kept ^ real}):
        yield Drift(f"topics.topic:{topic} people", before[topic], after[topic])
    for one in Topic.objects.order_by("pk"):
        counted = counts_of(one.pk)
        was = {"questions": one.question_count, "participants": one.participant_count}
        if counted != was:
            _set_counts(one.pk, counted)
        for name in counted:
            if counted[name] != was[name]:
                yield Drift(f"topics.topic:{one.pk} {name}", was[name], counted[name])
