"""What people write is shown as they wrote it, and never as code."""

import html
import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from youthvoice.kit import text
from youthvoice.kit.text import check_clean, even_lines, one_line, render

TAG = re.compile(r"<(/?)([a-z]+)((?: [a-z]+=\"[^\"<>]*\")*)>")
#: Letters and punctuation that Markdown gives no meaning to.
PLAIN = st.text(
    alphabet="青年之声，。！？：“”（）、…ab#=~|^$%@/{}:;'\"?,!", min_size=1, max_size=60
)
#: What attacks are made of, in every order.
PIECES = st.lists(
    st.sampled_from(
        [
            "<", ">", "</", "/>", "<!--", "-->", "script", "svg", "iframe", "img src=x", "style=",
            "onerror=", "onclick='x'", "alert(1)", "javascript:", "data:text/html,", "vbscript:",
            "[x](", ")", "![", "](", "<a href=", "&lt;", "&#x3c;", "&#0;", "\\", "*", "_", "`",
            "> ", "- ", "1. ", '"', "'", "\n", "\t", "\x00", "\u202e", "\u200b", "青", " ",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


def words_of(rendered: str) -> str:
    """What a reader sees: the text without its tags."""
    return html.unescape(TAG.sub("", rendered.replace("<br>", "\n")))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("&lt;b&gt;", "<p>&amp;lt;b&amp;gt;</p>"),
        ("[点我](javascript:alert(1))", "<p>[点我](javascript:alert(1))</p>"),
        ("[点我](data:text/html,x)", "<p>[点我](data:text/html,x)</p>"),
        ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>"),
        (
            '[a](https://x.cn/b "onmouseover=alert(1)")',
            '<p>[a](<a href="https://x.cn/b">https://x.cn/b</a> "onmouseover=alert(1)")</p>',
        ),
        (
            """[a](https://x.cn '" onmouseover="alert(1)')""",
            """<p>[a](<a href="https://x.cn">https://x.cn</a> '" onmouseover="alert(1)')</p>""",
        ),
        ("[a](https://x.cn/'onclick='b)", "<p><a href=\"https://x.cn/'onclick='b\">a</a></p>"),
        (
            "https://x.cn/'onclick='b",
            "<p><a href=\"https://x.cn/'onclick='b\">https://x.cn/'onclick='b</a></p>",
        ),
    ],
)
def test_no_markup_of_the_writer_comes_through(source, shown):
    assert render(source).replace(' rel="nofollow noopener ugc"', "") == shown + "\n"


def test_what_the_parser_would_let_through_is_taken_away_behind_it(monkeypatch):
    """The second wall by itself."""
    monkeypatch.setattr(text.marks, "still", str)

    shown = render.__wrapped__(
        '<img src=x onerror="a()"><svg onload="a()"></svg><b onclick="a()">词</b>'
    )

    assert "词" in shown
    assert not re.search("<(img|svg|b)|onerror|onload|onclick", shown)


@given(PIECES)
def test_whatever_is_put_together_only_harmless_tags_come_out(source):
    rendered = render(source)

    rest = TAG.sub("", rendered)
    assert "<" not in rest
    assert ">" not in rest
    for _, tag, attributes in TAG.findall(rendered):
        assert tag in {"p", "br", "strong", "ul", "ol", "li", "blockquote", "a", "bdi"}
        found = dict(re.findall(r' ([a-z]+)="([^"]*)"', attributes))
        assert set(found) <= (
            {"href", "rel"} if tag == "a" else {"value"} if tag == "li" else set()
        )
        href = html.unescape(found.get("href", "")).strip().lower()
        assert not href.startswith(("javascript", "data", "vbscript"))


@given(st.text(max_size=200))
def test_any_text_that_may_be_stored_can_be_shown(source):
    assert "\x00" not in render(source)


@given(st.lists(PLAIN, min_size=1, max_size=6))
def test_pasted_lines_stay_the_same_lines(lines):
    rendered = render("\n".join(lines))

    assert rendered.count("<br>") == len(lines) - 1
    assert words_of(rendered) == "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "line",
    [
        "#试用期# 的工资怎么算",
        "# 不是标题",
        "----------",
        "==========",
        "``` 不是代码 ```",
        "| 一 | 二 |",
        "~~没有删除线~~",
        "a < b 且 b > c",
        "ftp://example.cn/a_b_c",
        "snake_case_name 与 5 * 3 * 2",
    ],
)
def test_signs_that_pasted_text_holds_mean_nothing(line):
    rendered = render(f"第一行\n{line}\n最后一行")

    assert words_of(rendered) == f"第一行\n{line}\n最后一行\n"
    assert set(re.findall(r"<([a-z]+)", rendered)) == {"p", "br"}


@pytest.mark.parametrize("value", ["\x00", "问\x00题", "\ud800", "问\udfff", "\ud83d\ude00"])
def test_what_no_database_can_hold_is_refused_with_a_sentence(value):
    with pytest.raises(ValidationError) as refusal:
        check_clean(value)

    assert refusal.value.messages == ["文字里有无法保存的字符，请删去后再发。"]
    assert refusal.value.code == "unstorable"


@given(st.text())
def test_what_a_database_can_hold_passes(value):
    check_clean(value.replace("\x00", ""))


def test_a_title_is_one_line():
    assert one_line(" 工资\u3000拖了\r\n\t两个月 \u00a0") == "工资 拖了 两个月"
    assert one_line(" \n ") == ""


def test_line_ends_are_the_same_from_every_system():
    assert even_lines("一\r\n二\r三\n\r\n四") == "一\n二\n三\n\n四"
