"""What leads to a person is found in every disguise people use, and little else is."""

import random
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from youthvoice.kit.digits import SAID, digits_of
from youthvoice.kit.text import render
from youthvoice.safety import numbers
from youthvoice.safety.looking import LOOSE, look
from youthvoice.safety.personal import Kind, find, mask
from youthvoice.safety.tests.disguises import DISGUISED, ORDINARY, disguise


@pytest.mark.parametrize(
    ("text", "kind", "seen"),
    [
        ("打我电话13800001234谢谢", Kind.PHONE, "13800001234"),
        ("138 0000 1234", Kind.PHONE, "138 0000 1234"),
        ("138-0000-1234。", Kind.PHONE, "138-0000-1234"),
        ("+86 13800001234", Kind.PHONE, "86 13800001234"),
        ("１３８００００１２３４", Kind.PHONE, "１３８００００１２３４"),
        ("一三八零零零零一二三四", Kind.PHONE, "一三八零零零零一二三四"),
        ("幺三八〇〇〇〇1234", Kind.PHONE, "幺三八〇〇〇〇1234"),
        ("身份证11010519491231002X的", Kind.IDENTITY, "11010519491231002X"),
        ("110105 19491231 002x", Kind.IDENTITY, "110105 19491231 002x"),
        ("卡号6222 0200 0000 0000 000", Kind.CARD, "6222 0200 0000 0000 000"),
        ("回执 7833 4064 9240 7170", Kind.CARD, "7833 4064 9240 7170"),
        ("加微信：xiaomai_2026", Kind.CHAT, "xiaomai_2026"),
        ("QQ号 123456789", Kind.CHAT, "123456789"),
        ("vx是abcdef1", Kind.CHAT, "abcdef1"),
    ],
)
def test_found_where_it_stands(text, kind, seen):
    found = find(text)

    assert [(place.kind, text[place.start : place.end]) for place in found] == [(kind, seen)]


@pytest.mark.parametrize(
    "text",
    [
        "先打 12355、12345、110 或 120。",
        "办公电话 0371-65900000",
        "2026年3月2日14:30，一共 12800 元",
        "押金一千三百八十元，租了十一个月",
        "订单号 20260302143",
        "第一三五七九中学",
        "微信支付扣了 500",
        "",
    ],
)
def test_what_is_nobodys_own_is_left(text):
    assert [place for place in find(text) if place.kind is not Kind.CARD] == []


def test_masked_text_keeps_its_length_and_the_first_three():
    text = "电话138-0000-1234，微信 xiaomai_2026。"

    assert mask(text) == "电话138-••••-••••，微信 xia•••••••••。"
    assert find(mask(text)) == []


def test_a_chat_name_of_dashes_is_hidden_too():
    assert mask("微信a-----") == "微信a--•••"


@given(st.text(max_size=200))
def test_any_text_can_be_masked_and_then_holds_nothing(text):
    masked = mask(text)

    assert len(masked) == len(text)
    assert find(masked) == []


# --- Disguises ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", DISGUISED)
def test_no_disguise_hides_a_number(kind):
    found = {said: find(f"请看：{said}。") for said in DISGUISED[kind]}

    assert [said for said in found if [place.kind for place in found[said]] != [kind]] == []
    left = {said: mask(f"请看：{said}。") for said in DISGUISED[kind]}
    assert [said for said in left if find(left[said])] == []


def test_what_looks_like_a_number_is_left():
    assert [said for said in ORDINARY if find(said) or mask(said) != said] == []
    # Beside others of their kind, too.
    together = "，就是说，".join(ORDINARY)
    assert find(together) == []


def own(dice):
    """A number that leads to somebody, and what has to stand before it."""
    digits = "".join(dice.choice("0123456789") for _ in range(19))
    kind = dice.choice(["mobile", "abroad", "identity", "card", "receipt", "chat"])
    if kind in {"mobile", "abroad"}:
        return "86" * (kind == "abroad") + "1" + dice.choice("3456789") + digits[:9], ""
    if kind == "identity":
        born = f"{dice.choice([1987, 2009])}1{dice.choice('012')}{dice.choice('012')}7"
        return f"410105{born}{digits[:3]}{dice.choice('08X')}", ""
    if kind == "card":
        body = "62" + digits[:16]
        return body + "0", ""
    if kind == "receipt":
        return "78" + digits[:14], ""
    return "5" + digits[: dice.choice([5, 7, 8])], dice.choice(["QQ", "微信", "扣扣号：", "加Q "])


@given(st.integers(0, 2**32))
@settings(max_examples=400, derandomize=True, deadline=None)
def test_any_number_in_any_disguise_is_found_and_hidden_where_it_stands(seed):
    dice = random.Random(seed)
    number, named = own(dice)
    said = disguise(number, dice)
    # Buses and prices may look like this, two offices' numbers and two days like that.
    groups = re.findall("[0-9]+", look(said).text.translate(LOOSE))
    assume(not numbers._is_list([groups[0].removeprefix("86") or "0", *groups[1:]]))
    assume([len(group) for group in groups] != [8, 8])
    before, after = dice.choice([("电话", "，谢谢"), ("请记 👉", "\n不见不散"), ("\u200b", "")])
    text = before + named + said + after

    places = find(text)
    masked = mask(text)

    assert places, text
    assert places[0].start >= len(before), text
    covered = {at for place in places for at in range(place.start, place.end)}
    begin = len(before + named)
    digits = [begin + at for at, sign in enumerate(said) if digits_of(sign) or sign in SAID]
    assert set(digits) <= covered, text
    assert find(masked) == [], masked
    assert len(masked) == len(text)
    assert [masked[at] for at in digits[3:]] == ["•"] * len(digits[3:])
    shown = [at for at in range(len(text)) if masked[at] != text[at]]
    assert set(shown) <= covered


def test_a_search_of_before_is_caught_by_the_disguises():
    """The control: what looks through no more than full width and ASCII misses most."""
    plain = re.compile(r"1[3-9]\d[ .-]?\d{4}[ .-]?\d{4}")
    missed = [said for said in DISGUISED["phone"] if not plain.search(said)]

    assert len(missed) > len(DISGUISED["phone"]) / 2


# --- A school with a class, looked for where minors write ---------------------------------


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("郑州XX中学高二(3)班天天补课", "郑州XX中学•••••班天天补课"),
        ("郑州一中高二（３）班", "郑州一中•••••班"),
        ("实验小学五年级二班", "实验小学••••班"),
        ("省实验中学12班的班主任", "省实验中学••班的班主任"),
        ("河南大学2023级计算机3班", "河南大学•••••••••班"),
        ("中学1班2班都这样", "中学•班•班都这样"),
    ],
)
def test_a_class_is_hidden_and_its_school_stays(text, masked):
    assert mask(text, classes=True) == masked
    assert {place.kind for place in find(text, classes=True)} == {Kind.CLASS}
    assert find(masked, classes=True) == []
    assert find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "一中天天补课",
        "我在初三(2)班",
        "中学门口的3班车",
        "大学城到高铁站的12班次",
        "学校食堂，3班倒",
        "在小学上过3个班",
        "我们中学。高二3班",
    ],
)
def test_a_school_or_a_class_alone_is_left(text):
    assert find(text, classes=True) == []


@given(st.text(alphabet="中学小班级年高初一二3４(（)） 12，校a", max_size=60))
def test_classes_can_be_masked_in_any_text(text):
    masked = mask(text, classes=True)

    assert len(masked) == len(text)
    assert find(masked, classes=True) == []


def test_what_is_hidden_stays_hidden_signs_where_the_text_is_drawn():
    """Two runs of asterisks would be emphasis, and gone."""
    hidden = mask("打13812345678或者13912345678问")

    assert render(hidden).strip() == "<p>打138••••••••或者139••••••••问</p>"
