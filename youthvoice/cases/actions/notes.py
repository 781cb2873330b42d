"""Private notes among colleagues, with mentions."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.cases import policy
from youthvoice.cases.actions import moving
from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.models import Lane, Mention, Note
from youthvoice.journal.actions import record
from youthvoice.kit.holdings import CHUNK, Leaver
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.questions.models import Question


def write_note(*, lane: Lane, text: str, by: User, at: datetime) -> Note:
    """Note something for the colleagues of the body whose lane it is.

    Those who are called by @昵称 find it in their list. The same words twice are one note.
    Raises UnableToMove.
    """
    if not policy.may_work_on(by, lane):
        raise UnableToMove(_("这件事不在你所在的组织手里。"))
    case = lane.case
    with transaction.atomic():
        moving.lock(case)
        last = Note.objects.filter(case=case, body=lane.holder_id).order_by("-at", "-pk").first()
        if last is not None and (last.author_id, last.text) == (by.pk, text):
            return last
        note = Note.objects.create(case=case, body=lane.holder, author=by, text=text, at=at)
        Mention.objects.bulk_create(
            Mention(note=note, person=person, at=at)
            for person in _meant(text, lane.holder)
            if person.pk != by.pk
        )
        record(
            "case.noted",
            subject=note,
            actor=by,
            at=at,
            data={"question": case.question_id, "holder": lane.holder_id},
        )
    return note


def _meant(text: str, body: Organisation) -> list[User]:
    """Colleagues whose name follows an @; of 小秦 and 小秦川 the longer one, where it stands."""
    if "@" not in text:
        return []
    colleagues = User.objects.filter(is_active=True, memberships__organisation=body).distinct()
    by_name: dict[str, list[User]] = {}
    for person in colleagues.exclude(nickname=""):
        by_name.setdefault(person.nickname, []).append(person)
    names = sorted(by_name, key=len, reverse=True)
    if not names:
        return []
    found = re.findall("@(" + "|".join(re.escape(name) for name in names) + ")", text)
    return [person for name in dict.fromkeys(found) for person in by_name[name]]


def erase_mentions(leavers: Sequence[Leaver], *, at: datetime) -> None:
    """Somebody's name goes from the notes that call them, a few notes at a time."""
    people = [leaver.pk for leaver in leavers]
    rows = Mention.objects.filter(person__in=people).select_related("note", "person")
    while batch := list(rows.order_by("pk")[:CHUNK]):
        with transaction.atomic():
            for mention in batch:
                # Read anew: one note may call two who leave.
                note = Note.objects.get(pk=mention.note_id)
                called = f"@{mention.person.nickname}"
                text = note.text.replace(called, _("@已离开的同事")) if called != "@" else note.text
                Note.objects.filter(pk=note.pk).update(text=text)
            Mention.objects.filter(pk__in=[mention.pk for mention in batch]).delete()


def drop_notes(*, question: Question) -> None:
    """What was noted of an asker goes with their words."""
    Note.objects.filter(case__question=question).delete()
