"""The signs of danger: sayings are none, disguises don't hide them, and the figures are told."""

from pathlib import Path

import pytest

from youthvoice.safety import signs
from youthvoice.safety.tests.measuring import Measured, measure, read

HERE = Path(__file__).parent / "signs"
TOLD = Path(__file__).parents[3] / "docs/security.md"


def codes(text):
    return [sign.code for sign in signs.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "笑死我了",
        "累死了",
        "饿死了",
        "想死你了",
        "打死我也不吃香菜",
        "社死现场",
        "电脑死机了",
        "跳楼价",
        "",
    ],
)
def test_sayings_are_no_signs(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "我不想活了",
        "我 不 想 活 了",
        "我不\u200b想活了",
        "我不想。活了",
        "我想自.杀",
        "我想輕生",
        "我想ｚｉｓｈａ",
        "想鼠",
        "想重开",
        "笑死，可是我真的不想活了",
    ],
)
def test_plain_words_are_signs_in_any_dress(text):
    assert codes(text)[0].startswith("self.")
    assert signs.level_of(signs.find(text)) == signs.Level.PLAIN


def test_what_books_and_laws_are_about_is_no_sign_by_its_name():
    assert codes("小说里女主跳楼了") == []
    assert codes("校园霸凌要怎么立法") == []
    assert codes("校园霸凌") == ["minor.other"]
    # The context of one clause says nothing of the next.
    assert "self.wish" in codes("最近在看小说。我想死")


def test_the_plainest_comes_first_and_each_once():
    found = signs.find("校园霸凌。我不想活了。真的不想活了。")

    assert [sign.code for sign in found] == ["self.wish", "minor.other"]
    assert [sign.level for sign in found] == [signs.Level.PLAIN, signs.Level.HINT]
    assert signs.level_of([]) == 0


def test_the_sentences_are_many_and_of_each_kind():
    every = read(HERE / "dev.txt") + read(HERE / "test.txt")
    kinds = [kind for kind, _text in every]

    assert set(kinds) == {"s", "v", "m", "-"}
    assert sum(kind != "-" for kind in kinds) >= 150
    assert kinds.count("-") >= 300
    assert len({text for _kind, text in every}) > 0.98 * len(every)


def test_the_rules_hold_what_they_were_made_for():
    found = measure(read(HERE / "dev.txt"))

    assert found.recall >= 0.98, found.missed
    assert found.precision >= 0.95, found.alarms


def test_what_is_told_of_unseen_sentences_is_what_is_measured():
    found = measure(read(HERE / "test.txt"))
    told = f"recall {found.recall:.2f}, precision {found.precision:.2f}"

    assert told in TOLD.read_text(encoding="utf-8")


def test_nothing_found_has_no_precision():
    assert Measured(1, 0, ["missed"], []).precision == 0
