"""The link and the code of a letter to a body without accounts: made, read, and hashed."""

import hashlib
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

from youthvoice.kit.digits import codes_in

_TOKEN_BYTES = 18
DIGITS = 8


def new_token() -> str:
    """144 random bits, as they stand in the link."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def no_code() -> bytes:
    """What stands in a code's place while there is none: nothing that is typed opens it."""
    return secrets.token_bytes(32)


def in_groups(code: str) -> str:
    """As people copy it: 1234 5678."""
    return f"{code[:4]} {code[4:]}"


def token_digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def code_digest(token: str, code: str) -> bytes:
    """Under a key outside the database: who has only that can't try all codes."""
    return code_digest_of(token_digest(token), code)


def code_digest_of(link: bytes, code: str) -> bytes:
    """The same, for a link of which only the digest is known."""
    # What is none is no code of any letter.
    digits = codes_in(code, DIGITS) or [code]
    value = link + digits[0].encode("utf-8", "surrogatepass")
    return salted_hmac("youthvoice.outside.codes", value, algorithm="sha256").digest()


def is_right(token: str, code: str, digest: bytes) -> bool:
    return constant_time_compare(code_digest(token, code), digest)
