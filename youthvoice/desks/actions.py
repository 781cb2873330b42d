"""What staff write and keep: notes, canned replies, who is here, and what they ask for others."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.cases import policy as cases_policy
from youthvoice.cases.actions import UnableToMove, moving
from youthvoice.cases.models import Case, Lane
from youthvoice.desks import policy
from youthvoice.desks.choices import PRESENCE_KEPT
from youthvoice.desks.models import Canned, Mention, Note, OnBehalf, Presence
from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID, new_salt
from youthvoice.kit.holdings import CHUNK, Leaver
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Question

#: As many a body keeps: they are chosen from one list.
KEPT_MOST = 60
#: What stands before a colleague's name, as keyboards give it: @, and its wide and its small form.
_AT = re.compile("[@＠﹫]")
#: How far behind a letter its wide form stands.
_WIDER = ord("Ａ") - ord("A")


class UnableToKeep(Exception):
    pass


# --- Notes -------------------------------------------------------------------------------


def write_note(
    *, lane: Lane, text: str, by: User, at: datetime, over: Organisation | None = None
) -> Note:
    """Note something for the colleagues of the body whose lane it is, or of the committee `over`
    its case's holder.

    Those who are called by @昵称 find it in their list. The same words twice are one note.
    Raises UnableToMove.
    """
    case, body = lane.case, over or lane.holder
    is_theirs = cases_policy.may_work_on(by, lane)
    if over is not None:
        is_theirs = over == cases_policy.oversees(by, case)
    if not is_theirs:
        raise UnableToMove(_("这件事不在你所在的组织手里。"))
    with transaction.atomic():
        moving.lock(case)
        last = Note.objects.filter(case=case, body=body).order_by("-at", "-pk").first()
        if last is not None and (last.author_id, last.text) == (by.pk, text):
            return last
        note = Note.objects.create(case=case, body=body, author=by, text=text, at=at)
        Mention.objects.bulk_create(
            Mention(note=note, person=person, at=at)
            for person in _meant(text, body)
            if person.pk != by.pk
        )
        record(
            "case.noted",
            subject=note,
            actor=by,
            at=at,
            data={
                "question": case.question_id,
                "holder": body.pk,
                SAID: note.commitment(),
            },
        )
    return note


def _meant(text: str, body: Organisation) -> list[User]:
    """Colleagues whose name follows an @; of 小秦 and 小秦川 the longer one, where it stands."""
    if not _AT.search(text):
        return []
    colleagues = User.objects.filter(is_active=True, memberships__organisation=body).distinct()
    by_name: dict[str, list[User]] = {}
    for person in colleagues:
        if name := _folded(person.nickname):
            by_name.setdefault(name, []).append(person)
    names = sorted(by_name, key=len, reverse=True)
    if not names:
        return []
    found = re.findall(f"{_AT.pattern}({'|'.join(map(_called, names))})", text)
    return [person for name in dict.fromkeys(map(_folded, found)) for person in by_name[name]]


def _folded(name: str) -> str:
    """A name by which letters of another width or case are the same ones."""
    return unicodedata.normalize("NFKC", name).casefold()


def _called(name: str) -> str:
    """The pattern that finds a folded name however it was typed."""
    return "".join(f"[{re.escape(''.join(_typed(sign)))}]" for sign in name)


def _typed(sign: str) -> set[str]:
    found = {sign, sign.upper()} if len(sign.upper()) == 1 else {sign}
    return found | {chr(ord(one) + _WIDER) for one in found if "!" <= one <= "~"}


def erase_mentions(leavers: Sequence[Leaver], *, at: datetime) -> None:
    """Somebody's name goes from the notes that call them, a few notes at a time."""
    people = [leaver.pk for leaver in leavers]
    rows = Mention.objects.filter(person__in=people).select_related("note", "person")
    while batch := list(rows.order_by("pk")[:CHUNK]):
        with transaction.atomic():
            for mention in batch:
                # Read anew: one note may call two who leave.
                note = Note.objects.select_related("case").get(pk=mention.note_id)
                text = note.text
                if name := _folded(mention.person.nickname):
                    text = re.sub(_AT.pattern + _called(name), _("@已离开的同事"), text)
                if text != note.text:
                    note.text, note.salt = text, new_salt()
                    note.save(update_fields=["text", "salt"])
                    said = {"question": note.case.question_id, SAID: note.commitment()}
                    record("case.note_cleared", subject=note, actor=None, at=at, data=said)
            Mention.objects.filter(pk__in=[mention.pk for mention in batch]).delete()


def drop_notes(*, questions: Sequence[int]) -> None:
    """What was noted of askers goes with their words."""
    Note.objects.filter(case__question__in=questions).delete()


# --- Canned replies ----------------------------------------------------------------------


def keep_reply(
    *,
    organisation: Organisation,
    reply: Canned | None,
    title: str,
    text: str,
    by: User,
    at: datetime,
) -> Canned:
    """A new reply, or other words for one. Raises UnableToKeep."""
    _check_leads(organisation, by)
    with transaction.atomic():
        # The body's row lets two leads queue up, so that no title is there twice.
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        rows = Canned.objects.filter(organisation=organisation)
        same = rows.filter(title=title).first()
        if same is not None and same != reply:
            raise UnableToKeep(_("已经有一条叫这个名字。"))
        if reply is None:
            if rows.count() >= KEPT_MOST:
                raise UnableToKeep(_("最多存 %d 条，先删几条不用的。") % KEPT_MOST)
            reply = Canned.objects.create(organisation=organisation, title=title, text=text)
        else:
            reply.title, reply.text, reply.salt = title, text, new_salt()
            said = {"title": title, "text": text, "salt": reply.salt}
            if not rows.filter(pk=reply.pk).update(**said):
                raise UnableToKeep(_("这条刚刚被删了。"))
        data = {"of": organisation.pk, SAID: reply.commitment()}
        record("case.reply_kept", subject=reply, actor=by, at=at, data=data)
    return reply


def drop_reply(*, reply: Canned, by: User, at: datetime) -> None:
    """Raises UnableToKeep. Twice is once."""
    _check_leads(reply.organisation, by)
    with transaction.atomic():
        gone, _kinds = Canned.objects.filter(pk=reply.pk).delete()
        if gone:
            data = {"of": reply.organisation_id}
            record("case.reply_dropped", subject=reply, actor=by, at=at, data=data)


def _check_leads(organisation: Organisation, by: User) -> None:
    if not policy.leads(by, organisation.pk):
        raise UnableToKeep(_("只有带班的人能改常用回复。"))


# --- Who has a case open -----------------------------------------------------------------


def be_here(*, case: Case, lane: Lane, by: User, is_writing: bool, at: datetime) -> None:
    """`by` has the page open, for the body whose lane it is, and may be writing.

    It is no act: nothing follows from it, so the journal has no entry.
    """
    Presence.objects.update_or_create(
        case=case,
        person=by,
        defaults={"body_id": lane.holder_id, "seen_at": at, "is_writing": is_writing},
    )


def forget_presences(*, at: datetime) -> int:
    """Who has left is not remembered. Gives how many rows went."""
    with transaction.atomic():
        gone, _kinds = Presence.objects.filter(seen_at__lt=at - PRESENCE_KEPT).delete()
    return gone


# --- Asking for somebody else ------------------------------------------------------------


def ask_on_behalf(
    *, organisation: Organisation, channel: str, by: User, at: datetime, **asked: Any
) -> questions.Asked:
    """Ask without a name for somebody who agreed that it becomes public.

    `asked` is what `questions.actions.ask_question` takes besides. Who it was is asked of
    nobody and stored nowhere; the receipt is theirs. Raises UnableToMove.
    """
    if not policy.may_ask_on_behalf(by, organisation):
        raise UnableToMove(_("只有团组织的工作人员能代为提出。"))
    # A whole second: no moment of the asker's stands in a row with somebody's number in it.
    at = at.replace(microsecond=0)

    def note(question: Question) -> None:
        made = OnBehalf.objects.create(
            question=question,
            organisation=organisation,
            by=by,
            channel=channel,
            consented_at=at,
        )
        data = {"question": question.pk, "organisation": organisation.pk, "channel": channel}
        record("case.asked_for", subject=made, actor=by, at=at, data=data)

    return questions.ask_question(author=None, at=at, also=note, **asked)
