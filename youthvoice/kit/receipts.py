"""The receipt: sixteen digits that open a nameless question's private side.

The code follows from the sending's key and a secret outside the database, so that the same
form sent twice by the same browser shows the same code; the database keeps only a slow hash
of it. Without
the secret file a copy of the database can check no guess.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence

from argon2.low_level import Type, hash_secret_raw
from django.conf import settings

from youthvoice.kit.digits import codes_in

DIGITS = 16


def _keyed(purpose: str, value: str) -> bytes:
    message = f"{purpose}\x00{value}".encode()
    return hmac.new(settings.RECEIPT_KEY.encode(), message, hashlib.sha256).digest()


def sending_key(form_key: str, *, sender: str, words: Sequence[str]) -> str:
    """What makes a sending the same one: this form, whoever sends it, and what they wrote.

    64 hex digits under the secret: from the hash that the row keeps of it nobody comes back
    to the sender, not even with the secret, for `form_key` is drawn at random and stored
    nowhere.
    """
    return _keyed("sending", json.dumps([form_key, sender, *words])).hex()


def code_for(key: str) -> str:
    """The code that belongs to a sending's key, in four groups of four digits."""
    number = int.from_bytes(_keyed("code", key), "big") % 10**16
    digits = f"{number:016d}"
    return " ".join(digits[i : i + 4] for i in range(0, 16, 4))


def digest_of(code: str) -> bytes | None:
    """Argon2id of a code under one secret salt (so that it can be looked up), 32 bytes.

    None when it can't be a code at all. Cost: settings.RECEIPT_HASH_COST.
    """
    found = codes_in(code, DIGITS)
    if len(found) != 1:
        return None
    passes, lanes, kibibytes = settings.RECEIPT_HASH_COST
    return hash_secret_raw(
        found[0].encode(),
        _keyed("salt", "")[:16],
        time_cost=passes,
        memory_cost=kibibytes,
        parallelism=lanes,
        hash_len=32,
        type=Type.ID,
    )
