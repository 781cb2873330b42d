"""What somebody reads on a page, and which of it are no words of ours."""

import re
from collections.abc import Set
from html.parser import HTMLParser

#: What a page says beside its text.
_SAYING = ("aria-label", "placeholder", "alt", "title", "data-label", "data-over", "data-left")
_SILENT = ("script", "style", "template", "code", "textarea")
#: Names that have no Chinese one, and what people call things by.
_NAMES = {
    "App", "Atom", "Chromium", "Cookie", "CSV", "GB", "HTTPS", "ID", "IP", "JPEG", "JPG", "MB",
    "PDF", "PNG", "QQ", "USB", "WebP", "ZIP",
}  # fmt: skip
#: What programmers and packages call what people have other words for.
_FOREIGN = re.compile(r"变量|字符数|字段|帐号|帐户|账户|哈希|代码|令牌|参数|[A-Za-z]{2,}")
#: Addresses, and whatever holds a digit or a dash: names of accounts, numbers of things.
_ADDRESSES = re.compile(r"\S+@\S+|https?://\S+|\b[\w.-]*\d[\w.-]*\b|\b\w+[-./]\w[\w./-]*", re.ASCII)


class Said(HTMLParser):
    """The text of a page and of what it says to those who hear it; not what fields hold."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        self.words += [value for name, value in attrs if name in _SAYING and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.words.append(data.strip())


def foreign(page: str, *, but: Set[str] = frozenset()) -> list[str]:
    """The sentences of a page with a word in them that is no word of ours."""
    return [
        words
        for words in Said(page).words
        if set(_FOREIGN.findall(_ADDRESSES.sub(" ", words))) - _NAMES - but
    ]
