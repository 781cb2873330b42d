"""What fields take, and what they refuse with a sentence."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from youthvoice.kit.fields import Code, FixedCode, Line, Words
from youthvoice.kit.text import seen, shown_name

UNSTORABLE = "文字里有无法保存的字符，请删去后再发。"
#: Nothing of these is drawn.
INVISIBLE = [
    "\u200b", "\u200d\u2060", "\ufeff", "\u00ad", "\u3164", "\u2800", "\u115f\u1160", "\uffa0",
    "\u034f", "\u202e", "\ufe0f", "\U000e0061",
]  # fmt: skip
TURNS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


def sentence(field, value):
    with pytest.raises(ValidationError) as refusal:
        field.clean(value)
    return refusal.value.messages


@pytest.mark.parametrize("place", range(len(INVISIBLE)))
def test_text_that_shows_nothing_is_no_text(place):
    value = INVISIBLE[place] * 20 + " \n\u3000"

    assert sentence(Words(most=99), value) == ["这里要填。"]
    assert sentence(Line(least=4), value) == ["这里要填。"]
    assert Words(most=99, required=False).clean(value) == ""


@pytest.mark.parametrize("field", [Words(most=99), Line(), Code(), FixedCode(r".*")])
@pytest.mark.parametrize("value", ["\ud800", "题\udfff目是", "\ud83d\ude00"])
def test_lone_surrogates_are_refused_with_a_sentence(field, value):
    assert sentence(field, value) == [UNSTORABLE]


@pytest.mark.parametrize("field", [Words(most=99), Line(), Code(), FixedCode(r"(?s).*")])
@pytest.mark.parametrize("value", ["\x00", "题\x00目是"])
def test_nul_is_refused_with_one_sentence(field, value):
    assert sentence(field, value) == [UNSTORABLE]


@pytest.mark.parametrize("place", range(len(TURNS)))
def test_a_line_may_not_turn_the_words_around_it(place):
    words = f"工资{TURNS[place]}怎么算"

    assert sentence(Line(), words) == ["里面有改变文字方向的隐形字符，请删去后再发。"]
    assert Words(most=99).clean(words) == words


def test_a_line_may_not_spill_over_its_neighbours():
    assert sentence(Line(), "工\u0301\u0302\u0303\u0304\u0305资") == [
        "里面有一个字叠了太多符号，请删去几个。"
    ]
    assert Line().clean("Việt e\u0302\u0301") == "Việt e\u0302\u0301"


def test_a_line_counts_what_is_seen():
    field = Line(least=4, error_messages={"min_length": "太短。"})

    assert sentence(field, "工\u200b\u200b\u200b资") == ["太短。"]
    assert field.clean(" 工资\r\n怎么 ") == "工资 怎么"
    assert sentence(Line(least=4), "工资") == ["至少 4 个字。"]
    assert field.widget.attrs["minlength"] == "4"


@pytest.mark.parametrize(
    "value",
    [
        "𠀀𪛖𪜀𫝀𫠠𬺰𮯰𰀀𱍐\U000323af",  # extensions B to I, the newest unknown to Python
        "👩\u200d👩\u200d👧 👍🏽 🇨🇳 ❤\ufe0f 葛\U000e0100",
        "e\u0301 \uf900凞 ㄅㄆㄇ ཧཱུྃ",
    ],
)
def test_ideographs_and_emoji_come_back_as_they_were(value):
    assert Line().clean(value) == value
    assert Words(most=99).clean(value) == value


@given(st.text(max_size=60))
def test_words_keep_all_but_line_ends(value):
    try:
        kept = Words(most=99, required=False).clean(value)
    except ValidationError:
        assert "\x00" in value
    else:
        assert kept == (value.replace("\r\n", "\n").replace("\r", "\n") if seen(value) else "")


@given(st.text(st.characters(), max_size=60))
def test_a_files_name_can_be_told_whatever_it_is(value):
    name = shown_name(value)

    name.encode()
    assert len(name) <= 40
    assert "\x00" not in name
    assert "\n" not in name


# --- What is too long is not read ---------------------------------------------------------

MEGABYTE = "\u3164" * 350_000


@pytest.mark.parametrize("field", [Words(most=5000), Line(max_length=60, least=2)])
def test_what_is_too_long_is_refused_for_its_length_and_not_read(field, monkeypatch):
    def read(value):
        raise AssertionError("It was read.")

    monkeypatch.setattr("youthvoice.kit.fields.seen", read)
    monkeypatch.setattr("youthvoice.kit.fields.is_unstorable", read)

    for words in (MEGABYTE, "a" * 1_000_000, "\x00" * 1_000_000):
        with pytest.raises(ValidationError) as refused:
            field.clean(words)
        assert [problem.code for problem in refused.value.error_list] == ["max_length"]
    with pytest.raises(AssertionError, match="read"):
        field.clean("一二")


def test_the_words_of_a_form_tell_that_something_is_too_long():
    field = Words(most=5, error_messages={"max_length": "太长了，最多 %(limit_value)d 个字。"})

    with pytest.raises(ValidationError, match="太长了，最多 5 个字。"):
        field.clean("一二三四五六")
