"""`import`: counts, reasons by line, twice unchanged, and a cut-off run that is run again."""

import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from youthvoice.cases.choices import State
from youthvoice.cases.models import Case
from youthvoice.importing.management.commands import import_messages
from youthvoice.importing.tests.rows import row, unanswered
from youthvoice.journal.models import Entry
from youthvoice.people.models import User
from youthvoice.questions.choices import Origin
from youthvoice.questions.models import Answer, Question
from youthvoice.questions.tests.watching import numbers

pytestmark = pytest.mark.django_db
MESSAGES = Path(__file__).resolve().parents[4] / "shared/data/messages.jsonl"


@pytest.fixture
def written(tmp_path):
    """Write lines (objects, or bytes as they are) into a file; gives its path."""

    def write(*lines):
        file = tmp_path / "messages.jsonl"
        file.write_bytes(
            b"".join(
                line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n"
                for line in lines
            )
        )
        return file

    return write


def run(file, **options):
    """Import; gives the line of counts."""
    out = io.StringIO()
    call_command("import_messages", str(file), no_progress=True, stdout=out, **options)
    return out.getvalue()


def kept():
    """What the import made, without the numbers that the database gave."""
    questions = Question.objects.order_by("import_code").values_list(
        "import_code",
        "title",
        "text",
        "kind",
        "field",
        "region",
        "asked_at",
        "first_answered_at",
        "first_answer_seconds",
        "official_count",
        "hot",
        "author__import_code",
        "case__state",
        "case__holder__slug",
    )
    answers = Answer.objects.order_by("question__import_code").values_list(
        "question__import_code", "text", "created_at", "kind", "origin"
    )
    return list(questions), list(answers), set(User.objects.values_list("import_code"))


def test_a_file_is_imported_and_the_second_time_unchanged(house, written):
    file = written(*(row(n) for n in range(1, 4)), unanswered(4))

    assert run(file) == "imported 4, unchanged 0, refused 0\n"
    first = kept()
    entries = Entry.objects.count()
    assert run(file) == "imported 0, unchanged 4, refused 0\n"

    assert (kept(), Entry.objects.count()) == (first, entries)
    assert numbers() == {"imported": 4}
    assert set(Case.objects.values_list("state", flat=True)) == {State.CLOSED}


def test_a_row_twice_in_one_file_is_one(house, written):
    assert run(written(row(1), row(1))) == "imported 1, unchanged 1, refused 0\n"


def test_other_words_under_one_id_are_counted_apart_and_told(house, written, capsys):
    file = written(row(1), row(1, title="另一件事", reply="另一句"), row(1), row(2))

    assert run(file) == "imported 2, unchanged 1, differing 1, refused 0\n"

    told = capsys.readouterr().err
    assert "line 2: id 已经有了，title、reply 不一样" in told
    assert told.count("line ") == 1
    assert "另一" not in told


def test_another_place_under_one_id_is_told_as_other_words_are(house, written, capsys):
    file = written(row(1, region=410122), row(1, region=410100), row(1, region="中牟县"))

    assert run(file) == "imported 1, unchanged 1, differing 1, refused 0\n"
    assert "line 2: id 已经有了，region 不一样" in capsys.readouterr().err


def test_a_column_that_means_nothing_is_told_once(house, written, capsys):
    file = written(row(1, regoin="410122"), row(2, regoin="410122"), row(3, **{"x\x07y": 1}))

    assert run(file) == "imported 3, unchanged 0, refused 0\n"
    told = capsys.readouterr().err
    assert "line 1: 这些列没有用到：regoin" in told
    assert "line 3: 这些列没有用到：xy" in told
    assert told.count("line ") == 2


def test_places_that_are_not_understood_are_counted_and_told(house, written, capsys):
    file = written(
        row(1, region=410122),
        row(2, region=" 河南省 / 郑州市 / 中牟县 "),
        row(3, region="西地省A市"),
        row(4, region=999999),
        row(5, region="郑州市某新区"),
        row(6, region=""),
        row(7, region="无"),
    )

    assert run(file) == "imported 7, unchanged 0, refused 0; regions not understood 3\n"

    told = capsys.readouterr().err
    for line in (
        "line 3: 没有认出 region：西地省A市",
        "line 4: 没有认出 region：999999",
        "line 5: region 只认出郑州市：郑州市某新区",
    ):
        assert line in told
    assert told.count("line ") == 3
    places = Question.objects.order_by("import_code").values_list("region", flat=True)
    assert list(places) == ["410122", "410122", None, None, "410100", None, None]


def test_empty_lines_are_no_error(house, written):
    file = written(b"\xef\xbb\xbf\n", row(1), b"\n", b"  \r\n", row(2), b"\t\n\n")

    assert run(file) == "imported 2, unchanged 0, refused 0\n"


def test_two_files_from_two_places_do_not_meet(house, written):
    file = written(row(1))

    assert run(file, source="letters") == "imported 1, unchanged 0, refused 0\n"
    assert run(file, source="calls") == "imported 1, unchanged 0, refused 0\n"
    assert set(Question.objects.values_list("import_code", flat=True)) == {
        "letters:1",
        "calls:1",
    }


def test_each_bad_line_is_told_with_its_number_and_its_reason(house, written, capsys):
    file = written(
        row(1),
        b"not JSON\n",
        "名字".encode("gb18030") + b"\n",
        row(2, title=None),
        row(3, asked_at="gestern"),
        row(4, replied_at=None),
        row(5, body="\x00"),
        row(6, title="长" * 201),
        [row(7)],
        b"\n",
        b"[" * 100_000 + b"\n",
        b'{"id": 1' + b"0" * 5000 + b"}\n",
        row(8),
    )

    assert run(file) == "imported 2, unchanged 0, refused 10\n"

    told = capsys.readouterr().err.splitlines()
    told = dict(line.split(": ", 1) for line in told if line.startswith("line "))
    # An empty line is no error.
    assert list(told) == [f"line {n}" for n in range(2, 13) if n != 10]
    for number, word in {
        2: "JSON",
        3: "UTF-8",
        4: "title",
        5: "asked_at",
        6: "replied_at",
        7: "body",
        8: "title",
        9: "JSON",
        11: "JSON",
        12: "JSON",
    }.items():
        assert word in told[f"line {number}"]
    assert set(Question.objects.values_list("import_code", flat=True)) == {
        "messages:1",
        "messages:8",
    }
    assert numbers() == {"imported": 2}


def test_bad_lines_are_told_a_thousand_times_and_all_counted(house, written, capsys):
    assert run(written(*([b"x\n"] * 1005))) == "imported 0, unchanged 0, refused 1005\n"

    assert capsys.readouterr().err.count("line ") == 1000


def test_a_mark_at_the_beginning_and_no_end_of_the_last_line_are_fine(house, written):
    file = written(b"\xef\xbb\xbf", row(1), json.dumps(row(2)).encode())

    assert run(file) == "imported 2, unchanged 0, refused 0\n"


def test_an_empty_file_is_fine(house, written):
    assert run(written()) == "imported 0, unchanged 0, refused 0\n"


def test_a_file_that_is_not_there_and_a_bad_source_are_told(house, written, tmp_path):
    with pytest.raises(CommandError, match="nothing"):
        run(tmp_path / "nothing.jsonl")
    with pytest.raises(CommandError, match="directory"):
        run(tmp_path)
    for source in ("", "Old", "a:b", "x" * 21, "旧"):
        with pytest.raises(CommandError, match="source"):
            run(written(row(1)), source=source)


class Killed(Exception):
    pass


@pytest.mark.parametrize("at", [1, 10, 11, 15])
def test_a_run_that_was_cut_off_and_run_again_ends_like_one_clean_run(
    house, written, monkeypatch, at
):
    """In packets of ten; those of a house have a hundred rows."""
    monkeypatch.setattr(import_messages, "_BATCH", 10)
    file = written(*(row(n) if n % 3 else unanswered(n) for n in range(1, 17)))
    real, taken = import_messages.actions.import_row, []

    def killing(given, **options):
        taken.append(given)
        if len(taken) == at:
            raise Killed
        return real(given, **options)

    with monkeypatch.context() as patch:
        patch.setattr(import_messages.actions, "import_row", killing)
        with pytest.raises(Killed):
            run(file)
    stayed = (at - 1) // 10 * 10
    assert Question.objects.count() == stayed
    assert numbers() == ({"imported": stayed} if stayed else {})

    assert run(file) == f"imported {16 - stayed}, unchanged {stayed}, refused 0\n"

    again = kept()
    assert numbers() == {"imported": 16}
    Question.objects.all().delete()
    User.objects.all().delete()
    run(file)
    assert kept() == again


@pytest.mark.skipif(
    not MESSAGES.exists(), reason="../shared/data/messages.jsonl is not here; see its README"
)
def test_real_messages_are_imported_whole(house, tmp_path):
    with MESSAGES.open("rb") as all_messages:
        lines = [next(all_messages) for _ in range(200)]
    file = tmp_path / "real.jsonl"
    file.write_bytes(b"".join(lines))
    rows = [json.loads(line) for line in lines]

    assert run(file) == "imported 200, unchanged 0, refused 0\n"

    assert numbers() == {"imported": 200}
    assert Answer.objects.count() == sum(r["reply"] is not None for r in rows)
    assert User.objects.count() == len({r["author"] for r in rows})
    for given in rows[:20]:
        question = Question.objects.get(import_code=f"messages:{given['id']}")
        assert question.origin == Origin.IMPORTED
        assert question.title == " ".join(given["title"].split())
        body = given["body"].replace("_x000D_", "")
        assert question.text == body.strip("\n")
        assert question.asked_at == datetime.fromisoformat(given["asked_at"])
    assert run(file) == "imported 0, unchanged 200, refused 0\n"
    assert cared_for() == "200 questions, each with its holder, clock and trail; 0 clocks run.\n"


def test_what_is_imported_has_a_holder_and_a_clock_that_stands(house, written):
    run(written(row(1), unanswered(2)))

    assert cared_for() == "2 questions, each with its holder, clock and trail; 0 clocks run.\n"


def cared_for():
    """What `check-cases` says; it fails where a question is without."""
    out = io.StringIO()
    call_command("check_cases", stdout=out)
    return out.getvalue()
