"""`evaluate routing`: its figures, and what it says of files that are wrong."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from youthvoice.routing.evaluating import measure
from youthvoice.routing.tests.letters import letters
from youthvoice.routing.training import Checked

LABELLED = Path(__file__).resolve().parents[4] / "shared/data/labelled.jsonl"


def line(row, number=1):
    return {
        "id": number,
        "title": row.asked.title,
        "body": row.asked.text,
        "asked_at": "2026-03-02T09:00:00+08:00",
        "label": row.code,
    }


@pytest.fixture
def written(tmp_path):
    def write(*lines, name="rows.jsonl"):
        file = tmp_path / name
        file.write_bytes(
            b"".join(
                one if isinstance(one, bytes) else json.dumps(one).encode() + b"\n" for one in lines
            )
        )
        return file

    return write


def run(*words, **options):
    out = io.StringIO()
    call_command("evaluate", "routing", *map(str, words), stdout=out, **options)
    return out.getvalue()


def test_one_file_is_folded(written):
    file = written(*(line(row, n) for n, row in enumerate(letters())))

    told = run(file, "--train", file, "--curve").splitlines()

    assert told[:4] == ["folds 5, split 1 of 1", "rows 64", "macro-F1 1.0000", "accuracy 1.0000"]
    assert told[4:7] == [
        "label precision recall f1 support",
        "ferry 1.000 1.000 1.000 32",
        "library 1.000 1.000 1.000 32",
    ]
    assert told[7:9] == [
        "alone at >= 95%: share 1.0000 (64 of 64), precision reached 1.0000, "
        "threshold chosen on the training rows",
        "alone at best: share 1.0000, threshold chosen on the test rows themselves",
    ]
    assert [words.split()[1:3] for words in told if words.startswith("curve")] == [
        ["10%", "5"],
        ["25%", "13"],
        ["50%", "26"],
        ["75%", "38"],
        ["100%", "51"],
    ]


def test_two_files_are_learnt_from_and_measured_with(written):
    rows = [line(row, n) for n, row in enumerate(letters())]
    test = written(*rows[:10], name="test.jsonl")

    told = run(test, "--train", written(*rows[10:], name="train.jsonl"))

    assert told.startswith("rows 10\nmacro-F1 1.0000\n")


def test_without_training_the_rules_speak(written):
    row = line(letters()[0]) | {"title": "老板拖欠工资", "body": "", "label": "劳动和社会保障"}

    assert "劳动和社会保障 1.000 1.000 1.000 1" in run(written(row))


def test_macro_f1_is_the_mean_over_labels_and_not_over_rows():
    said = [Checked("a", "a", 1.0)] * 9 + [Checked("b", "a", 1.0)]

    figures = measure(said)

    assert figures.accuracy == 0.9
    assert figures.macro_f1 == pytest.approx((18 / 19 + 0) / 2)
    assert [(of.precision, of.recall, of.support) for of in figures.codes] == [
        (0.9, 1.0, 9),
        (0.0, 0.0, 1),
    ]


GOOD = line(letters()[0])


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"\xff\xfe\n", "不是 UTF-8"),
        (b"{\n", "不是 JSON"),
        (b"[" * 100_000 + b"\n", "不是 JSON"),
        (b"[]\n", "不是 JSON 对象"),
        (b"7\n", "不是 JSON 对象"),
        ({**GOOD, "id": None}, "缺 id"),
        ({**GOOD, "id": True}, "缺 id"),
        ({**GOOD, "title": 3}, "title 不是文字"),
        ({k: v for k, v in GOOD.items() if k != "body"}, "body 不是文字"),
        ({**GOOD, "body": "a\x00b"}, "body 里有无法保存的字符"),
        ({**GOOD, "title": "\ud800"}, "title 里有无法保存的字符"),
        ({**GOOD, "label": " "}, "label 要有 1 到 40 个字"),
        ({**GOOD, "label": "长" * 41}, "label 要有 1 到 40 个字"),
        ({**GOOD, "asked_at": "yesterday"}, "asked_at 不是时间"),
        (b"x" * 1_000_002, "太长"),
    ],
)
def test_a_bad_line_is_told_by_its_number(written, bad, why):
    with pytest.raises(CommandError, match=f"第 3 行：{why}"):
        run(written(GOOD, b"\n", bad))


def test_files_that_say_nothing_are_told(written, tmp_path):
    with pytest.raises(CommandError, match="没有一行可用"):
        run(written(b"\n"))
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "none.jsonl")
    with pytest.raises(CommandError, match="Is a directory"):
        run(tmp_path)
    file = written(GOOD)
    with pytest.raises(CommandError, match="可学的太少"):
        run(file, "--train", file)
    with pytest.raises(CommandError, match="--folds"):
        run(file, "--folds", "1")
    with pytest.raises(CommandError, match="--repeats"):
        run(file, "--repeats", "0")


@pytest.mark.skipif(not LABELLED.exists(), reason="needs ../shared/data/labelled.jsonl")
def test_real_letters_reach_what_was_promised():
    told = run(LABELLED, "--train", LABELLED)

    reached = float(told.split("macro-F1 ")[1].split()[0])
    assert reached >= 0.78
