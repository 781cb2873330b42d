"""Signs that somebody may be in danger: harming oneself, violence, a minor without help.

Two levels. Help in the form comes easily and costs little; withholding, a record and an alarm
must be sure. How well both do is printed by bench/signs.py; how it is done, and why, is told in
docs/decisions/0023.
"""

import hashlib
import threading
from dataclasses import dataclass
from enum import IntEnum
from heapq import nlargest

from youthvoice.safety.weighing import Weighed, shipped_model
from youthvoice.safety.windows import Window, windows


class Level(IntEnum):
    #: Help is shown to whoever writes; nothing else happens.
    HELP = 1
    #: The words are withheld, and somebody is told.
    SURE = 2


@dataclass(frozen=True)
class Sign:
    #: self, violence or minor, and which words spoke: "self.wish".
    code: str
    level: Level
    #: Where it stands, folded.
    window: Window = ()


#: As many of the strongest windows are told of: more say nothing new.
_TOLD_MOST = 20
#: What this thread was last asked for: by its digest, for words are kept nowhere.
_last = threading.local()


def find(text: str) -> list[Sign]:
    """Each code once, the surest first."""
    found = _found(text)
    _last.looked = _digest(text), bool(found)
    return found


def _found(text: str) -> list[Sign]:
    model = shipped_model()
    found: dict[str, Sign] = {}
    strong = nlargest(_TOLD_MOST, model.weigh(windows(text)), key=lambda weighed: weighed.score)
    for weighed in strong:
        if weighed.score < model.help_from:
            break
        level = Level.SURE if weighed.score >= model.sure_from else Level.HELP
        code = model.code(weighed.window)
        found.setdefault(code, Sign(code, level, weighed.window))
    return list(found.values())


def is_found(text: str) -> bool:
    """Whether there is any. Who has just written is asked of the same words again."""
    digest, is_any = getattr(_last, "looked", (b"", False))
    if digest == _digest(text):
        return bool(is_any)
    return strongest(text).score >= shipped_model().help_from


def find_sure(text: str) -> list[Sign]:
    """Those for which words are withheld."""
    return [sign for sign in find(text) if sign.level == Level.SURE]


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()


def level_of(signs: list[Sign]) -> int:
    return max((sign.level for sign in signs), default=0)


def strongest(text: str) -> Weighed:
    """What weighs most, whether it is a sign or not."""
    return max(shipped_model().weigh(windows(text)), key=lambda weighed: weighed.score)


def words_of(sign: Sign) -> list[str]:
    """What in its window spoke for it, the strongest first."""
    return shipped_model().words(sign.window)
