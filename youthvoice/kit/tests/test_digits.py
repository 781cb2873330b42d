"""A code is read out of whatever it was pasted with."""

import random

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from youthvoice.kit.digits import codes_in, digits_of
from youthvoice.kit.fields import Digits
from youthvoice.safety.tests.disguises import disguise

CODE = "7833406492407170"
PASTED = [
    ("\u200b7833 4064 9240 7170", CODE),
    ("\u202d7833406492407170\u202c", CODE),
    ("回执：7833 4064 9240 7170", CODE),
    ("回执号码 7833-4064-9240-7170。", CODE),
    ("回执2：7833 4064 9240 7170", CODE),
    ("回执（16 位）：7833 4064\n9240 7170", CODE),
    ("７８３３　４０６４　９２４０　７１７０", CODE),
    ("【7833】【4064】【9240】【7170】", CODE),
    ("7\u2060833\u00ad4064\ufeff9240\u00a07170", CODE),
    ("七八三三 四〇六四 九二四〇 七一七〇", CODE),
    ("⑦⑧③③④⓪⑥④⑨②④⓪⑦①⑦⓪", CODE),
    ("7833406492407170 请保存好，12 小时内有效", CODE),
    ("请看 7833 4064 9240 7170\r\n", CODE),
    ("【青年之声】您的验证码是 123456，5分钟内有效。", "123456"),
    ("验证码:12 34 56", "123456"),
    ("𝟏𝟐𝟑𝟒𝟓𝟔", "123456"),
    ("1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣", "123456"),
    ("١٢٣٤٥٦", "123456"),
    ("⑫3456", "123456"),
]


@pytest.mark.parametrize(("pasted", "code"), PASTED)
def test_what_stands_around_and_between_is_nothing(pasted, code):
    assert Digits(len(code)).clean(pasted) == code


@pytest.mark.parametrize("pasted", ["12345", "1234567", "abcdef", "½½½½½½", "十十十十十十"])
def test_what_is_none_is_refused_with_a_sentence(pasted):
    with pytest.raises(ValidationError) as refusal:
        Digits(6, 8).clean(pasted)
    assert refusal.value.messages == ["这里要填 6 或 8 位数字。"]


def test_of_two_none_is_tried():
    with pytest.raises(ValidationError) as refusal:
        Digits(6).clean("123456 或者 654321")
    assert refusal.value.messages == ["里面不止一个号码，请只填一个。"]
    assert Digits(6).clean("123456，也就是 12 34 56") == "123456"


@given(st.integers(0, 2**32))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_a_code_in_any_disguise_is_itself(seed):
    dice = random.Random(seed)
    code = "".join(dice.choice("0123456789") for _ in range(dice.choice([6, 8, 11, 16])))
    before = dice.choice(["", "回执：", "验证码是 ", "【青年之声】", "\u200b"])

    assert codes_in(
        before + disguise(code, dice) + dice.choice(["", "。", "，谢谢"]), len(code)
    ) == [code]


def test_digits_of_every_script_are_digits():
    assert [digits_of(sign) for sign in "7７柒七٧७⑦❼𝟕⁷Ⅶ〧"] == ["7"] * 12
    assert [digits_of(sign) for sign in "十百½x"] == [""] * 4
