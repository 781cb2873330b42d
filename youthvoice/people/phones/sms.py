"""Sending a code: nothing (telephones are off), the console, or the operator's gateway.

The gateway's interface is told in docs/operating.md.
"""

import hmac
import json
import secrets
from datetime import datetime

import structlog
from django.conf import settings

from youthvoice.kit import outgoing

CONSOLE = "console"
_BOUNDS = outgoing.Bounds(connect=2.0, read=4.0, total=6.0, most_bytes=64 * 1024)
#: Tests allow this machine; no setting can.
ALLOWED = outgoing.Allowed()
_log = structlog.get_logger("youthvoice.sms")


class UnableToSend(Exception):
    """The message did not leave; why is in the log, without the number."""


def is_on() -> bool:
    return bool(settings.SMS_URL)


def send(number: str, code: str, *, at: datetime) -> None:
    """Send it now, within 6 seconds. Raises UnableToSend."""
    if settings.SMS_URL == CONSOLE:
        # Only where it is developed: the settings refuse this together with HTTPS.
        _log.info("sms.console", number=number, code=code)
        return
    words = {"template": settings.SMS_TEMPLATE, "number": f"+86{number}", "code": code}
    body = json.dumps(words).encode()
    stamp = str(int(at.timestamp()))
    signed = hmac.digest(settings.SMS_SECRET.encode(), stamp.encode() + b"." + body, "sha256")
    try:
        answer = outgoing.call(
            "POST",
            settings.SMS_URL,
            body=body,
            headers={
                "Content-Type": "application/json",
                "X-Youthvoice-Id": secrets.token_hex(16),
                "X-Youthvoice-Time": stamp,
                "X-Youthvoice-Signature": signed.hex(),
            },
            bounds=_BOUNDS,
            allowed=ALLOWED,
        )
    except outgoing.UnableToCall as problem:
        _log.error("sms.failed", why=str(problem))
        raise UnableToSend from None
    if not 200 <= answer.status < 300:
        _log.error("sms.failed", why=f"status {answer.status}")
        raise UnableToSend
