"""A signed-in person's own pieces of a page, kept for a moment for the browser that they were
drawn for.

They lie under their address and a hash of all that the browser sends as cookies, and are drawn by
Django with these: nobody else is ever given one. Whether one may be kept is said by the view while
it draws (`Note.own`); where it doesn't, the drawing is given once and the browser is left to
Django for a while. A piece stands as long as its questions (surrogates.py), its person and its
session (nonces.py) do. What a browser itself sends turns its cookie `yv_own` (wrote.py), and with
it where its pieces lie: no machine has to be told, and nothing of it is written anywhere.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.utils.text import compress_string

from youthvoice.entrance import nonces
from youthvoice.entrance.nonces import Nonces
from youthvoice.entrance.page import BEGUN, SECOND, Drawn, Message, Page, page_of
from youthvoice.entrance.surrogates import keys_shown
from youthvoice.entrance.wrote import WROTE
from youthvoice.kit.public import Keeping, Note

#: So long a piece is given, and so long a browser is left to Django after one that can't be kept.
LIFE = 60 * SECOND
_LEFT_ALONE = 10 * SECOND
#: Of browsers that were left alone so many are remembered; they are anybody's to make up.
_REMEMBERED = 4096
#: Longer ones no browser of an ordinary person has.
_COOKIES_MOST = 2000
_HASH = 16
#: Where a scope carries the nonces at the moment at which its drawing began.
NONCES = "youthvoice.nonces"
#: Signs by which a packed piece is longer than it must be, by chance: its length would tell of the
#: token in it to whoever can have words of theirs beside it.
_PADDING = 100
_WROTE = f"{WROTE}=".encode()


def is_own(key: Any) -> bool:
    """Whether what lies under this key of the cache is one browser's."""
    return len(key[3]) >= _HASH


class Own:
    """What the page cache asks of pieces that are one browser's."""

    def __init__(
        self,
        numbers: Nonces,
        *,
        session: str,
        kept_as: Callable[[str], str],
        alone: Collection[str],
    ) -> None:
        """`session`: the cookie of a session, and `kept_as` the name of its row by its key.
        `alone`: cookies of those who are left to Django."""
        self.nonces = numbers
        self._session, self._kept_as = f"{session}=".encode(), kept_as
        self._alone = tuple(f"{name}=".encode() for name in alone)
        self._refused: OrderedDict[Any, int] = OrderedDict()
        self._kind = lru_cache(maxsize=4096)(self._found_kind)

    def kind(self, cookies: bytes) -> bytes | None:
        """The last part of their keys, for these cookies; None for whoever is left to Django."""
        return self._kind(cookies) if len(cookies) <= _COOKIES_MOST else None

    def _found_kind(self, cookies: bytes) -> bytes | None:
        parts = _parts(cookies)
        if any(one.startswith(self._alone) for one in parts) or not self._names(parts):
            return None
        rest = b"; ".join(one for one in parts if not one.startswith(_WROTE))
        return blake2b(rest, digest_size=_HASH).digest()

    def _names(self, parts: list[bytes]) -> list[str]:
        """The session's name, if there is just one."""
        found = [one for one in parts if one.startswith(self._session)]
        if len(found) != 1:
            return []
        key = found[0][len(self._session) :]
        if not (key.isalnum() and key.isascii()):
            return []
        return [nonces.session_name(self._kept_as(key.decode()))]

    def keeping(self, keeping: Keeping, key: Any, now: int) -> Keeping | None:
        """How the piece under this key is kept; None where it is left to Django."""
        if not keeping.for_visitors or self._refused.get(key, 0) > now:
            return None
        shown = tuple(sorted({*keeping.keys, *keys_shown(key[0])}))
        return replace(keeping, keys=shown, for_one=self.page_of)

    def takes(self, drawn: Drawn, key: Any, now: int) -> bool:
        """Whether a drawing that can't be kept is for this one of those who waited: for the first,
        for it may say what is said only once. Who is none of ours is left alone for a while."""
        if drawn.is_taken:
            return False
        drawn.is_taken = True
        if drawn.may_be_kept:
            return True
        self._refused.pop(key, None)
        self._refused[key] = now + _LEFT_ALONE
        while len(self._refused) > _REMEMBERED:
            self._refused.popitem(last=False)
        return True

    def stands(self, page: Page, now: int) -> bool:
        return now < page.until and self.nonces.hold(page.marks)

    def begins(self, keeping: Keeping) -> Message:
        """What the scope of a drawing that begins carries besides."""
        return {NONCES: self.nonces.copy()} if keeping.for_one else {}

    def may_join(self, scope: Message) -> bool:
        """Whether a drawing under way with this scope is of what is now."""
        seen = scope.get(NONCES)
        return seen is None or seen[0] == self.nonces.latest

    def page_of(self, keeping: Keeping, scope: Message, drawn: Drawn, note: Note) -> Drawn:
        """In a thread: make what was drawn ready to be kept, if it may be."""
        drawn.targets, drawn.may_be_kept = tuple(note.targets), bool(note.own)
        parts = _parts(dict(scope["headers"])[b"cookie"])
        if not note.own or drawn.status != 200 or not _sets_nothing(drawn, parts):
            return drawn
        page = page_of(keeping, scope, drawn, note).page
        if page is not None:
            places = map(nonces.place_of, [note.own, *self._names(parts)])
            page.marks = tuple((place, scope[NONCES][place]) for place in places)
            page.until = scope[BEGUN] + LIFE
            page.repack(compress_string(drawn.body, max_random_bytes=_PADDING))
        return drawn


def _parts(cookies: bytes) -> list[bytes]:
    return [one.strip() for one in cookies.split(b";")]


def _sets_nothing(drawn: Drawn, parts: list[bytes]) -> bool:
    """No cookie, or only one that the browser has already: the token's is set anew each time that
    it is used."""
    given = [value for name, value in drawn.headers if name == b"set-cookie"]
    return all(value.partition(b";")[0].strip() in parts for value in given)
