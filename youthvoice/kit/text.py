"""What people write: stored as it came, shown so that it harms nobody.

Stored text is made alike in its line ends, and in a line's white space; nothing else is
touched. It is not composed (NFC): that would exchange CJK compatibility ideographs, which
names are written with, for others. Whoever compares words folds both sides there.

Shown, all of it is there, but for the signs of what `marks` draws; and signs that turn the
direction of writing come back byte for byte but turn nothing.
"""

import re
import unicodedata
from functools import lru_cache

import nh3
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from youthvoice.kit import marks

_TAGS = {"p", "br", "strong", "ul", "ol", "li", "blockquote", "a", "bdi"}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
#: Letters and signs that draw nothing, besides white space, controls and marks.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
#: More marks on one letter than any script stacks reach into the lines above and below.
_STACK = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5}"
)


@lru_cache(maxsize=4096)
def render(source: str) -> SafeString:
    """Safe HTML for a text: what was typed, and the few marks that `marks` honours."""
    return _safe(marks.blocks_html(even_lines(source).split("\n")))


def render_plain(source: str) -> SafeString:
    """Safe HTML for words amid a page of ours: their lines as typed, with links."""
    lines = even_lines(source).split("\n")
    return _safe("<br>".join(marks.line_html(line, bold=False) for line in lines))


def _safe(html: str) -> SafeString:
    """The second wall: what `marks` might have let through is taken away."""
    return mark_safe(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}, "li": {"value"}},
            url_schemes={"http", "https"},
            link_rel="nofollow noopener ugc",
        )
    )


@lru_cache(maxsize=1024)
def gist(source: str, most: int) -> str:
    """The words of a text in one line, cut after `most` signs: text, to be escaped.

    Nothing is composed, as Django's `truncatechars` does, and no sign is torn from its marks.
    """
    words: list[str] = []
    long = 0
    for line in even_lines(source).split("\n"):
        found = marks.line_words(line).split()
        words += found
        long += sum(map(len, found)) + len(found)
        if long > most + 1:
            break
    whole = " ".join(words)
    if len(whole) <= most:
        return whole
    cut = most - 1
    while cut > most - 8 and (_hangs(whole[cut]) or whole[cut - 1] == "\u200d"):
        cut -= 1
    return whole[:cut] + "…"


def _hangs(sign: str) -> bool:
    """Whether it belongs to the sign before it."""
    return sign == "\u200d" or unicodedata.category(sign)[0] == "M"


def is_unstorable(value: str) -> bool:
    """Whether it holds NUL or half a sign (a lone surrogate)."""
    return bool(_UNSTORABLE.search(value))


def check_clean(value: str) -> None:
    """Refuse what no screen can show and no database should hold.

    Raises ValidationError with a sentence for the person who wrote it.
    """
    if is_unstorable(value):
        raise ValidationError(_("文字里有无法保存的字符，请删去后再发。"), code="unstorable")


def check_line(value: str) -> None:
    """For titles and names, which stand amid others' words: nothing that spills over them.

    Raises ValidationError.
    """
    if marks.TURNS.search(value):
        raise ValidationError(_("里面有改变文字方向的隐形字符，请删去后再发。"), code="turns")
    if _STACK.search(value):
        raise ValidationError(_("里面有一个字叠了太多符号，请删去几个。"), code="stack")


def seen(value: str) -> str:
    """What of a text draws something: without white space, controls, marks and blank letters.

    Signs that Python's tables don't know yet count as drawn: the newest ideographs are.
    """
    return "".join(
        sign
        for sign in value
        if sign not in _BLANK
        and unicodedata.category(sign)[0] not in "ZM"
        and not _is_control(sign)
    )


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs"}


def one_line(value: str) -> str:
    """A title: white space of every kind folded to single spaces, ends trimmed."""
    return " ".join(value.split())


def even_lines(value: str) -> str:
    """Line ends alike on every system; nothing else is touched."""
    return value.replace("\r\n", "\n").replace("\r", "\n")


def shown_name(value: object) -> str:
    """The beginning of a file's name for a sentence of ours: it may hold anything at all."""
    name = str(value).encode("utf-8", "replace").decode()
    return "".join(sign for sign in one_line(name) if not _is_control(sign))[:40]
