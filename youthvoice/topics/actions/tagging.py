"""Putting questions into a topic, and taking one out.

Who may decide it is `cases`' to say, on a higher floor; it calls these.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.people.models import User
from youthvoice.questions.models import Question
from youthvoice.topics.models import Tag, Topic

#: A question is in so many topics at most: its page names them all.
TOPICS_MOST = 5


class UnableToTag(Exception):
    """Why the questions stay where they are, for the person who wanted it otherwise."""


def put_into_topic(
    *, topic: Topic, questions: Sequence[int], by: User, at: datetime, is_new: bool = False
) -> int:
    """Put the questions with these numbers into a topic, all of them or none; gives how many
    weren't in it. `is_new` says that the topic begins with them. Raises UnableToTag.
    """
    with transaction.atomic():
        rows = Question.objects.select_for_update().filter(pk__in=questions).order_by("pk")
        found = list(rows)
        if len(found) < len(set(questions)):
            raise UnableToTag(_("选中的提问里，有的不在了。"))
        for question in found:
            if question.withheld_at is not None or question.deleted_at is not None:
                raise UnableToTag(
                    _("选中的提问里，有的刚刚不再公开，这次一个都没有放。请再看一遍。")
                )
        tags = Tag.objects.filter(question__in=found).values_list("question", "topic")
        there = {question for question, other in tags if other == topic.pk}
        many = Counter(question for question, _other in tags)
        new = [question for question in found if question.pk not in there]
        for question in new:
            if many[question.pk] >= TOPICS_MOST:
                words = {"title": question.title, "most": TOPICS_MOST}
                raise UnableToTag(
                    _("“%(title)s”已经在 %(most)d 个话题里，再多就看不清了。") % words
                )
        if not new:
            raise UnableToTag(_("它们已经都在这个话题里了。"))
        Tag.objects.bulk_create(Tag(question=one, topic=topic, at=at) for one in new)
        record(
            "topic.opened" if is_new else "topic.grown",
            subject=topic,
            actor=by,
            at=at,
            data={"questions": [question.pk for question in new]},
        )
        # Behind the journal's lock nobody closes it any more.
        if not Topic.objects.filter(pk=topic.pk, closed_at=None).exists():
            raise UnableToTag(_("这个话题刚刚结束了，不能再放提问。"))
    return len(new)


def take_out_of_topic(*, topic: Topic, question: int, by: User, at: datetime) -> None:
    """Its page and its asker's words stay as they are. Raises UnableToTag."""
    with transaction.atomic():
        gone, _kinds = Tag.objects.filter(topic=topic, question=question).delete()
        if not gone:
            raise UnableToTag(_("它不在这个话题里，可能刚刚有人拿出来了。"))
        record("topic.shrunk", subject=topic, actor=by, at=at, data={"questions": [question]})
