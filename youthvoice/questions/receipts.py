"""The receipt: sixteen digits that open a nameless question's private side.

The code follows from the form's key and a secret outside the database, so that the same
form sent twice shows the same code; the database keeps only a slow hash of it. Without
the secret file a copy of the database can check no guess.
"""

import hashlib
import hmac
import re

from argon2.low_level import Type, hash_secret_raw
from django.conf import settings

_DIGITS = re.compile(r"[0-9]{16}")
# People copy with full-width digits and all sorts of separators.
_WIDE = str.maketrans({chr(0xFF10 + n): str(n) for n in range(10)})
_SEPARATORS = re.compile(r"[\s\-－–—·.,，、。_]+")


def _keyed(purpose: str, value: str) -> bytes:
    message = f"{purpose}\x00{value}".encode()
    return hmac.new(settings.RECEIPT_KEY.encode(), message, hashlib.sha256).digest()


def code_for(key: str) -> str:
    """The code that belongs to a form's key, in four groups of four digits."""
    number = int.from_bytes(_keyed("code", key), "big") % 10**16
    digits = f"{number:016d}"
    return " ".join(digits[i : i + 4] for i in range(0, 16, 4))


def digest_of(code: str) -> bytes | None:
    """Argon2id of a code under one secret salt (so that it can be looked up), 32 bytes.

    None when it can't be a code at all. Cost: settings.RECEIPT_HASH_COST.
    """
    digits = _SEPARATORS.sub("", code.translate(_WIDE))
    if not _DIGITS.fullmatch(digits):
        return None
    passes, lanes, kibibytes = settings.RECEIPT_HASH_COST
    return hash_secret_raw(
        digits.encode(),
        _keyed("salt", "")[:16],
        time_cost=passes,
        memory_cost=kibibytes,
        parallelism=lanes,
        hash_len=32,
        type=Type.ID,
    )
