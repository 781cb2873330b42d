"""The pure part: features, training, scoring, the words told, and the bytes between."""

import math
import subprocess
import sys
import zlib

import pytest

from youthvoice.orgs.choices import Field, Group
from youthvoice.routing import features
from youthvoice.routing.choices import Target
from youthvoice.routing.features import Asked, by_rules
from youthvoice.routing.linear import Linear, confidence, whole_words
from youthvoice.routing.rules import WORDS
from youthvoice.routing.tests import plainly
from youthvoice.routing.tests.letters import letters
from youthvoice.routing.training import (
    Checked,
    Row,
    TooLittle,
    alone_from,
    folds,
    train,
    train_and_check,
)


@pytest.fixture(scope="module")
def model():
    return train(Target.GROUP, letters())


def test_pairs_do_not_reach_over_a_stop_and_digits_are_alike():
    assert dict(features.grams("欠薪3，A")) == {
        **dict.fromkeys(["欠", "薪", "0", "a"], 1),
        **dict.fromkeys(["欠薪", "薪0"], 1),
    }


@pytest.mark.parametrize("target", [Target.GROUP, Target.HOLDER])
def test_the_quick_way_and_the_plain_one_agree(target):
    model = train(target, letters())
    whole = "".join(row.asked.text for row in letters())
    texts = [Asked("渡轮漏雨3次", whole[n:][:700], ("region:1",)) for n in range(0, 1400, 70)]
    texts += [row.asked for row in letters()[:8]]
    texts += [Asked("", "渡" * 900), Asked("老板拖欠工资", "老板拖欠工资。" * 40), Asked("", "")]

    for asked in texts:
        quick, plain = model.guess(asked), plainly.guess(model, asked)
        assert (quick.code, quick.words) == (plain.code, plain.words)
        assert quick.confidence == pytest.approx(plain.confidence, abs=1e-9)


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("120", "打了120", 1),
        ("120", "120、120都打了", 2),
        ("120", "工资1200元，欠了12000", 0),
        ("120", "押金120.5元，涨了0.120", 0),
        ("120", "110和120。", 1),
        ("5G", "5G信号，iPhone5G手机", 2),
        ("5G", "15G流量，5Gbps", 0),
        ("4S店", "4S店，14S店", 1),
        ("GDP", "人均GDP增长", 1),
        ("GDP", "GDPR和AGDP", 0),
        ("欠薪", "老板欠薪3000", 1),
    ],
)
def test_a_word_counts_only_where_it_stands_whole(word, text, found):
    assert features.times(word, text) == found
    assert whole_words(text, {word}) == [word] * found


def test_a_number_within_a_number_speaks_for_nobody():
    assert by_rules(Target.GROUP, Asked("一个月1200", "")) == ("", 0.0)
    assert by_rules(Target.GROUP, Asked("打了120", ""))[0] == Group.HEALTH


def test_it_learns_what_no_rule_knows(model):
    assert by_rules(Target.GROUP, Asked("渡轮末班", "")) == ("", 0.0)
    assert model.guess(Asked("大桥头渡轮末班太早", "")).code == "ferry"
    assert model.guess(Asked("借书证怎么续", "")).code == "library"


def test_the_words_told_are_whole_words_of_the_text(model):
    guess = model.guess(Asked("渡轮末班停得太早", "码头没人"))

    assert guess.words
    assert all(len(word) > 1 and word in "渡轮末班停得太早 码头没人" for word in guess.words)
    assert set(guess.words) <= model.words | WORDS[Target.GROUP].keys()


def test_what_few_share_is_in_no_model():
    """A sign that only two questions have could say whose they were."""
    rows = letters()
    told = [Row(Asked(r.asked.title, r.asked.text + "璎珞"), r.code) for r in rows[:2]]

    model = train(Target.GROUP, told + rows[2:])

    assert [name for name in model.weights if "璎" in name or "珞" in name] == []
    assert [word for word in model.words if "璎" in word] == []


def test_the_bytes_give_the_same_model_again(model):
    again = Linear.unpack(model.pack())
    asked = Asked("渡轮末班停得太早", "码头棚子漏雨")

    assert again.guess(asked).code == model.guess(asked).code
    assert again.guess(asked).words == model.guess(asked).words
    assert again.guess(asked).confidence == pytest.approx(model.guess(asked).confidence, abs=0.01)


@pytest.mark.parametrize("packed", [b"", b"x", zlib.compress(b"[]"), zlib.compress(b'{"a": 1}')])
def test_bytes_of_others_are_refused(packed):
    with pytest.raises(ValueError, match="no packed model"):
        Linear.unpack(packed)


def test_trained_twice_it_is_the_same(model):
    assert train(Target.GROUP, letters()).pack() == model.pack()


def test_one_code_or_too_few_rows_are_too_little():
    rows = letters()

    with pytest.raises(TooLittle):
        train(Target.GROUP, [row for row in rows if row.code == "ferry"])
    with pytest.raises(TooLittle):
        train(Target.GROUP, letters(1))


def test_each_row_is_outside_once_and_codes_are_spread():
    codes = ["a"] * 10 + ["b"] * 5

    parts = folds(codes)

    assert sorted(i for _, outside in parts for i in outside) == list(range(15))
    assert [sorted(codes[i] for i in outside) for _, outside in parts] == [["a", "a", "b"]] * 5
    assert all(set(inside) & set(outside) == set() for inside, outside in parts)


def test_confidence_is_a_share():
    assert confidence([0.0, 0.0], 3.0) == 0.5
    assert confidence([math.log(3), 0.0], 1.0) == pytest.approx(0.75)


def checked(*runs):
    """`(how many, right?, confidence)`."""
    return [Checked("a", "a" if right else "b", c) for n, right, c in runs for _ in range(n)]


def test_the_threshold_is_the_least_that_held():
    held = checked((40, True, 0.9), (10, False, 0.5))

    assert alone_from(held) == 0.9
    assert alone_from(checked((40, True, 0.9), (1, False, 0.8), (9, True, 0.8))) == 0.8


def test_few_rows_or_many_mistakes_let_nothing_act_alone():
    assert alone_from(checked((19, True, 0.99))) > 1
    assert alone_from(checked((30, True, 0.9), (3, False, 0.9))) > 1


def test_of_equal_confidence_all_count():
    """A threshold can't part those that are equally sure."""
    assert alone_from(checked((20, True, 0.9), (2, False, 0.9))) > 1


def test_five_folds_of_letters_are_told_apart():
    _, said = train_and_check(Target.GROUP, letters())

    assert [row for row in said if row.code != row.said] == []


def test_the_longest_known_words_from_left_to_right():
    known = {"农民", "农民工", "工资"}

    assert whole_words("农民工工资农民", known) == ["农民工", "工资", "农民"]


def test_rules_speak_of_every_group_and_field_and_in_words():
    for target, codes in ((Target.GROUP, Group), (Target.FIELD, Field)):
        spoken = {code for spoken in WORDS[target].values() for code in spoken}

        assert spoken == set(codes.values)
        assert [word for word in WORDS[target] if not word.strip()] == []


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("老板拖欠工资三个月", Group.LABOUR),
        ("小区物业费乱涨", Group.CONSTRUCTION),
        ("幼儿园入学划片", Group.EDUCATION),
        ("化工厂夜里排放废气", Group.ENVIRONMENT),
        ("低保补助没有发", Group.CIVIL),
    ],
)
def test_the_rules_know_plain_cases(title, code):
    assert by_rules(Target.GROUP, Asked(title, ""))[0] == code


def test_only_the_codes_asked_for_may_lead():
    asked = Asked("老板拖欠工资", "")

    assert by_rules(Target.GROUP, asked, among=["education"]) == ("", 0.0)


def test_scoring_needs_no_library():
    """A page's process stays small: numpy and the dictionary of words are for training."""
    code = (
        "import sys, django; django.setup();"
        "from youthvoice.routing import actions, queries, receivers;"
        "print([name for name in ('numpy', 'rjieba') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.strip() == "[]"
