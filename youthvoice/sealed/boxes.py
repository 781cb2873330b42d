"""A record's two layers: libsodium's sealed boxes, the inner one to the second person's key.

Who seals needs public keys only, and can't open what was sealed a moment ago.
"""

import re
from dataclasses import dataclass

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

#: What is sealed has this many bytes, whoever asked; a sign-in name has 600 at most.
_SIZE = 1024
_FORM = re.compile(r"(\d{1,19})\n(\d{0,19})\n(.*)")


class BadBox(Exception):
    """It was changed, or sealed for another key."""


@dataclass(frozen=True)
class Identity:
    question: int
    #: The account's number and sign-in name; None when whoever asked was not signed in.
    account: int | None
    username: str


def seal(identity: Identity, *, outer: bytes, inner: bytes) -> bytes:
    """Always of one length. The keys are public ones, 32 bytes each."""
    account = "" if identity.account is None else identity.account
    text = f"{identity.question}\n{account}\n{identity.username}"
    plain = sodium_pad(text.encode(), _SIZE)
    return SealedBox(PublicKey(outer)).encrypt(SealedBox(PublicKey(inner)).encrypt(plain))


def peel(box: bytes, key: PrivateKey) -> bytes:
    """Remove one layer. Raises BadBox."""
    try:
        return SealedBox(key).decrypt(box)
    except (CryptoError, ValueError):
        raise BadBox from None


def identity_in(inner: bytes, key: PrivateKey) -> Identity:
    """What the inner layer holds. Raises BadBox."""
    try:
        text = sodium_unpad(peel(inner, key), _SIZE).decode()
    except (CryptoError, ValueError):
        raise BadBox from None
    found = _FORM.fullmatch(text)
    if found is None:
        raise BadBox
    question, account, username = found.groups()
    return Identity(int(question), int(account) if account else None, username)
