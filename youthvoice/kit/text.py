"""What people write: stored as it came, shown so that it harms nobody.

Stored text is made alike in its line ends, and in a line's white space; nothing else is
touched. It is not composed (NFC): that would exchange CJK compatibility ideographs, which
names are written with, for others. Whoever compares words folds both sides there.

Shown, a small safe Markdown leaves pasted plain text as it looks, and signs that turn the
direction of writing come back byte for byte but turn nothing.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

# "zero" knows paragraphs only. What is left out would spoil pasted text: indented lines
# are no code, "#话题" is no heading, a line of dashes no rule, and no HTML is read.
_MARKDOWN = MarkdownIt("zero", {"breaks": True, "html": False}).enable(
    ["newline", "emphasis", "list", "blockquote", "link", "escape", "entity", "autolink"]
)
#: Each may begin a link, so each is looked at to the end of its paragraph or of its label; a text
#: with more of them means something else, and is shown as it is.
_BRACKETS_MOST = 500
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "bdi"}
#: Embeddings, overrides and isolates: they make words read otherwise than they are stored.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
#: Letters and signs that draw nothing, besides white space, controls and marks.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
#: More marks on one letter than any script stacks reach into the lines above and below.
_STACK = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5}"
)


def _text(tokens: Sequence[Token], place: int, *rest: Any) -> str:
    return _still(tokens[place].content)


_MARKDOWN.add_render_rule("text", lambda renderer, *given: _text(*given))


@lru_cache(maxsize=4096)
def render(source: str) -> SafeString:
    """Safe HTML for a text: paragraphs, line breaks, emphasis, lists, quotes and links."""
    if source.count("[") > _BRACKETS_MOST:
        return mark_safe(f"<p>{render_plain(source)}</p>\n")
    html = nh3.clean(
        _MARKDOWN.render(source),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener ugc",
    )
    return mark_safe(html)


def render_plain(source: str) -> SafeString:
    """Safe HTML for a text without any markup: its lines."""
    return mark_safe(_still(even_lines(source)).replace("\n", "<br>"))


def _still(source: str) -> str:
    """Escaped, and each sign that turns the writing shut in by itself: it ends where it began."""
    return _TURNS.sub(r"<bdi>\g<0></bdi>", escape(source))


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
    if _TURNS.search(value):
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
