"""A committee above reminds a body of what is late, in words of its own."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from youthvoice.cases import policy
from youthvoice.cases.actions import moving
from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.choices import Rung
from youthvoice.cases.models import Lane, Notice, Reminder
from youthvoice.cases.queries import chains
from youthvoice.journal.actions import record
from youthvoice.people.models import User


def remind(*, lane: Lane, line: str, by: User, at: datetime) -> Reminder:
    """Tell whoever has a late lane in hand, and the leads of its body, once more.

    They find it at their desks with the line, and get a letter without it. Once a day for each
    committee. Raises UnableToMove.
    """
    case = lane.case
    sender = policy.steps_in(by, case)
    if sender is None:
        raise UnableToMove(_("只有上级团组织的值班员和带班能提醒。"))
    with transaction.atomic():
        moving.lock(case)
        lane.refresh_from_db()
        if not lane.is_running or lane.due_at > at:
            raise UnableToMove(_("它现在没有超时，不用提醒。"))
        # Who is both is told once, as the first of these.
        told = {
            person.pk: (person, rung)
            for rung in (Rung.LEAD, Rung.HOLDER)
            for person in chains.people_at(lane, rung)
        }
        if not told:
            raise UnableToMove(_("那里还没有人能收到提醒，请打电话。"))
        day = timezone.localdate(at)
        made, is_new = Reminder.objects.get_or_create(
            lane=lane, sender=sender, day=day, defaults={"by": by, "line": line, "at": at}
        )
        if not is_new:
            raise UnableToMove(_("今天已经提醒过了，明天还可以再提醒。"))
        for person, rung in told.values():
            Notice.objects.update_or_create(
                lane=lane,
                person=person,
                rung=rung,
                round=lane.round,
                defaults={
                    "made_at": at,
                    "seen_at": None,
                    "tries": 0,
                    "next_at": at if person.email else None,
                },
            )
        data = {"question": case.question_id, "holder": lane.holder_id, "from": sender.pk}
        record("case.reminded", subject=lane, actor=by, at=at, data=data)
    return made
