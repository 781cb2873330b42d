"""Joined emoji may stand in a name; what nobody sees may not."""

import pytest

from youthvoice.kit.emoji import hides_something, without_emoji

SEEN = [
    "小李👩‍💻",
    "👩‍👩‍👧‍👦一家",
    "👨🏽‍🚒消防员",
    "🧑🏻‍❤️‍💋‍🧑🏿甜",
    "❤️阳光",
    "❤阳光",
    "❤️‍🔥热",
    "🏳️‍🌈彩",
    "🏳️‍⚧️彩",
    "🏴‍☠️海盗",
    "👁️‍🗨️看",
    "🐻‍❄️白熊",
    "😶‍🌫️雾",
    "🏃🏽‍♀️‍➡️跑",
    "🇨🇳小李",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f球迷",
    "1️⃣班小王",
    "#️⃣1⃣*️⃣",
    "👍🏽赞",
    "☝🏿️上",
    "㊗️新年",
    "〰️波",
    "©️李",
    "🫱🏻‍🫲🏿握手",
    "葛\U000e0100城",
    "視\ufe00界",
    "𠮷野家",
    "李é",
    "e\u0301ric",
    "小 李",
    "♥\ufe0e小李",
    "☕\ufe0e",
]
HIDDEN = [
    "小\u200d李",
    "团\u200b委",
    "小李\u200d",
    "\u200d👩小李",
    "👩\u200d小李",
    "小李\u200d👩",
    "👩‍‍💻小李",
    "👩‍👩‍👩‍👩‍👩‍👩",
    "小\ufe0f李",
    "小李\ufe0e",
    "a\ufe0f李",
    "1\ufe0f班李",
    "👍️️赞",
    "小李\U000e0067\U000e007f",
    "🏴\U000e0067\U000e0062\U000e007f李",
    "🏴\U000e0068\U000e0069\U000e0064\U000e0065\U000e007f李",
    "👩\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "小\u2800李",
    "小\u3164李",
    "小\u115f李",
    "小\u034f李",
    "小\u180e李",
    "a\U000e0100李",
    "李\U000e0100\U000e0101",
    "小\u202e李",
    "小\u00ad李",
    "小\ue000李",
    "小\x07李",
    "\ufeff小李",
    "🇨\u200d🇳李",
]


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_hides_nothing(name):
    assert not hides_something(name)


@pytest.mark.parametrize("name", HIDDEN)
def test_what_nobody_sees_is_found(name):
    assert hides_something(name)


def test_words_are_no_emoji():
    for words in ("中牟小李 Ann 12", "+-=<>|~^`", "㐀龥ᄀ가あア", "《》。，"):
        assert without_emoji(words) == words


def test_a_long_name_is_looked_through_once():
    assert hides_something("👩\u200d" * 50_000)
    assert not hides_something("👩" * 50_000)
