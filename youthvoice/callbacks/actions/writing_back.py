"""Letters with the link by which somebody says what came of an answer, without signing in."""

import secrets
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from youthvoice.callbacks.actions.calling_back import has_the_word
from youthvoice.callbacks.choices import Day
from youthvoice.callbacks.models import Callback
from youthvoice.kit.letters import link
from youthvoice.people.queries import hash_of, proven_address

#: Tried after 1 min, 2 min, 4 min … at most six hours apart, so for about two days.
TRIES_MOST = 16
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)
_AT_ONCE = 50
_log = structlog.get_logger("youthvoice.callbacks")


def send_letters(*, at: datetime) -> int:
    """Send what is due; what fails is tried again later. Gives how many went away."""
    due = Callback.objects.filter(next_at__lte=at).select_related(
        "case__question__author", "lead__question"
    )
    return sum(_send(row, at=at) for row in due.order_by("next_at", "pk")[:_AT_ONCE])


def _send(row: Callback, *, at: datetime) -> bool:
    wait = min(_FIRST_WAIT * 2 ** min(row.tries, 10), _LONGEST_WAIT)
    again = at + wait if row.tries + 1 < TRIES_MOST else None
    author = row.case.question.author
    address = proven_address(author) if author is not None and author.is_active else ""
    wanted = address and has_the_word(row) and not row.is_answered
    # Each try has a link of its own, which stands nowhere but in the letter.
    token = secrets.token_urlsafe(32)
    taken = Callback.objects.filter(pk=row.pk, next_at=row.next_at).update(
        next_at=again if wanted else None,
        tries=row.tries + 1,
        token_digest=hash_of(token) if wanted else None,
    )
    # Another worker may be at it: whoever moves the time sends.
    if not taken or not wanted:
        return False
    try:
        send_mail(_subject(row), _body(row, token), None, [address])
    except Exception as problem:
        # The problem may quote the address: only its kind is logged.
        _log.error("cases.letter_failed", problem=type(problem).__name__)
        return False
    Callback.objects.filter(pk=row.pk).update(next_at=None)
    return True


def _subject(row: Callback) -> str:
    return f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{_('你的提问，解决了吗')}"


def _body(row: Callback, token: str) -> str:
    """Never a word of the question: others may look over a shoulder."""
    since = Day(row.day).since
    told = _("你的第 %(number)d 号提问有回答%(since)s了。")
    if row.lead is not None:
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
        "since": since,
        "link": link(reverse("callbacks:back_by_link", args=[token])),
        "lead": row.lead.question_id if row.lead is not None else 0,
        "lead_link": link(row.lead.question.get_absolute_url()) if row.lead is not None else "",
    }
