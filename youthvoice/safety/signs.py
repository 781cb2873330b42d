"""Signs that somebody may be in danger: harming oneself, violence, a minor without help.

A list and rules, tuned to miss little: a person looks at every one, and a false alarm costs
one tap. How well it does is printed by bench/signs.py.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from youthvoice.safety import danger_rules as rules
from youthvoice.safety.folding import fold


class Level(IntEnum):
    #: Said round the corner; a person should look.
    HINT = 1
    #: Said outright.
    PLAIN = 2


@dataclass(frozen=True)
class Sign:
    #: self, violence or minor, and which rule: "self.wish".
    code: str
    level: Level


#: For the script in the form, which looks at letters and digits only.
WHILE_TYPING = rules.STRONG
IDIOMS = rules.IDIOMS

_ENDS = re.compile(r"[。！？!?；;…\n]+")
_CUT = frozenset({"self.wish", "self.net"})
_IDIOMS = re.compile(IDIOMS)
_ABOUT = re.compile(rules.ABOUT)
_RULES = [
    (code, Level.PLAIN if plain else Level.HINT, talked_of, re.compile("|".join(patterns)))
    for code, plain, talked_of, patterns in rules.RULES
]


def find(text: str) -> list[Sign]:
    """Each sign once, the plainest first."""
    # "我想自。杀": the plainest words may be cut by a full stop, so the whole is looked at too.
    clauses = [_clean(part) for part in _ENDS.split(text)]
    found: dict[str, Sign] = {}
    for clause in clauses:
        _look(clause, found)
    if len(clauses) > 1:
        _look(_clean(_ENDS.sub("", text)), found, only=_CUT)
    return sorted(found.values(), key=lambda sign: (-sign.level, sign.code))


def level_of(signs: list[Sign]) -> int:
    return max((sign.level for sign in signs), default=0)


def _clean(text: str) -> str:
    return _IDIOMS.sub("·", fold(text, collapse=False).text)


def _look(clause: str, found: dict[str, Sign], *, only: frozenset[str] | None = None) -> None:
    about = bool(_ABOUT.search(clause))
    for code, level, talked_of, pattern in _RULES:
        if code in found or (only is not None and code not in only):
            continue
        # What books, laws and campaigns are about is no sign by its name alone.
        if talked_of and about:
            continue
        if pattern.search(clause):
            found[code] = Sign(code, level)
