# ruff: noqa: E501 - tables read best with many in a line
"""Whether what was typed is all on the page: what is drawn, written back as somebody types it.

A reading passes where that is the text again, line by line: whatever it took away comes back
from what it drew for it. Nothing here knows how the reading goes about it.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from hypothesis import strategies as st

from youthvoice.kit.text import even_lines

#: What people type and paste, and what a reading of marks might take for one.
_PIECES = (
    "*", "**", "***", "****", "_", "__", "~~", "`", "\\", "\\*", "\\[", "|", "#", "# ", "#话题#", "=", "---", "- ", "-", "* ",
    "+ ", "1. ", "3. ", "01. ", "1) ", "10. ", "123. ", "1、", "> ", ">", ">18岁", "> > ", ">> ", "  - ", "\t", " ", "  ", "\u3000",
    "\u3000\u3000", "\n", "\n", "\n\n", "\n- ", "\n- 一", "\n- 身份证\n- 户口本", "**要紧**", "\n2. 甲\n5. 乙", "\n* 二", "\n1. 三", "\n3. 四", "\n> 五", "\n>\n> ", "\n  续", "\n    深", "\r\n", "\r",
    "[", "]", "(", ")", "[字](https://a.cn/b)", "[x](javascript:a)", "![图](https://a.cn/c.png)", "](", "<", "</", "<b>", "<br>",
    "<script>", "<!--", "-->", "<https://a.cn>", "&", "&amp;", "&lt;", "&#60;", "&nbsp;", "\xa0", "&copy", ";", "https://", "http://a.cn",
    "https://a.cn/b?c=1&d=(e)", "https://a.cn@b.cn", "https://a.cn:99999/", "[x](https://1.2.3.256)", "[x](https://a.cn:8)", "[x](https://xn--a.cn)", "www.a.cn", "a@b.cn", "138****0078", "3500*6*2", "D:\\资料\\(新)", "**注意：**", "**务必**",
    "张**", "2**3", "：", "，", "。", "（", "）", "“", "”", "《", "》", "、", ".", ",", "!", "'", '"', "请", "青年", "和", "李", "岁", "a", "B7", "12",
    "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "e\u0301", "\uf900", "𠮷", "👩\u200d👧", "\u2028", "\x0b", "\x85", "\x1f", "{{", "%}", "$",
)  # fmt: skip
_ANY = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=6
)
TEXTS = st.lists(st.sampled_from(_PIECES) | _ANY, max_size=24).map("".join)


@dataclass
class _Typed(HTMLParser):
    """The lines that somebody would have typed for a page."""

    lines: list[str] = field(default_factory=lambda: [""])
    #: How many of each mark are drawn.
    drawn: Counter[str] = field(default_factory=Counter)
    #: Lines of which only the blanks may differ: those of lists.
    listed: set[int] = field(default_factory=set)
    _open: list[str] = field(default_factory=list)
    _link: tuple[str, int] | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"p", "br", "li"}:
            self._begin("> " if "blockquote" in self._open else "")
        if tag == "li":
            number = given.get("value")
            assert (number is None) == (self._open[-1] == "ul")
            self.lines[-1] += "- " if number is None else f"{number}. "
        if tag == "strong":
            self.lines[-1] += "**"
        if tag == "a":
            self._link = given["href"] or "", len(self.lines[-1])
        if tag != "br":
            self._open.append(tag)
        self.drawn[tag] += tag not in {"p", "br", "li", "bdi"}

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag == "strong":
            self.lines[-1] += "**"
        if tag == "a" and self._link is not None:
            href, begin = self._link
            words = self.lines[-1][begin:]
            if words != href:
                self.lines[-1] = f"{self.lines[-1][:begin]}[{words}]({href})"

    def handle_data(self, data: str) -> None:
        if not {"p", "li"} & {*self._open}:
            assert not data.strip(), data
            return
        self.lines[-1] += data

    def _begin(self, quoted: str) -> None:
        self.lines.append(quoted)
        if "li" in self._open or "ul" in self._open or "ol" in self._open:
            self.listed.add(len(self.lines) - 1)


def typed_again(html: str) -> _Typed:
    page = _Typed()
    page.feed(html)
    page.close()
    return page


def _seen(line: str) -> str:
    """What of a line draws something, one sign of a list for the other."""
    quoted, line = ("> ", line[2:]) if line.startswith("> ") else ("", line)
    line = line.replace("* ", "- ", 1) if line.lstrip().startswith("* ") else line
    return "".join((quoted + line.replace("*\t", "-\t", 1)).split())


def assert_all_is_shown(source: str, render: Callable[[str], str]) -> Counter[str]:
    """Fails with what vanished or changed; gives how many marks were honoured."""
    page = typed_again(render(source))
    written = [line for line in even_lines(source).split("\n") if line.strip() not in {"", ">"}]
    shown = [(n, line) for n, line in enumerate(page.lines) if line.strip() not in {"", ">"}]
    assert [_seen(line) for _n, line in shown] == [_seen(line) for line in written]
    for (n, line), before in zip(shown, written, strict=True):
        # Blanks too, at the beginning as within.
        assert n in page.listed or line == before or line.startswith(">")
    return page.drawn
