"""What an asker adds to a question, or puts right about where it belongs; everybody is told."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.orgs.models import Region
from youthvoice.pictures.actions import Drawn
from youthvoice.questions import policy
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.models import Picture, Question


class UnableToSupplement(Unable):
    pass


def supplement_question(
    *,
    question: Question,
    field: str,
    region: Region | None,
    pictures: list[Drawn],
    by: policy.Viewer,
    at: datetime,
) -> bool:
    """Add pictures after those that are there, and change field and region; False for nothing.

    Who holds it hears of it by the receivers of `question.supplemented`.
    Raises UnableToSupplement, also when it has changed since `question` was read.
    """
    if not policy.may_edit_question(by, question):
        raise UnableToSupplement(_("只有提问者自己能补充。"))
    new = region.pk if region is not None else None
    data: dict[str, Any] = {"pictures": len(pictures)} if pictures else {}
    if field != question.field:
        data["field"] = [question.field, field]
    if new != question.region_id:
        data["region"] = [question.region_id, new]
    if not data:
        return False
    with transaction.atomic():
        as_read = Question.objects.filter(
            pk=question.pk, field=question.field, region=question.region_id, deleted_at=None
        )
        if not as_read.update(field=field, region=region):
            raise UnableToSupplement(_("这个提问刚刚有变化，请刷新后再补充。"))
        places = list(Picture.objects.filter(question=question).values_list("position", flat=True))
        if pictures and len(places) + len(pictures) > settings.PICTURES_MOST:
            raise UnableToSupplement(_("最多 %d 张图片。") % settings.PICTURES_MOST)
        Picture.objects.bulk_create(Picture.of(question, pictures, after=max(places, default=-1)))
        question.field, question.region = field, region
        actor = None if question.is_nameless else by.person
        record("question.supplemented", subject=question, actor=actor, at=at, data=data)
    return True
