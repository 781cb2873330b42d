"""Mainland mobile numbers: how they are typed, and what of them is stored."""

import hmac
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.digits import codes_in

#: 11 digits, the first 1 and the second 3 to 9 (numbering plan of the ministry, 2017).
_MOBILE = re.compile(r"(?:0|86|0086)?(1[3-9]\d{9})", re.ASCII)


def read(typed: str) -> str:
    """The eleven digits of what was typed, with or without +86. Raises ValidationError."""
    read = (_MOBILE.fullmatch(code) for code in codes_in(typed, 11, 12, 13, 15))
    found = {number[1] for number in read if number}
    if len(found) != 1:
        raise ValidationError(_("请填 11 位的手机号。目前只能用中国大陆的号码。"))
    return found.pop()


def digest(number: str) -> bytes:
    """What is stored: without the key, which is not in the database, it leads to no number."""
    return _keyed("number", number)


def code_digest(code: str, *, nonce: str) -> bytes:
    """A code as it is stored; six digits alone would be guessed at once."""
    return _keyed("code", f"{nonce}\x00{code}")


def ending(number: str) -> str:
    """The two digits by which its owner knows it again."""
    return number[-2:]


def _keyed(kind: str, value: str) -> bytes:
    return hmac.digest(settings.PHONE_KEY.encode(), f"{kind}\x00{value}".encode(), "sha256")
