from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.kit.once import insert_once
from youthvoice.questions import policy
from youthvoice.questions.actions import heat, tallies
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.models import Follow, Question


class UnableToFollow(Unable):
    pass


def follow(*, question: Question, by: policy.Viewer, at: datetime) -> None:
    """我也想问: count with those who want to know. Twice is once. Raises UnableToFollow."""
    person = by.person
    if person is None or not policy.may_follow(by, question):
        raise UnableToFollow(_("登录后才能关注；自己的提问不用关注。"))
    with transaction.atomic():
        standing = Question.objects.select_for_update().filter(pk=question.pk, deleted_at=None)
        if not standing.exists():
            raise UnableToFollow(_("这个提问刚刚被删除了。"))
        made = Follow(question=question, person=person, at=at)
        if insert_once(made):
            heat.add(question.pk, follow_count=1)
            tallies.count_participant(made)
            record("question.followed", subject=question, actor=person, at=at)


def unfollow(*, question: Question, by: policy.Viewer, at: datetime) -> None:
    """Take the following back; without one it does nothing. Raises UnableToFollow."""
    person = by.person
    if person is None:
        raise UnableToFollow(_("请先登录。"))
    with transaction.atomic():
        gone, _kinds = Follow.objects.filter(question=question, person=person).delete()
        if gone:
            heat.add(question.pk, follow_count=-1)
            record("question.unfollowed", subject=question, actor=person, at=at)
