"""A house that seals: two named people, each with the file that they would bring."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.factories import House, member
from youthvoice.orgs.choices import Role
from youthvoice.people.models import User
from youthvoice.sealed import keyfiles

WORDS = {"first": "周一先开外层的锁", "second": "周二再开里面的锁"}
REASON = "公安机关出具调取证据通知书，有人在提问里说要伤害同学。"


@dataclass(frozen=True)
class Sealing:
    first: User
    second: User
    first_file: bytes
    second_file: bytes

    @property
    def with_first(self) -> dict[str, Any]:
        return {"key_file": self.first_file, "passphrase": WORDS["first"], "by": self.first}

    @property
    def with_second(self) -> dict[str, Any]:
        return {"key_file": self.second_file, "passphrase": WORDS["second"], "by": self.second}


@cache
def pair(name: str) -> keyfiles.KeyPair:
    return keyfiles.make(WORDS[name])


def public(name: str) -> bytes:
    return bytes.fromhex(pair(name).public_text)


def turn_on(settings: Any, house: House) -> Sealing:
    settings.SEALED_RECORDS = True
    settings.SEALED_OPENERS = ["first-login", "second-login"]
    settings.SEALED_KEYS = [public("first"), public("second")]
    return Sealing(
        member(house.province, Role.LEAD, username="first-login", nickname="先开的"),
        member(house.province, Role.OPERATOR, username="second-login", nickname="后开的"),
        pair("first").private_text.encode(),
        pair("second").private_text.encode(),
    )
