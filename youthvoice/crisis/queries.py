"""Reading crisis records. They are counted on the desks of those who help, nowhere else."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from youthvoice.crisis.choices import State
from youthvoice.crisis.models import LogLine, Record, Told
from youthvoice.kit.paging import Page, by_time, page
from youthvoice.orgs.choices import OrgKind, Role
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.orgs.queries import leads_of, region_and_below
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


@dataclass(frozen=True)
class OnDuty:
    """What somebody on duty is told: that there is something open, and whom to call."""

    count: int
    #: The bodies whose leads know of it, each with what they are called.
    bodies: list[tuple[Organisation, list[str]]]


def on_duty(memberships: list[Membership]) -> OnDuty | None:
    """Of open records told to the bodies for which somebody is on duty or leads the shift, or
    below their committees; nothing of what they are about. None where there is none.

    What a lead was told of is in their own list. Asks nothing for those who are never on duty.
    Two queries, or one.
    """
    duty = [m.organisation for m in memberships if m.role in (Role.DUTY, Role.LEAD)]
    led = {m.organisation_id for m in memberships if m.role == Role.LEAD}
    if not duty:
        return None
    below = {
        code
        for body in duty
        if body.kind == OrgKind.LEAGUE
        for code in region_and_below(body.region_id)
    }
    rows = Told.objects.filter(record__state=State.OPEN)
    rows = rows.filter(Q(organisation__in=duty) | Q(organisation__region__in=below))
    told = list(rows.select_related("organisation").order_by("at", "pk"))
    own = {row.record_id for row in told if row.organisation_id in led}
    told = [row for row in told if row.record_id not in own]
    if not told:
        return None
    bodies = {row.organisation_id: row.organisation for row in told}
    names = leads_of(bodies)
    return OnDuty(
        count=len({row.record_id for row in told}),
        bodies=[(body, names.get(pk, [])) for pk, body in bodies.items()],
    )


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
