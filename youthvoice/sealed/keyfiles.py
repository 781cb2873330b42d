"""The key pairs of the two named people.

The house has the public halves. The private half is in a file that the person keeps
outside it, encrypted under a passphrase: Argon2id and libsodium's secret box.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

#: The first word names the form and, with it, what checking a passphrase costs.
_FIRST = "youthvoice-sealed-key-1"
_FORM = re.compile(rf"{_FIRST} ([0-9a-f]{{64}}) ([0-9a-f]{{32}}) ([0-9a-f]{{144}})\s*".encode())
#: More than any key file has.
FILE_BYTES_MOST = 2048
PASSPHRASE_LEAST = 12


class BadKeyFile(Exception):
    """It is no key file."""


class BadPassphrase(Exception):
    """The passphrase doesn't open it, or the file was changed."""


@dataclass(frozen=True)
class KeyPair:
    #: What the house gets, and what the person keeps.
    public_text: str
    private_text: str
    id: str


def id_of(public: bytes) -> str:
    """How people and records name a key: 16 hex digits."""
    return hashlib.sha256(public).hexdigest()[:16]


def make(passphrase: str) -> KeyPair:
    key, salt = PrivateKey.generate(), random(argon2id.SALTBYTES)
    public = bytes(key.public_key)
    box = _box(passphrase, salt).encrypt(bytes(key))
    private_text = f"{_FIRST} {public.hex()} {salt.hex()} {box.hex()}\n"
    return KeyPair(f"{public.hex()}\n", private_text, id_of(public))


def public_in(file: bytes) -> bytes:
    """The public half that a key file names; cheap. Raises BadKeyFile."""
    return bytes.fromhex(_parts(file)[0].decode())


def unlock(file: bytes, passphrase: str) -> PrivateKey:
    """Slow on purpose. Raises BadKeyFile, BadPassphrase."""
    public, salt, box = (bytes.fromhex(part.decode()) for part in _parts(file))
    try:
        key = PrivateKey(_box(passphrase, salt).decrypt(box))
    except CryptoError:
        raise BadPassphrase from None
    if bytes(key.public_key) != public:
        raise BadPassphrase
    return key


def _parts(file: bytes) -> tuple[bytes, ...]:
    found = _FORM.fullmatch(file)
    if found is None:
        raise BadKeyFile
    return found.groups()


def _box(passphrase: str, salt: bytes) -> SecretBox:
    passes, size = settings.SEALED_HASH_COST
    # The same words are typed on different machines: one form for wide and composed signs.
    words = unicodedata.normalize("NFKC", passphrase).encode()
    return SecretBox(argon2id.kdf(SecretBox.KEY_SIZE, words, salt, opslimit=passes, memlimit=size))
