"""Reading crisis records. They are counted on the desks of those who help, nowhere else."""

from django.db.models import QuerySet

from youthvoice.crisis.choices import State
from youthvoice.crisis.models import LogLine, Record
from youthvoice.kit.paging import Page, by_time, page
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.safety import signs

LOG_MOST = 200
#: Sentences told of, the surest first.
_NOTICED_MOST = 3


def open_count(user: object, memberships: list[Membership]) -> int:
    """How many wait for this person; asks nothing for those who never have any."""
    if not any(m.role in {Role.LEAD, Role.OPERATOR} for m in memberships):
        return 0
    return Record.objects.visible_to(user).open().count()


def listed(user: object, *, ended: bool, after: str) -> Page[Record]:
    """The open ones, oldest first; or those that were ended, latest first. One query."""
    rows: QuerySet[Record] = Record.objects.visible_to(user)
    if ended:
        return page(rows.filter(state=State.CLOSED), key=by_time("opened_at"), after=after)
    return page(
        rows.filter(state=State.OPEN), key=by_time("opened_at", descending=False), after=after
    )


def found(user: object, pk: int) -> Record | None:
    rows = Record.objects.visible_to(user).exclude(state=State.FALSE_ALARM)
    return rows.select_related("question__region", "answer", "comment").filter(pk=pk).first()


def log_of(record: Record) -> list[LogLine]:
    return list(record.log.select_related("by").order_by("at", "pk")[:LOG_MOST])


def of_question(question: Question) -> Record | None:
    """The record for which the question itself is withheld: the open one, or the last."""
    rows = Record.objects.filter(question=question, answer=None, comment=None)
    return rows.exclude(state=State.FALSE_ALARM).order_by("-pk").first()


def text_of(words: Question | Answer | Comment) -> str:
    """What is looked through for danger."""
    return "\n".join(filter(None, (getattr(words, "title", ""), words.text)))


def noticed(record: Record) -> list[str]:
    """The sentences for which it was opened, as they read today; folded, the surest first."""
    words = record.words
    if words is None or words.deleted_at:
        return []
    found = signs.find_sure(text_of(words))[:_NOTICED_MOST]
    return list(dict.fromkeys("，".join(sign.window) for sign in found))
