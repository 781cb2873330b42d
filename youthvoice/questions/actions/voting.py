from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.kit.once import insert_once
from youthvoice.questions import policy
from youthvoice.questions.actions import heat, tallies
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.models import Answer, Useful


class UnableToVote(Unable):
    pass


def find_useful(*, answer: Answer, by: policy.Viewer, at: datetime) -> None:
    """有用: once a person and answer; not for one's own, nor under one's own nameless
    question. Raises UnableToVote."""
    person = by.person
    if person is not None and answer.question.is_nameless and by.is_asker(answer.question):
        raise UnableToVote(_("这是你匿名问的，用你的名字标会露出是你问的；可以采纳它。"))
    if person is None or not policy.may_find_useful(by, answer):
        raise UnableToVote(_("登录后才能标有用；自己的回答不能自己标。"))
    with transaction.atomic():
        if not _stands(answer):
            raise UnableToVote(_("这条回答已经不在了。"))
        made = Useful(answer=answer, person=person, at=at)
        if insert_once(made):
            _count(answer, 1, stands=True)
            tallies.count_participant(made)
            record("answer.found_useful", subject=answer, actor=person, at=at)


def take_back_useful(*, answer: Answer, by: policy.Viewer, at: datetime) -> None:
    """Take one's 有用 back; without one it does nothing. Raises UnableToVote."""
    person = by.person
    if person is None:
        raise UnableToVote(_("请先登录。"))
    with transaction.atomic():
        stands = _stands(answer)
        gone, _kinds = Useful.objects.filter(answer=answer, person=person).delete()
        if gone:
            _count(answer, -1, stands=stands)
            record("answer.useful_taken_back", subject=answer, actor=person, at=at)


def _stands(answer: Answer) -> bool:
    """Whether it has not been taken back; on PostgreSQL nobody can until we are done."""
    return Answer.objects.select_for_update().filter(pk=answer.pk, deleted_at=None).exists()


def _count(answer: Answer, by: int, *, stands: bool) -> None:
    Answer.objects.filter(pk=answer.pk).update(useful_count=F("useful_count") + by)
    # A deleted answer took its marks out of the question's sum when it went.
    if stands:
        heat.add(answer.question_id, useful_count=by)
