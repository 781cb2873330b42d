# ruff: noqa: E501 - tables read best with many in a line
"""Which marks are honoured, and what stays as it was typed."""

import re

import pytest

from youthvoice.kit import marks
from youthvoice.kit.text import gist, render, render_plain

A = "https://www.12355.net"


def shown(source):
    return re.sub(' rel="[^"]*"', "", render(source)).removesuffix("\n")


def link(address, words=""):
    return f'<a href="{address}">{words or address}</a>'


@pytest.mark.parametrize(
    "line",
    [
        # Stars that multiply, hide, or stand for other names.
        "3500*6*2", "138****0078 或 139****0079", "尾号**78和**79", "2**3 和 2**4", "a**b**c", "*轻声*", "***重***",
        "张**和李**的事", "王**、李**反映", "王**，李**", "某省**市**县**镇", "在某**镇某街道", "（**县）和（**镇）",
        "要找**村书记和**村主任", "，**村的书记和**村的", "**为必填，**为选填", "“**镇政府”或“**街道”", "有的叫**茶座，还有的叫**歌厅", "粤B**12与粤C**34", "** 要紧 **", "**没有完", "**一**和**二", "* 号为必填",
        "`**代码**`", r"\**星号**", "__init__", "_a_", "~~删~~",
        # Backslashes, comparisons, quantities, numbers that a list would draw otherwise.
        r"D:\资料\(新)", r"\\服务器\共享", r"\[x\]\*", ">18岁", "> 18 岁", ">>> 回复", ">", "> ￥200", "- 200 元", "+ 100 元", "- 张三",
        "-5 度", "1) 一", "1、一", "01. 一", "2024. 11", "1. 只有一条",
        # What looks like HTML, or like signs for others.
        "<b>粗</b>", "<A类>", "&lt;b&gt;", "&amp;", "&nbsp;", "&#60;", "<!-- 不见 -->", "# 不是标题", "| 一 | 二 |", "---", "```", "{{ x }}",
        # Indents, tabs, runs of blanks.
        "\u3000\u3000您好", "    您好", "\t您好", "姓名\t\t电话", "一  二   三", "末尾  ",
        # What is no address, or may not be one.
        "www.12355.net", "a@b.cn", "ftp://a.cn", "https://", "https://1.5万", "https://a", "javascript:alert(1)", "https://a.cn@b.cn/",
        "https://a.cn:99999/", "https://1.2.3.256/", "https://a.0x1f/", "https://xn--a.cn", "[x](https://a.cn:65536)", "[字](https://xn--a.cn/b)",
        "https://a_b.cn", "xhttps://a.cn", "[点我](javascript:alert(1))", "[点我](/ask/)", "[x]()", "[ ](b)", "[1]", "[]", "![图](a.png)",
    ],
)  # fmt: skip
def test_what_means_something_else_stays_as_it_was_typed(line):
    for source in (line, f"前一行\n{line}\n后一行"):
        want = marks.still(source).replace("\n", "<br>").replace("&quot;", '"')
        assert shown(source) == f"<p>{want}</p>".replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("**要紧**", "<strong>要紧</strong>"),
        ("**注意：**请", "<strong>注意：</strong>请"),
        ("请**务必**带", "请<strong>务必</strong>带"),
        ("请看**《办法》**第三条", "请看<strong>《办法》</strong>第三条"),
        ("他说**“不行”**。", "他说<strong>“不行”</strong>。"),
        ("（**要紧**）", "（<strong>要紧</strong>）"),
        ("**一**和**二**", "<strong>一</strong>和<strong>二</strong>"),
        ("每月**3500**元", "每月<strong>3500</strong>元"),
        ("**身份证**A4复印", "<strong>身份证</strong>A4复印"),
        ("**a** 2**3", "<strong>a</strong> 2**3"),
        ("**看2*3**", "<strong>看2*3</strong>"),
        (f"**{A}**", f"<strong>{link(A)}</strong>"),
    ],
)
def test_bold_that_closes(line, html):
    assert shown(line) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("line", "html"),
    [
        (A, link(A)),
        (f"请看{A}。", f"请看{link(A)}。"),
        (f"（{A}/a）", f"（{link(A + '/a')}）"),
        (f"({A}/a).", f"({link(A + '/a')})."),
        (f"[{A}/a]，", f"[{link(A + '/a')}]，"),
        (f"“{A}/a?b=1&c=2”", f"“{link(A + '/a?b=1&amp;c=2')}”"),
        (f"《{A}》、{A}！", f"《{link(A)}》、{link(A)}！"),
        (f"{A}查看", f"{link(A)}查看"),
        (f"{A}/a/查看", f"{link(A + '/a/')}查看"),
        (f"{A}/a_(b)", link(f"{A}/a_(b)")),
        (f"{A}/a.", f"{link(A + '/a')}."),
        (f"{A}，", f"{link(A)}，"),
        (f"{A},https://a.cn", f"{link(A)},{link('https://a.cn')}"),
        (f"<{A}>", f"&lt;{link(A)}&gt;"),
        ("http://a.cn:8080/", link("http://a.cn:8080/")),
        ("https://10.0.0.1/a", link("https://10.0.0.1/a")),
        ("HTTPS://A.CN/a", link("HTTPS://A.CN/a")),
        (f"[人社厅]({A}/a)", link(f"{A}/a", "人社厅")),
        (f"[{A}]({A})", link(A)),
        # Words that look like one address may not lead to another.
        (f"[https://a.cn]({A})", f"[{link('https://a.cn')}]({link(A)})"),
        (f"[www.a.cn]({A})", f"[www.a.cn]({link(A)})"),
        (f"[a.cn]({A})", f"[a.cn]({link(A)})"),
        *(
            (f"[{words}]({A})", f"[{words}]({link(A)})")
            for words in (
                "a。cn",
                "ａ．ｃｎ",
                "ｗｗｗ．ａ．ｃｎ",
                "gov․cn",
                "a\u200b.cn",
                "a.\u2060cn",
                "a·cn",
                "河南。政务",
                "Ⓐ.ⓒⓝ",
            )
        ),
        (f"![图]({A}/a.png)", f"![图]({link(A + '/a.png')})"),
        (f'[题]({A} "字")', f'[题]({link(A)} "字")'),
        (f"[！]({A})", f"[！]({link(A)})"),
    ],
)
def test_addresses_become_links_and_nothing_else_does(line, html):
    assert shown(line) == f"<p>{html}</p>"
    assert re.sub(' rel="[^"]*"', "", render_plain(A)) == link(A)


def test_a_link_is_nobody_s_advice():
    assert 'rel="nofollow noopener ugc"' in render(A)
    assert 'rel="nofollow noopener ugc"' in render_plain(A)


def ordered(*items):
    drawn = "".join(f'<li value="{number}">{words}</li>\n' for number, words in items)
    return f"<ol>\n{drawn}</ol>"


def bullets(*items):
    drawn = "".join(f"<li>{words}</li>\n" for words in items)
    return f"<ul>\n{drawn}</ul>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("1. 一\n3. 三", ordered((1, "一"), (3, "三"))),
        ("9. 九\n10. 十", ordered((9, "九"), (10, "十"))),
        ("1. 一\n\n2. 二", ordered((1, "一"), (2, "二"))),
        ("2. 二\n2. 二", ordered((2, "二"), (2, "二"))),
        ("1. **材料**\n2. 5 份", ordered((1, "<strong>材料</strong>"), (2, "5 份"))),
        ("- 一\n- 二", bullets("一", "二")),
        ("* 一\n* 二", bullets("一", "二")),
        ("- 一\n  续\n- 二\n  - 里", bullets("一<br>续", "二<br>- 里")),
        ("要带：\n- 一\n- 二\n就行", f"<p>要带：</p>\n{bullets('一', '二')}\n<p>就行</p>"),
        ("- 一\n- 200 元", "<p>- 一<br>- 200 元</p>"),
        ("- **时间**：周一\n- **地点**", bullets("<strong>时间</strong>：周一", "<strong>地点</strong>")),
        ("- 一\n- *2", "<p>- 一<br>- *2</p>"),
        ("- 一\n* 二", "<p>- 一<br>* 二</p>"),
        ("- 一\n\n再说\n\n- 二", "<p>- 一</p>\n<p>再说</p>\n<p>- 二</p>"),
        ("- 张三：在吗\n李四：在", "<p>- 张三：在吗<br>李四：在</p>"),
        ("> 他说", "<blockquote>\n<p>他说</p>\n</blockquote>"),
        ("> 一\n>\n> 二", "<blockquote>\n<p>一</p>\n<p>二</p>\n</blockquote>"),
        ("> 他说\n我说", "<blockquote>\n<p>他说</p>\n</blockquote>\n<p>我说</p>"),
        ("> 1. 一\n> 2. 二", f"<blockquote>\n{ordered((1, '一'), (2, '二'))}\n</blockquote>"),
        ("> > 他说", "<p>&gt; &gt; 他说</p>"),
        ("> 18岁免费\n> 其余收费", "<p>&gt; 18岁免费<br>&gt; 其余收费</p>"),
        ("一\n二\n\n\n三", "<p>一<br>二</p>\n<p>三</p>"),
        ("\u3000\u3000一\n\u3000\u3000二\n\n\u3000\u3000三", "<p>\u3000\u3000一<br>\u3000\u3000二</p>\n<p>\u3000\u3000三</p>"),
        ("", ""),
        ("\n \n", ""),
    ],
)  # fmt: skip
def test_paragraphs_lists_and_quotations(source, html):
    assert shown(source) == html


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("**注意：**请", "注意：请"),
        ("138****78\n或 3500*6*2", "138****78 或 3500*6*2"),
        ("<A类>&lt;", "<A类>&lt;"),
        ("1. 一\n3. 三", "1. 一 3. 三"),
        (f"[人社厅]({A})", "人社厅"),
        ("\u3000\u3000您好，\t请问", "您好， 请问"),
        # Not composed: these two are other ideographs where they are.
        ("\uf900\ufa10", "\uf900\ufa10"),
        ("字" * 20, "字" * 20),
        ("字" * 21, "字" * 19 + "…"),
        ("字" * 10 + "\n" + "词" * 10, "字" * 10 + " " + "词" * 8 + "…"),
        ("字" * 18 + "e\u0301\u0301\u0301", "字" * 18 + "…"),
        ("字" * 17 + "👩\u200d👧\u200d👦", "字" * 17 + "…"),
    ],
)
def test_a_description_holds_what_was_typed(source, words):
    assert gist(source, 20) == words
