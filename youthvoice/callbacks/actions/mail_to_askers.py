"""Letters with the link by which somebody says what came of an answer, without signing in."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from youthvoice.callbacks.actions.calling_back import has_the_word
from youthvoice.callbacks.models import Callback
from youthvoice.kit import letters
from youthvoice.people.queries import hash_of, proven_address

#: As each is tried once an hour in the end, for about two days.
TRIES_MOST = 54
_AT_ONCE = 50


def send_letters(*, at: datetime) -> int:
    """Send what is due; what fails is tried again later. Gives how many went away."""
    return letters.send_due(
        Callback.objects.select_related("case__question__author", "lead__question"),
        at=at,
        most=_AT_ONCE,
        write=_write,
        event="cases.letter_failed",
        address=_address,
        tries_most=TRIES_MOST,
    )


def _address(row: Callback) -> str:
    author = row.case.question.author
    return proven_address(author) if author is not None and author.is_active else ""


def _write(rows: Sequence[Callback]) -> letters.Letter | None:
    [row] = rows
    if not _address(row) or not has_the_word(row) or row.is_answered:
        Callback.objects.filter(pk=row.pk).update(next_at=None, token_digest=None)
        return None
    # Each try has a link of its own, which stands nowhere but in the letter.
    token = secrets.token_urlsafe(32)
    Callback.objects.filter(pk=row.pk).update(token_digest=hash_of(token))
    return letters.Letter(_("你的提问，解决了吗"), _body(row, token))


def _body(row: Callback, token: str) -> str:
    """Never a word of the question: others may look over a shoulder."""
    lead = row.lead.question if row.lead is not None else None
    told = _("你的第 %(number)d 号提问有回答%(since)s了。")
    if lead is not None:
        told = _(
            "你的第 %(number)d 号提问和第 %(lead)d 号提问是同一件事，一起办理。"
            "第 %(lead)d 号有了回答，也是给你的，在这里看：\n%(lead_link)s\n\n"
        )
    asked = _(
        "解决了吗，满意吗，还缺什么：\n%(link)s\n\n"
        "不用登录，点一下就行。没解决，它会重新打开。不说也可以，不会当成满意。"
    )
    return (told + asked) % {
        "number": row.case.question_id,
        "since": row.since,
        "link": letters.link(reverse("callbacks:back_by_link", args=[token])),
        "lead": lead.pk if lead else 0,
        "lead_link": letters.link(lead.get_absolute_url()) if lead else "",
    }
