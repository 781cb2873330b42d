"""Reports gather on one open item a piece of words."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID
from youthvoice.moderation import criticism, policy
from youthvoice.moderation.actions.problem import lock
from youthvoice.moderation.choices import HideReason, State
from youthvoice.moderation.criticism import fold, names_person
from youthvoice.moderation.matter import Matter, Words, items_of, matter_of
from youthvoice.moderation.models import Item, Report, mark_of
from youthvoice.orgs.models import Membership
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.questions.policy import Viewer


class UnableToReport(Exception):
    """Its message is for the person."""


def report(*, words: Words, reason: HideReason, note: str, by: Viewer, at: datetime) -> Report:
    """Tell the judges of words that break a rule.

    Nobody is told who reported: the journal names no actor, and the row has a keyed mark only
    of whoever is signed in, and not where they are the asker of a nameless question. A person
    counts once; sent again it is the same report. Raises UnableToReport.
    """
    if policy.wrote(by, words):
        raise UnableToReport(_("这是你自己写的。不想留着，可以自己撤下。"))
    question = words if isinstance(words, Question) else words.question
    # Beside the question that somebody opened with its receipt, they go without a name.
    nameless = question.is_nameless and by.is_asker(question)
    mark = "" if nameless or by.person is None else mark_of(by.person.pk)
    criticism.chart()
    with transaction.atomic():
        if not lock(words):
            raise UnableToReport(_("这些话刚刚被撤下了。"))
        item = _open_item(words, at)
        if mark:
            had = Report.objects.filter(item=item, mark=mark).first()
            if had is not None:
                return had
        made = Report.objects.create(item=item, reason=reason, note=note, mark=mark, at=at)
        _move_up(item, matter_of(words, item=item))
        _record(made, words, at)
    return made


def flag(*, words: Words, reason: HideReason, at: datetime, by_list: bool = True) -> Item | None:
    """What a list of words found, for the judges to look at; it hides nothing by itself.

    Once for one reason and piece of words: again only after an edit. None if there is
    nothing (more) to look at.
    """
    edited_at = getattr(words, "edited_at", None)
    criticism.chart()
    with transaction.atomic():
        if not lock(words):
            return None
        seen = Report.objects.filter(item__in=items_of(words), reason=reason, by_list=by_list)
        before = seen.select_related("item").order_by("-pk").first()
        if before is not None:
            decided_at = before.item.decided_at
            if before.item.state == State.OPEN:
                return before.item
            if edited_at is None or decided_at is None or edited_at <= decided_at:
                return None
        item = _open_item(words, at)
        made, is_new = Report.objects.get_or_create(
            item=item, reason=reason, by_list=by_list, mark="", defaults={"at": at}
        )
        if is_new:
            _record(made, words, at)
    return item


def _record(made: Report, words: Words, at: datetime) -> None:
    record(
        "report.made",
        subject=made.item,
        actor=None,
        at=at,
        data={
            "words": f"{words._meta.model_name}:{words.pk}",
            "reason": made.reason,
            **({SAID: made.commitment()} if made.note else {}),
        },
    )


def _open_item(words: Words, at: datetime) -> Item:
    """The open item of these words, whose row is locked: of several at once one opens it."""
    found = items_of(words).filter(state=State.OPEN).first()
    if found is not None:
        return found
    matter = matter_of(words)
    item = Item.objects.create(
        question=matter.question,
        answer=words if isinstance(words, Answer) else None,
        comment=words if isinstance(words, Comment) else None,
        author_id=words.author_id,
        # After an appeal that was right, those who hid it don't begin again.
        desk_id=None if matter.overturned else policy.place(matter, start=matter.holder),
        opened_at=at,
    )
    item.about.set(matter.about)
    item.named.set(_named(matter))
    return item


def _named(matter: Matter) -> set[int]:
    """Those who work anywhere and whose nickname stands in the words."""
    folded = fold(matter.text)
    staff = Membership.objects.values_list("person", "person__nickname").distinct()
    return {pk for pk, nickname in staff if names_person(folded, nickname)}


def _move_up(item: Item, matter: Matter) -> None:
    """If the last one at the desk who could decide has just reported it, it goes up."""
    if item.desk_id is None:
        return
    desk = policy.place(matter, start=item.desk_id)
    if desk != item.desk_id:
        Item.objects.filter(pk=item.pk, state=State.OPEN).update(desk=desk)
