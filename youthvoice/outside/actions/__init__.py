"""All writes about bodies without accounts: letters to them, what they do, and what they see."""

from youthvoice.outside.actions.bodies import (
    Tried,
    issue_code,
    reply_outside,
    return_outside,
    sign_outside,
    use_code,
)
from youthvoice.outside.actions.mail_to_bodies import new_code, order_mail, send_mailings
from youthvoice.outside.actions.numbers import forget_release, keep_numbers, release_numbers

__all__ = [
    "Tried",
    "forget_release",
    "issue_code",
    "keep_numbers",
    "new_code",
    "order_mail",
    "release_numbers",
    "reply_outside",
    "return_outside",
    "send_mailings",
    "sign_outside",
    "use_code",
]
