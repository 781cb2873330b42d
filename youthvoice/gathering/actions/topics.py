"""A topic made from a group, or from a question and what is handled together with it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.cases.actions import moving
from youthvoice.cases.models import Case
from youthvoice.cases.policy import is_public
from youthvoice.gathering import policy
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.topics import actions as topics
from youthvoice.topics import policy as topics_policy
from youthvoice.topics.actions import (
    UnableToOpen,
    UnableToTag,
    put_into_topic,
    take_out_of_topic,
)
from youthvoice.topics.models import Topic

#: As many questions are put into a topic at once at most.
PUT_MOST = 100


class UnableToMakeTopic(Exception):
    """Why the questions are in no topic, for the person who wanted them there."""


def make_topic(
    *, cases: Sequence[Case], name: str, intro: str, host: Organisation, by: User, at: datetime
) -> Topic:
    """Open a topic in the host's name with the questions of these cases, all of them or none.

    Nothing else about a question changes; its case is not touched. Raises UnableToMakeTopic.
    """
    numbers = _numbers(cases)
    try:
        with transaction.atomic():
            _hold(cases, by=by)
            topic = topics.make_topic(name=name, intro=intro, host=host, by=by, at=at)
            put_into_topic(topic=topic, questions=numbers, by=by, at=at, is_new=True)
    except (UnableToOpen, UnableToTag) as problem:
        raise UnableToMakeTopic(str(problem)) from problem
    topic.refresh_from_db()
    return topic


def add_to_topic(*, cases: Sequence[Case], topic: Topic, by: User, at: datetime) -> int:
    """Put the questions of these cases into a topic that the person's organisation hosts, all
    of them or none; gives how many weren't in it. Raises UnableToMakeTopic.
    """
    if not topics_policy.may_look_after(by, topic):
        raise UnableToMakeTopic(_("只有主持单位自己的人能往话题里放提问。"))
    numbers = _numbers(cases)
    try:
        with transaction.atomic():
            _hold(cases, by=by)
            return put_into_topic(topic=topic, questions=numbers, by=by, at=at)
    except UnableToTag as problem:
        raise UnableToMakeTopic(str(problem)) from problem


def remove_from_topic(*, topic: Topic, question: int, by: User, at: datetime) -> None:
    """By the host's people, whoever holds the question now. Raises UnableToMakeTopic."""
    if not topics_policy.may_look_after(by, topic):
        raise UnableToMakeTopic(_("只有主持单位自己的人能从话题里拿出提问。"))
    try:
        take_out_of_topic(topic=topic, question=question, by=by, at=at)
    except UnableToTag as problem:
        raise UnableToMakeTopic(str(problem)) from problem


def _numbers(cases: Sequence[Case]) -> list[int]:
    numbers = sorted({case.question_id for case in cases})
    if not 1 <= len(numbers) <= PUT_MOST:
        raise UnableToMakeTopic(_("请选 1 到 %d 个提问。") % PUT_MOST)
    return numbers


def _hold(cases: Sequence[Case], *, by: User) -> None:
    """Whoever holds them may have changed since the person looked; from here on it can't."""
    moving.lock_all(cases)
    now = Case.objects.select_related("holder", "question")
    for case in now.filter(pk__in=[case.pk for case in cases]).order_by("question_id"):
        # Of one out of public view not even the title is told here.
        if not is_public(case):
            raise UnableToMakeTopic(
                _("选中的提问里，有的刚刚不再公开，这次一个都没有放。请再看一遍。")
            )
        if not policy.may_gather(by, case):
            raise UnableToMakeTopic(_("“%s”不由你放进话题。") % case.question.shown_title)
