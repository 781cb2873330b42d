"""Which signs of a text are marks, and which are words.

A mark is honoured where nothing else can be meant, and gives up its signs for what it draws: a
list of two lines or more, lines quoted by `> `, `**bold**` that closes, `[words](address)`. Bare
addresses become links. All else is a word and stays as it was typed: stars that hide a number, a
backslash in a path, `>18岁`, an indent. So nobody's words vanish for want of knowing the marks.

What comes from here is escaped, and `text.render` still lets nh3 look over it. Each line is read
once, in steps in proportion to its length. Why this is no library: docs/decisions/0022.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import nh3
from django.utils.html import escape

#: Embeddings, overrides and isolates: they make words read otherwise than they are stored.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def still(words: str) -> str:
    """Escaped, and each sign that turns the writing shut in by itself: it ends where it began."""
    return TURNS.sub(r"<bdi>\g<0></bdi>", escape(words))


# --- Lines: paragraphs, lists, quotations -------------------------------------------------

#: Two digits at most, and none in front that a list would not draw: the number stays as typed.
_ITEM = re.compile(r"( {0,3})(?:([-*])|(0|[1-9][0-9]?)\.)[ \t](?=[ \t]{0,8}[^ \t])")
_QUOTED = re.compile(r">[ \t](?=[ \t]{0,8}[^ \t])")
#: `- 200`, `> 18岁`: a sign before a quantity is arithmetic.
#: Two stars begin bold: `- **时间**：周一`.
_QUANTITY = re.compile(r"[ \t]{0,8}(?!\*\*[^*])[-−+*±~≈=<>.%¥￥$€£\d０-９]")
_GOES_ON = re.compile(r"(?: {2}|\t)[ \t]{0,99}[^ \t]")


@dataclass
class _Item:
    number: str
    lines: list[str]


def blocks_html(lines: Sequence[str], *, may_quote: bool = True) -> str:
    """Paragraphs, lists and quotations."""
    made: list[str] = []
    paragraph: list[str] = []
    place = looked = 0
    while place < len(lines):
        line, html, after = lines[place], "", place
        if not line.strip():
            after = place + 1
        elif place >= looked:
            # What was none from its beginning is none from its middle: nothing is read twice.
            if may_quote and _QUOTED.match(line):
                html, looked = _quotation(lines, place)
            elif first := _ITEM.match(line):
                html, looked = _list(lines, place, first)
            after = looked if html else place
        if after == place:
            paragraph.append(line)
            place += 1
            continue
        made += [*_paragraph(paragraph), html]
        paragraph = []
        place = after
    return "".join([*made, *_paragraph(paragraph)])


def _paragraph(lines: list[str]) -> list[str]:
    return [f"<p>{_lines_html(lines)}</p>\n"] if lines else []


def _lines_html(lines: Sequence[str]) -> str:
    return "<br>".join(line_html(line, bold=True) for line in lines)


def _quotation(lines: Sequence[str], place: int) -> tuple[str, int]:
    """Its HTML, and the line after it; no HTML where it is none."""
    within: list[str] = []
    after = place
    while after < len(lines):
        line = lines[after]
        if _QUOTED.match(line):
            within.append(line[2:])
        elif not (line.rstrip() == ">" and _QUOTED.match("".join(lines[after + 1 : after + 2]))):
            break
        else:
            within.append("")
        after += 1
    if _QUANTITY.match(within[0]) and not _ITEM.match(within[0]):
        return "", after
    return f"<blockquote>\n{blocks_html(within, may_quote=False)}</blockquote>\n", after


def _list(lines: Sequence[str], place: int, first: re.Match[str]) -> tuple[str, int]:
    """Its HTML, and the line up to which it was read; no HTML where it is no list.

    Of items by a dash or a star none may begin with a quantity.
    """
    indent, sign, _number = first.groups()
    items: list[_Item] = []
    after = place
    while True:
        at = after
        while items and at < len(lines) and not lines[at].strip():
            at += 1
        found = _ITEM.match(lines[at]) if at < len(lines) else None
        if found is None or found[1] != indent or found[2] != sign:
            break
        items.append(_Item(found[3] or "", [lines[at][found.end() :]]))
        after = at + 1
        while after < len(lines) and (line := lines[after].removeprefix(indent)):
            if not _GOES_ON.match(line):
                break
            items[-1].lines.append(line.removeprefix("  "))
            after += 1
    if len(items) < 2 or (sign and any(_QUANTITY.match(item.lines[0]) for item in items)):
        return "", after
    tag = "ul" if sign else "ol"
    drawn = (
        f"<li>{_lines_html(item.lines)}</li>\n"
        if sign
        else f'<li value="{item.number}">{_lines_html(item.lines)}</li>\n'
        for item in items
    )
    return f"<{tag}>\n{''.join(drawn)}</{tag}>\n", after


# --- Within a line: links and bold --------------------------------------------------------


@dataclass(frozen=True)
class _Mark:
    """Signs from `begin` to `end` that are drawn as something else."""

    begin: int
    end: int
    html: str
    words: str = ""


def line_html(line: str, *, bold: bool) -> str:
    return _put(line, _marks(line, bold=bold), drawn=True)


def line_words(line: str) -> str:
    """What of a line a reader sees, as text."""
    return _put(line, _marks(line, bold=True), drawn=False)


def _put(line: str, marks: Sequence[_Mark], *, drawn: bool) -> str:
    parts, place = [], 0
    for mark in marks:
        between = line[place : mark.begin]
        parts += [still(between), mark.html] if drawn else [between, mark.words]
        place = mark.end
    rest = line[place:]
    return "".join([*parts, still(rest) if drawn else rest])


def _marks(line: str, *, bold: bool) -> list[_Mark]:
    links = list(_links(line))
    if not bold or "**" not in line:
        return links
    return sorted([*links, *_bold(line, links)], key=lambda mark: mark.begin)


#: An address is of these alone, so it ends before Chinese, be it a letter or a full stop.
_LINK = re.compile(
    r"(?<![!\\\]])\[([^\[\]]{1,200})\]\((https?://[^\s()<>\"\\\[\]]{1,1000})\)"
    r"|(?<![a-z0-9])https?://[!#$%&'()*+,./:;=?@\[\]_~a-z0-9-]{1,2000}",
    re.IGNORECASE | re.ASCII,
)
_AUTHORITY = re.compile(r"([a-z0-9.-]{3,255})(?::[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
#: No port, no number, nothing that stands for other letters: of these each is one.
_PLAIN_HOST = re.compile(r"(?:(?!xn--)[a-z0-9-]{1,63}\.){1,9}[a-z]{1,63}", re.IGNORECASE)
_NEXT = re.compile(r"\*\*|[,;]https?://", re.IGNORECASE)
#: Words that look like an address themselves may not lead elsewhere.
_LIKE_ADDRESS = re.compile(
    r":/|www\.|[a-z0-9-][.·•∙⋅・][a-z]{2}|\.(?:中国|公司|网络|网址|政务|公益|在线|中文网)",
    re.IGNORECASE,
)
#: Browsers read them as the dot of an address, or nobody tells them from one.
_DOTS = re.compile("[。．｡․]")
_BRACKETS = {")": "(", "]": "["}


def _links(line: str) -> Iterator[_Mark]:
    place = 0
    while found := _LINK.search(line, place):
        words, address = found.groups()
        if address is None:
            begin = found.start()
            words = address = _address(found[0])
            place = found.end() if not address else begin + len(address)
            if address:
                yield _link(begin, place, words, address)
        elif _address(address) == address and _names(words, address):
            place = found.end()
            yield _link(found.start(), place, words, address)
        else:
            # As it was typed; the addresses in it stand for themselves.
            place = found.start(1)


def _link(begin: int, end: int, words: str, address: str) -> _Mark:
    return _Mark(begin, end, f'<a href="{escape(address)}">{still(words)}</a>', words)


def _names(words: str, address: str) -> bool:
    if words == address:
        return True
    return any(map(str.isalnum, words)) and not _LIKE_ADDRESS.search(_looked(words))


def _looked(words: str) -> str:
    """Words as a reader takes them who looks for an address: one width, nothing unseen."""
    plain = unicodedata.normalize("NFKD", _DOTS.sub(".", words))
    return "".join(sign for sign in plain if unicodedata.category(sign) not in {"Cf", "Mn", "Me"})


def _address(found: str) -> str:
    """The address at the beginning of what could be one, without what belongs to the sentence."""
    if further := _NEXT.search(found):
        found = found[: further.start()]
    scheme, _, rest = found.partition("://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    host = _AUTHORITY.match(authority)
    # `https://a.cn@b.cn/` leads to b.cn.
    if host is None or "@" in authority or not _is_host(host[1].rstrip(".-")):
        return ""
    whole = host[0] == authority and not host[0].endswith((".", "-"))
    address = f"{scheme}://{rest if whole else host[0].rstrip('.-')}"
    if not _PLAIN_HOST.fullmatch(authority) and not _leads_somewhere(address):
        return ""
    opened: list[str] = []
    for place, sign in enumerate(address):
        if sign in "([":
            opened.append(sign)
        elif sign in _BRACKETS and (not opened or opened.pop() != _BRACKETS[sign]):
            address = address[:place]
            break
    return address.rstrip(".,;:!?'*([")


def _leads_somewhere(address: str) -> bool:
    """Whether the second wall leaves it (https://a.cn:99999, https://1.2.3.256): else the words
    of a link would stand there, and where it leads would be gone."""
    return "href" in nh3.clean(f'<a href="{escape(address)}"></a>')


def _is_host(host: str) -> bool:
    labels = host.split(".")
    last = labels[-1]
    if not all(labels) or len(labels) < 2:
        return False
    # `https://1.5` is none.
    return (len(last) > 1 and not last.isdigit()) or (
        len(labels) == 4 and all(label.isdigit() for label in labels)
    )


_STARS = re.compile(r"\*+")
#: Before what closes a part of a sentence, nothing begins.
_ENDS = frozenset("，。；：！？、…·,.;:!?")
#: Where a word goes on over its stars, they may stand for somebody's name: `张**和李**`.
_NOT_FIRST = frozenset("和与跟及或的地得是在说向把被")
_NOT_LAST = frozenset("的地得是在说向把被叫到从给对由为于")
#: `某**镇`: what a hidden name of a place or a hidden figure leaves behind.
_UNITS = frozenset("省市县区镇乡村街道路号栋幢楼室户组队校班局院厂店年月日时岁元")
_NEVER_LAST = frozenset("，、,和与及跟或")
_NOT_WITHIN = re.compile("[，。；！？、,;!?]")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
)


def _bold(line: str, links: Sequence[_Mark]) -> list[_Mark]:
    """Stars by twos that open and close: all of a line's, or none, for then they are something
    else. Chinese punctuation stands at their edges as letters do: `**注意：**请`."""
    marks: list[_Mark] = []
    opened: int | None = None
    for place in _twos(line, links):
        before = line[place - 1] if place else " "
        after = line[place + 2 : place + 3] or " "
        if before in "\\`":
            continue
        opens = _may_open(before, after)
        closes = _may_close(before, after)
        if not opens and not closes:
            continue
        if opened is None:
            if not opens:
                return []
            opened = place
            continue
        if not closes or not _is_meant(line, opened, place):
            return []
        marks += [_Mark(opened, opened + 2, "<strong>"), _Mark(place, place + 2, "</strong>")]
        opened = None
    return marks if opened is None else []


def _twos(line: str, links: Sequence[_Mark]) -> Iterator[int]:
    """Where two stars stand by themselves, outside links."""
    left = iter(links)
    link = next(left, None)
    for stars in _STARS.finditer(line):
        while link is not None and link.end <= stars.start():
            link = next(left, None)
        if stars.end() - stars.start() == 2 and (link is None or stars.end() <= link.begin):
            yield stars.start()


def _is_sign_of_number(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _may_open(before: str, after: str) -> bool:
    if after.isspace() or after in _ENDS or unicodedata.category(after) in {"Pe", "Pf"}:
        return False
    return not _is_sign_of_number(before)


def _may_close(before: str, after: str) -> bool:
    if before.isspace() or unicodedata.category(before) in {"Ps", "Pi"}:
        return False
    return not (_is_sign_of_number(before) and _is_sign_of_number(after))


def _is_meant(line: str, opened: int, closed: int) -> bool:
    """Whether stars that could be bold are: not what hides parts of names and numbers."""
    within = line[opened + 2 : closed]
    last = within[-1]
    if last in _NEVER_LAST:
        return False
    before = line[opened - 1] if opened else " "
    if not before.isalnum():
        return True
    return not (
        within in _UNITS
        or within[0] in _NOT_FIRST
        or last in _NOT_LAST
        or _NOT_WITHIN.search(within)
        or _is_sign_of_number(line[closed + 2 : closed + 3])
        or (before in _SURNAMES and last in _SURNAMES)
    )
