"""The signs of danger: sayings and policies are none, disguises don't hide them, a long letter
doesn't either, and the figures are told."""

import hashlib
import json
from pathlib import Path

import pytest

from youthvoice.safety import signs, weighing
from youthvoice.safety.signs import Level
from youthvoice.safety.tests.measuring import HERE, Measured, measure, read
from youthvoice.safety.weighing import Lexicon, features, read_kinds, shipped_model
from youthvoice.safety.windows import LONGEST, PAIR_LONGEST, windows

ROOT = Path(__file__).parents[3]
TOLD = ROOT / "docs/security.md"


def codes(text):
    return [sign.code for sign in signs.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "有什么政策能减轻生活负担",
        "年轻生意人怎么贷款",
        "衣服上吊牌没剪能退吗",
        "恢复某某路公交站台",
        "小区旁边要建变电站，离幼儿园只有一百米",
        "夜市天天吵到凌晨，打电话投诉没人管",
        "楼下路灯坏了三个月，晚上不敢出门",
        "河边的步道什么时候修好",
        "跳楼价清仓是真的吗",
        "家畜生病了找谁",
        "笑死我了",
        "累死了",
        "饿死了",
        "想死你了",
        "打死我也不吃香菜",
        "社死现场",
        "电脑死机了",
        "跳楼价",
        "小说里女主跳楼了",
        "校园霸凌要怎么立法",
        "",
    ],
)
def test_what_people_ask_and_say_is_no_sign(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "我不想活了",
        "我 不 想 活 了",
        "我不\u200b想活了",
        "我想自.杀",
        "我想輕生",
        "我想ｚｉｓｈａ",
        "笑死，可是我真的不想活了",
        "最近在看小说。我想死",
        "我被家暴三年了",
        "我老公打我",
    ],
)
def test_plain_words_are_sure_in_any_dress(text):
    assert signs.level_of(signs.find_sure(text)) == Level.SURE


@pytest.mark.parametrize("text", ["我不想。活了", "想鼠", "想重开"])
def test_what_may_be_meant_so_gets_help(text):
    assert codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "千万别想不开，会好的。",
        "抱抱你，一切都会过去的，加油。",
        "如果不想活了，请打 12356，有老师一直在。",
    ],
)
def test_comfort_is_no_alarm(text):
    assert signs.find_sure(text) == []


def test_the_surest_comes_first_and_each_code_once():
    found = signs.find("我不想活了。真的不想活了。我老公天天打我，往死里打。")

    assert [sign.level for sign in found] == sorted((sign.level for sign in found), reverse=True)
    assert len({sign.code for sign in found}) == len(found)
    assert {sign.code.partition(".")[0] for sign in found} == {"self", "violence"}
    assert signs.level_of([]) == 0


def test_a_sign_says_where_it_was_seen_and_which_words_spoke():
    (found, *_rest) = signs.find("想问居住证怎么办。其实我不想活了。谢谢！")

    assert "其实我不想活了" in found.window
    assert "K:wish" in signs.words_of(found)


# --- Windows -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("",)]),
        ("今天很好，谢谢", [("今天很好", "谢谢")]),
        ("今天很好。谢谢你", [("今天很好",), ("谢谢你",), ("今天很好", "谢谢你")]),
        ("我想自.杀", [("我想自杀",)]),
        ("我 不 想 活", [("我不想活",)]),
        ("自\u200b杀", [("自杀",)]),
        ("一行\u3000二行\n三行", [("一行", "二行"), ("三行",), ("一行", "二行", "三行")]),
    ],
)
def test_windows_are_what_is_said_in_one_breath(text, expected):
    assert windows(text) == expected


@pytest.mark.parametrize("text", ["字" * 5000, "我们，" * 1600, "我们。" * 1600, "字。" * 2500])
def test_windows_hold_all_of_it_and_not_much_more(text):
    found = windows(text)

    assert max(sum(map(len, window)) for window in found) <= max(LONGEST, PAIR_LONGEST)
    assert sum(len(clause) for window in found for clause in window) <= 3 * len(text)


# --- Words ---------------------------------------------------------------------------------


def test_a_word_is_not_found_within_its_neighbours():
    lexicon = Lexicon({"-": ["年轻"], "wish": ["轻生"], "kin": ["妈妈"]})

    assert lexicon.read("年轻生意").kinds == ("-",) or lexicon.read("年轻生意").kinds == ()
    assert lexicon.read("想轻生").kinds == ("wish",)
    assert not any("年轻" in name for name in features([lexicon.read("年轻妈妈")]))


def test_kinds_follow_each_other():
    lexicon = Lexicon({"kin": ["我爸"], "hit": ["打我"]})

    assert {"K:kin", "K:hit", "P:kin>hit"} <= features([lexicon.read("我爸又打我")])
    assert "P:hit>kin" not in features([lexicon.read("我爸又打我")])


def test_every_kind_that_a_code_names_is_a_kind_of_words():
    kinds = read_kinds(weighing.WORDS.read_text(encoding="utf-8"))

    assert set(shipped_model().towards) <= set(kinds)
    assert all(kinds.values())


# --- Figures -------------------------------------------------------------------------------


def test_the_texts_are_many_and_of_each_kind():
    every = [pair for path in HERE.glob("*.jsonl") for pair in read(path)]
    kinds = [kind for kind, _text in every]

    assert set(kinds) == {"s", "v", "m", "-"}
    assert sum(kind != "-" for kind in kinds) >= 700
    assert kinds.count("-") >= 1200
    assert len({text for _kind, text in every}) == len(every)


def test_the_weights_are_those_of_the_texts_and_words_in_the_tree():
    """After a change of either: `.venv/bin/python scripts/learn_signs.py`."""
    made_of = json.loads(weighing.WEIGHTS.read_text(encoding="utf-8"))["made_of"]
    said = hashlib.sha256()
    safety = ROOT / "youthvoice/safety"
    for path in (
        weighing.WORDS,
        HERE / "dev.jsonl",
        ROOT / "scripts/learn_signs.py",
        *(safety / f"{name}.py" for name in ("folding", "weighing", "windows")),
    ):
        said.update(path.read_bytes())

    assert made_of == said.hexdigest()


@pytest.mark.parametrize("part", ["test", "unseen"])
@pytest.mark.parametrize(("level", "name"), [(Level.HELP, "help"), (Level.SURE, "withheld")])
def test_what_is_told_of_unseen_texts_is_what_is_measured(level, name, part):
    found = measure(read(HERE / f"{part}.jsonl"), level)

    assert f"{name}: {found}" in TOLD.read_text(encoding="utf-8")
    if level == Level.HELP:
        assert found.recall >= 0.8
    assert found.precision >= 0.9


def test_nothing_found_has_no_precision():
    assert Measured(1, 0, ["missed"], []).precision == 0
