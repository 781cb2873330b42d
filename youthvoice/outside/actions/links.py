"""A letter's link and its code as they are made: given once, and kept as digests."""

from datetime import datetime, timedelta

from youthvoice.cases.models import Hop
from youthvoice.outside import codes
from youthvoice.outside.choices import LINK_DAYS
from youthvoice.outside.models import OutsideCode


def put_link(hop: Hop, *, code: str = "", at: datetime) -> str:
    """A new link in place of the one before; gives its token.

    Without a code nothing opens it until `put_code` makes one. Within the act's transaction.
    """
    token = codes.new_token()
    OutsideCode.objects.update_or_create(
        hop=hop,
        defaults={
            "token_digest": codes.token_digest(token),
            "code_digest": codes.code_digest(token, code) if code else codes.no_code(),
            "made_at": at,
            **_fresh(at),
        },
    )
    return token


def put_code(found: OutsideCode, *, at: datetime) -> str:
    """A new code for the link that is out. Within the act's transaction."""
    code = codes.new_code()
    OutsideCode.objects.filter(pk=found.pk).update(
        code_digest=codes.code_digest_of(bytes(found.token_digest), code), **_fresh(at)
    )
    return code


def _fresh(at: datetime) -> dict[str, object]:
    return {"expires_at": at + timedelta(days=LINK_DAYS), "used_at": None, "tries": 0}
