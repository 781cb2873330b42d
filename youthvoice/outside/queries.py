"""Letters to bodies without accounts, by what stands in their links, and what they may show."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from youthvoice.cases.models import Hop
from youthvoice.orgs.queries import has_members
from youthvoice.outside.choices import MailKind, MailState
from youthvoice.outside.codes import token_digest
from youthvoice.outside.models import Mailing, NumbersRelease, OutsideCode
from youthvoice.outside.policy import may_release_numbers
from youthvoice.people.policy import is_protected
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.safety import personal

#: So many wrong codes end a link.
TRIES_MOST = 5
#: Mails of a letter that its page tells of, the latest first.
MAILS_SHOWN = 4


def links_in_force(token: str, *, at: datetime) -> QuerySet[OutsideCode]:
    """Those that a code still opens: one or none. An ended link is found like a wrong one."""
    return OutsideCode.objects.filter(
        token_digest=token_digest(token),
        used_at=None,
        expires_at__gt=at,
        tries__lt=TRIES_MOST,
        hop__ended_at=None,
    )


def opened(token: str) -> OutsideCode | None:
    """Of a link whose code was used: what stands behind it, for the browser that used it."""
    return (
        OutsideCode.objects.select_related(
            "hop__lane__case__question__region",
            "hop__lane__case__holder",
            "hop__lane__holder",
            "hop__sender",
            "hop__receiver",
        )
        .filter(token_digest=token_digest(token), used_at__isnull=False)
        .first()
    )


def hop_for_letter(pk: int) -> Hop | None:
    """A hop whose question everybody may read."""
    return (
        Hop.objects.select_related(
            "lane__case__question__region", "lane__case__holder", "sender", "receiver"
        )
        .filter(
            pk=pk,
            lane__case__question__deleted_at=None,
            lane__case__question__withheld_at=None,
        )
        .first()
    )


def is_staffed(hop: Hop) -> bool:
    """Whether somebody of the body signs in, so that nobody needs to write to it."""
    return has_members(hop.receiver_id)


def mails_of(hop: Hop) -> list[Mailing]:
    return list(hop.mailings.order_by("-made_at", "-pk")[:MAILS_SHOWN])


def mailed_link(hop: Hop) -> OutsideCode | None:
    """What stands behind the link that went to the body's mailbox, unless a later one ended it."""
    sent = hop.mailings.filter(kind=MailKind.LETTER, state=MailState.SENT)
    latest = sent.order_by("-ended_at").first()
    if latest is None or latest.ended_at is None:
        return None
    return OutsideCode.objects.filter(hop=hop, made_at__lte=latest.ended_at).first()


@dataclass(frozen=True)
class Words:
    """A question as another body may see it."""

    title: str
    text: str
    #: Something is hidden in it.
    is_masked: bool


def holds_numbers(question: Question) -> bool:
    return any(personal.find(words) for words in (question.title, question.text))


def shows_numbers(question: Question) -> bool:
    """Whether letters show them. One query.

    Whoever has said since that they are not of age after all is a minor for us again.
    """
    rows = NumbersRelease.objects.filter(case__question=question)
    row = rows.select_related("case__question__author").first()
    if row is None:
        return False
    asked = row.case.question
    return asked.is_nameless or not is_protected(asked.author)


def numbers_choice(viewer: Viewer, question: Question) -> str:
    """For the asker's side of its page: "shown", "masked", or "" where nothing is to be chosen.

    Offered whether it was referred or not: once it is, the letter may be on its way. No query
    where the words hold no such numbers, as most don't.
    """
    if not holds_numbers(question):
        return ""
    if shows_numbers(question):
        return "shown"
    return "masked" if may_release_numbers(viewer, question) else ""


def handed_on(question: Question, *, shows_numbers: bool, sign: str = personal.HIDDEN) -> Words:
    """`sign` stands for each character that is hidden."""
    if shows_numbers:
        return Words(question.title, question.text, is_masked=False)
    title = personal.mask(question.title, sign=sign)
    text = personal.mask(question.text, sign=sign)
    return Words(title, text, (title, text) != (question.title, question.text))
