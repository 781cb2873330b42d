"""The letters of bodies without accounts, by what stands in their links."""

from datetime import datetime

from django.db.models import QuerySet

from youthvoice.cases.choices import MailKind, MailState
from youthvoice.cases.codes import token_digest
from youthvoice.cases.models import Hop, Mailing, OutsideCode
from youthvoice.orgs.queries import has_members

#: So many wrong codes end a link.
TRIES_MOST = 5
#: Mails of a letter that its page tells of, the latest first.
MAILS_SHOWN = 4


def in_force(token: str, *, at: datetime) -> QuerySet[OutsideCode]:
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
