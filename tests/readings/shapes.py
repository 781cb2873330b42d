# ruff: noqa: E501 - tables read best with many in a line
"""Words that nobody writes: shapes that make a careless reading begin again and again."""

import random

#: What is said over and over. Each stands for a way in which a reading may be made to look twice.
_UNITS = (
    # The mask: beginnings of names of chats, of numbers, of schools, each of which may fail late.
    "Q", "q", "qq", "微信", "vx", "v信", "qq是", "微信号码", "微信abcde", "qq12345,", "vxabcdefg_",
    "1", "13", "138", "1-", "1 3 ", "8613", "+86", "+86 1", "138-", "1 3-8.", "13800138000", "13800138000 ",
    "4111111111111111 ", "1101011990030720", "11010119900307201X", "１３", "一三", "幺三八", "○", "0. ", "9--",
    "一中", "小学", "一中1班", "大学2023级", "实验", "1中", "12小", "高二", "一中高二(3)班", "一中(1)班2班", "学校1班车",
    # Rules of danger: what begins them, and gaps in which anything may stand.
    "我", "他", "他打", "想", "想死你", "死", "把", "把他打", "被", "不", "药", "被他打了", "绳子", "跳", "想跳", "从楼上",
    "我想自", "打", "爸又打", "他又", "怀孕", "1岁", "孩子被", "孩子", "头孢", "吞药", "刀", "威胁", "在楼顶坐了。", "。", "我。",
    # The list of words: other scripts, signs between, letters read as digits.
    "傻", "傻b", "s b", "5b", "n m s l ", "@", "$", "a@", "\u0430", "傻\u200b", "傻 ", "操 你", "滚", "加微",
    # Marks: what opens and what closes, and neither.
    "*", "**", "***", "_", "__", "* ", "*a", "**a", "*a_", "a*b*", "[", "]", "[]", "[a", "[a](", "[a](b", "[a](<",
    "[a](http://a.b)", "![", "(", "((", "\\", "\\[", "\\*", "`", "``", "`a", "<", "<a", "<http://a", "<http://a.b>", "<a@b.c>",
    "<!--", "<a href='", "&", "&#", "&amp;", "&#x41;", "&lt", "&a", ">", "> ", ">>", "> > ", ">\n", "> a\n", "- ", "- a\n",
    "-\n", "- - ", "+ ", "1. ", "1. a\n", "1.\n", "  - ", "   > ", "- > ", "1) a\n", "a\n", "a  \n", "\n", "\n\n", " \n", "\t",
    " ", "\t- ", "|", "|a", "|a|b|\n", "|-|-|\n", "#", "# ", "#话题#", "---\n", "===\n", "~~", "http://", "http://a.b/", "www.",
    "a@b.c ", "{", "}", "{a}", "\"", "'", "=", "==", "%", "%ED", "mailto:", "[a]: b\n", "[a]:", "[a](https://a.cn", "[a](https://a.cn)",
    "[https://a.cn](", "https://a.cn", "https://a.cn)", "https://a.cn((", "https://a.cn/(", "https://a.cn/[(", "https://a.cn/))", "https://a.cn**", "https://1.",
    "https://a@", "?u=https://a.cn/", "> 1\n", "- 1\n", "- 1\n\n", "- a\n  b\n", "  b\n", ">\n> ", "字**", "字**字**", "**字", "1. a\n\n", "[a][b]", "![a](b)",
    # Signs that fold into many, combine, turn, or show nothing.
    "\ufdfa", "\u32cb", "\u3392", "\ufb03", "½", "Ǆ", "ß", "İ", "e\u0301", "\u0301", "\u0300\u0315", "a\u035c", "\u0345", "가", "각",
    "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u202e", "\u202e\u2066", "\u2067", "א", "م", "אa", "👩\u200d", "👩\u200d👧\u200d",
    "🏳\ufe0f\u200d🌈", "🇨🇳", "👍🏿", "\u2028", "\x85", "\x0b", "\u3000", "\u3164", "\u2800", "𠀀", "\U000e0101", "\x01", "\r", "\r\n",
    "a", "ab", "字", "字 ", "建议", "你们", "团委", "0", "٣", "²", "a1", "张三", "@张三", "@",
)  # fmt: skip
#: What makes a reading that came to the end go back.
_TAILS = ("", "!", "\n", "x", "。", "]", ")", "*", ">", "1", "\u0301", "班")


def shapes(long: int, *, many: int | None = None) -> list[tuple[str, str]]:
    """Names and texts of `long` signs, always the same: each unit alone, then units mixed.

    `many` takes so many, evenly; with None all.
    """
    chance = random.Random(12)
    found = [(repr(unit), _fill(unit, long, "")) for unit in _UNITS]
    for unit in _UNITS:
        tail = chance.choice(_TAILS[1:])
        found.append((f"{unit!r} … {tail!r}", _fill(unit, long, tail)))
    for _ in range(len(_UNITS)):
        few = chance.sample(_UNITS, k=chance.choice((2, 2, 3)))
        found.append((repr("".join(few)), _fill("".join(few), long, "")))
        first, then = few[:2]
        # Half a text that opens, and half that closes.
        half = long // 2
        found.append(
            (f"{first!r} then {then!r}", _fill(first, half, "") + _fill(then, long - half, ""))
        )
    if many is None:
        return found
    step = len(found) / many
    return [found[int(n * step)] for n in range(many)]


def _fill(unit: str, long: int, tail: str) -> str:
    return (unit * (long // len(unit) + 1))[: long - len(tail)] + tail
