"""What people write: a small safe Markdown that leaves pasted plain text as it looks."""

from functools import lru_cache

import nh3
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

# "zero" knows paragraphs only. What is left out would spoil pasted text: indented lines
# are no code, "#话题" is no heading, a line of dashes no rule, and no HTML is read.
_MARKDOWN = MarkdownIt("zero", {"breaks": True, "html": False}).enable(
    ["newline", "emphasis", "list", "blockquote", "link", "escape", "entity", "autolink"]
)
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a"}


@lru_cache(maxsize=4096)
def render(source: str) -> SafeString:
    """Safe HTML for a text: paragraphs, line breaks, emphasis, lists, quotes and links."""
    html = nh3.clean(
        _MARKDOWN.render(source),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener ugc",
    )
    return mark_safe(html)


def check_clean(value: str) -> None:
    """Refuse what no screen can show and no database should hold.

    Raises ValidationError with a sentence for the person who wrote it.
    """
    if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise ValidationError(_("文字里有无法保存的字符，请删去后再发。"), code="unstorable")


def one_line(value: str) -> str:
    """A title: white space of every kind folded to single spaces, ends trimmed."""
    return " ".join(value.split())


def even_lines(value: str) -> str:
    """Line ends alike on every system; nothing else is touched."""
    return value.replace("\r\n", "\n").replace("\r", "\n")
