"""One row of a messages file: what is made of it, and why it is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, ask, asker_of, member
from youthvoice.cases.choices import State, StepKind
from youthvoice.importing.actions import How, Refused, Taken, _parse, import_row
from youthvoice.importing.tests.rows import row, unanswered
from youthvoice.kit.clock import start_of_month
from youthvoice.orgs.choices import Role
from youthvoice.people.choices import Origin as PersonOrigin
from youthvoice.people.models import User
from youthvoice.questions import actions
from youthvoice.questions.choices import AnswerKind, Field, HideReason, Kind, Origin
from youthvoice.questions.models import Answer, Question
from youthvoice.questions.policy import Viewer
from youthvoice.questions.queries import median_first_answer_seconds
from youthvoice.questions.tests.watching import counters, entries_since, numbers, seq, trail
from youthvoice.site.beside import latest_echoed, longest_waiting

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
ASKED = datetime(2019, 7, 2, 1, 5, tzinfo=UTC)
REPLIED = datetime(2019, 7, 5, 2, 5, tzinfo=UTC)


def take(given, *, source="old"):
    return import_row(given, source=source, at=MONDAY)


def test_an_askers_numbers_are_masked_and_an_offices_stay(house):
    words = {"title": "找我 138\u00a01234\u00a00076", "body": "电话 139–5678–0042，谢谢。"}

    take(row(8, **words, reply="请打 13812345678。"))
    again = take(row(8, **words, reply="请打 13812345678。"))

    question, made = Question.objects.get(), Answer.objects.get()
    assert (question.title, question.text) == ("找我 138 •••• ••••", "电话 139–••••–••••，谢谢。")
    assert made.text == "请打 13812345678。"
    # The same row again is nothing new, though other words are kept of it.
    assert (again.how.value, again.differs) == ("unchanged", ())


def test_a_row_becomes_a_question_with_its_author_and_its_reply(house):
    before = seq()

    assert take(row(7)) == Taken(How.NEW)

    question, made = Question.objects.get(), Answer.objects.get()
    assert (question.origin, question.import_code) == (Origin.IMPORTED, "old:7")
    assert (question.title, question.text) == (
        "小区门口的路灯坏了 7",
        "晚上看不清。\n请派人来修。",
    )
    assert (question.asked_at, question.first_answered_at) == (ASKED, REPLIED)
    assert question.first_answer_seconds == (REPLIED - ASKED).total_seconds()
    assert (question.is_nameless, question.region) == (False, None)
    assert (question.kind, question.field) == (Kind.HELP, Field.LIFE)
    assert counters(question) == {"official": 1}
    assert (made.kind, made.origin, made.created_at) == (
        AnswerKind.OFFICIAL,
        Origin.IMPORTED,
        REPLIED,
    )
    assert (made.author, made.organisation, made.text) == (None, None, "已经派人修好。")
    assert (question.asker_name, made.signature) == ("网友", "原答复单位")
    assert [entry[0] for entry in entries_since(before)] == ["question.imported"]
    assert entries_since(before)[0][2] is None


def test_its_author_is_a_person_who_can_never_sign_in(house):
    take(row(7, author="A00087964"))

    person = User.objects.get()
    assert (person.origin, person.import_code) == (PersonOrigin.IMPORTED, "old:A00087964")
    assert (person.is_active, person.has_usable_password()) == (False, False)
    assert (person.date_joined, person.participated_at) == (start_of_month(ASKED), None)


def test_one_author_is_one_person_in_a_file_and_another_in_another_file(house):
    for number in (1, 2):
        take(row(number, author="A1"))
    take(row(1, author="A1"), source="other")

    assert User.objects.count() == 2
    assert Question.objects.count() == 3


def test_what_is_there_already_stays_as_it_is(house):
    take(row(7))
    before = seq()

    assert take(row(7)) == Taken(How.SAME)

    assert Question.objects.get().title == "小区门口的路灯坏了 7"
    assert entries_since(before) == []
    assert numbers() == {"imported": 1}


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"title": "改过的标题"}, ("title",)),
        ({"title": " 小区门口的路灯坏了  7 "}, ()),
        ({"body": "晚上看不清。\r\n请派人来修。\n"}, ()),
        ({"body": "晚上看不清。"}, ("body",)),
        ({"reply": "改过的回复", "author": "B"}, ("author", "reply")),
        ({"reply": None, "replied_at": None}, ("reply", "replied_at")),
        ({"asked_at": "2019-07-02T01:05:00Z"}, ()),
        ({"asked_at": "2019-07-02T09:06:00+08:00"}, ("asked_at",)),
        ({"replied_at": "2019-07-05T10:06:00+08:00"}, ("replied_at",)),
        ({"region": "410122"}, ()),
    ],
)
def test_other_words_under_a_known_id_are_told_and_change_nothing(house, changes, differs):
    take(row(7))
    before = seq()

    assert take(row(7, **changes)) == Taken(How.OTHER if differs else How.SAME, differs)

    assert Question.objects.get().title == "小区门口的路灯坏了 7"
    assert Answer.objects.get().text == "已经派人修好。"
    assert entries_since(before) == []
    assert numbers() == {"imported": 1}


def test_a_reply_that_came_later_is_told_as_well(house):
    take(unanswered(7))

    assert take(row(7)) == Taken(How.OTHER, ("reply",))


def test_words_that_have_gone_since_are_no_other_words(house):
    take(row(7))
    operator = member(house.province, Role.OPERATOR)
    actions.hide(words=Answer.objects.get(), reason=HideReason.ABUSE, by=operator, at=MONDAY)
    assert take(row(7, reply="别的")) == Taken(How.SAME)

    actions.hide(words=Question.objects.get(), reason=HideReason.ABUSE, by=operator, at=MONDAY)
    assert take(row(7, title="别的")) == Taken(How.SAME)


def test_an_import_is_counted_apart_and_nobody_waits_for_it(house):
    take(row(1))
    take(unanswered(2))

    answered, bare = Question.objects.order_by("pk")
    assert numbers() == {"imported": 2}
    assert [q.case.state for q in (answered, bare)] == [State.CLOSED] * 2
    assert trail(bare) == [(StepKind.ASKED, None)]
    assert (bare.waits, bare.first_answered_at) == (False, None)
    assert list(Question.objects.waiting()) == []
    assert longest_waiting(most=4) == latest_echoed(most=4) == []
    assert median_first_answer_seconds(at=REPLIED + timedelta(days=1), kept=None) is None


def test_nobody_answers_comments_or_marks_what_was_imported(house):
    take(unanswered())
    question, person = Question.objects.get(), PersonFactory()

    with pytest.raises(actions.UnableToAnswer):
        actions.answer_question(
            question=question, text="迟到的回答", by=Viewer(person), organisation=None, at=MONDAY
        )
    with pytest.raises(actions.UnableToComment):
        actions.comment(
            question=question, answer=None, text="迟到的评论", by=Viewer(person), at=MONDAY
        )
    for viewer in (Viewer(person), Viewer(question.author)):
        with pytest.raises(actions.UnableToMark):
            actions.mark_outcome(question=question, outcome="solved", by=viewer, at=MONDAY)
    assert counters(question) == {}


def test_an_imported_question_may_be_followed(house):
    take(unanswered())
    actions.follow(question=Question.objects.get(), by=Viewer(PersonFactory()), at=MONDAY)

    assert numbers() == {"imported": 1, "people": 1}


@pytest.mark.parametrize(
    ("given", "code"), [("410122", "410122"), (410122, "410122"), (None, None), ("西地省", None)]
)
def test_its_holder_follows_from_its_region(house, given, code):
    taken = take(row(region=given))

    question = Question.objects.get()
    assert question.region_id == code
    assert question.case.holder == (house.county if code else house.province)
    assert bool(taken.unclear) == (given == "西地省")


def test_a_row_is_sorted_by_its_words(house):
    take(row(title="咨询公务员考试", body="请问单位招聘吗"))

    question = Question.objects.get()
    assert (question.kind, question.field) == (Kind.CONSULT, Field.WORK)


def test_titles_are_one_line_and_empty_lines_at_the_ends_go(house):
    take(row(title=" 路灯\n坏了 ", body="\r\n\r\n第一段\r\n第二段\r\n", reply="\n好\n"))

    question = Question.objects.get()
    assert (question.title, question.text) == ("路灯 坏了", "第一段\n第二段")
    assert Answer.objects.get().text == "好"


def test_an_id_may_be_words_and_the_longest_things_are_taken(house):
    take(row(id="x" * 40, author="作" * 30, title="长" * 200, body="长" * 50_000), source="s" * 20)

    assert Question.objects.get().import_code == "s" * 20 + ":" + "x" * 40


MEANT = {
    "a number as author": ({"author": 7}, "author", "old:7"),
    "a whole number with a point": ({"author": 7.0}, "author", "old:7"),
    "blanks about the author": ({"author": " A\u3000 1 "}, "author", "old:A 1"),
    "a whole number with a point as id": ({"id": 12.0}, "code", "old:12"),
    "blanks about the id": ({"id": " 12 "}, "code", "old:12"),
    "a number as title": ({"title": 12345}, "title", "12345"),
    "a number as body": ({"body": 12345}, "text", "12345"),
    "a number as reply": ({"reply": 7}, "reply", "7"),
    "nothing as reply": ({"reply": "", "replied_at": ""}, "reply", ""),
    "blanks as reply": ({"reply": " \n", "replied_at": "  "}, "reply", ""),
    "a table's nothing": ({"reply": float("nan"), "replied_at": float("nan")}, "reply", ""),
    "blanks about a time": ({"asked_at": " 2019-07-02 09:05:00+08:00 "}, "asked_at", ASKED),
    "a spreadsheet's line ends": ({"body": "一_x000D_\n二_x000d_\n"}, "text", "一\n二"),
    "its line ends alone": (
        {"body": "一_x000D__x000A_二_x000A_三_x000D_四"},
        "text",
        "一\n二\n三\n四",
    ),
    "its tabs and other controls": ({"body": "一_x0009_二_x0007_三_x001F_"}, "text", "一\t二三"),
    "its own sign written out": ({"body": "写作_x005F_x000D_的"}, "text", "写作_x000D_的"),
    "what only looks like it": (
        {"body": "表_x4E2D_和_x00D_和x000D_"},
        "text",
        "表_x4E2D_和_x00D_和x000D_",
    ),
    "in a title": ({"title": "路灯_x000D_坏了_x000D_"}, "title", "路灯 坏了"),
    "in a reply": ({"reply": "_x000D_\n好_x000D_\n"}, "reply", "好"),
}


@pytest.mark.parametrize("name", MEANT)
def test_what_is_meant_is_taken(name):
    changes, field, meant = MEANT[name]

    message, unclear = _parse(row(**changes), "old", MONDAY)

    found = message.author_code if field == "author" else getattr(message, field)
    assert (found, unclear) == (meant, "")


WRONG = {
    "a list": [],
    "words": "words",
    "nothing": None,
    "a number": 7,
    "an empty object": {},
    "no id": row(id=None),
    "a truth as id": row(id=True),
    "a broken number as id": row(id=1.5),
    "a blank id": row(id=" "),
    "a long id": row(id="x" * 41),
    "NUL in the id": row(id="a\x00b"),
    "half a character in the id": row(id="a\ud800b"),
    "no author": row(author=None),
    "a blank author": row(author="  "),
    "a truth as author": row(author=True),
    "a part of a number as author": row(author=7.5),
    "a long author": row(author="作" * 31),
    "NUL in the author": row(author="A\x00"),
    "no title": row(title=None),
    "an empty title": row(title=""),
    "a blank title": row(title="　"),
    "a list as title": row(title=["路灯"]),
    "a long title": row(title="长" * 201),
    "NUL in the title": row(title="坏\x00"),
    "no body": row(body=None),
    "a blank body": row(body="\n\n"),
    "a long body": row(body="长" * 50_001),
    "half a character in the body": row(body="半个\ud83d"),
    "a long reply": row(reply="长" * 50_001),
    "NUL in the reply": row(reply="坏\x00"),
    "an empty reply": row(reply=""),
    "a list as reply": row(reply=["已经"]),
    "a time without its reply": row(reply=None),
    "a reply without its time": row(replied_at=None),
    "a reply before the question": row(replied_at="2019-07-02T09:04:59+08:00"),
    "words as time": row(replied_at="昨天"),
    "an empty time": row(replied_at=""),
    "no time": row(asked_at=None),
    "a number as time": row(asked_at=1562029500),
    "only a day": row(asked_at="2019-07-02"),
    "no zone": row(asked_at="2019-07-02T09:05:00"),
    "no such day": row(asked_at="2019-02-30T09:05:00+08:00"),
    "no such hour": row(asked_at="2019-07-02T25:05:00+08:00"),
    "the first day of all": unanswered(asked_at="0001-01-01T00:00:00+08:00"),
    "the last day of all": unanswered(asked_at="9999-12-31T23:59:59-08:00"),
    "a clock that was not set": row(asked_at="1900-01-01T00:00:00+08:00"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_can_not_be_taken_is_refused_with_a_reason_and_leaves_nothing(house, name):
    before = seq()

    with pytest.raises(Refused) as refused:
        take(WRONG[name])

    assert str(refused.value)
    assert (Question.objects.count(), User.objects.count(), seq()) == (0, 0, before)


def test_a_question_in_the_time_to_come_is_refused(house):
    soon = (MONDAY + timedelta(minutes=1)).isoformat()

    with pytest.raises(Refused):
        take(unanswered(asked_at=soon))
    with pytest.raises(Refused):
        take(row(replied_at=soon))
    assert take(unanswered(asked_at=MONDAY.isoformat())) == Taken(How.NEW)


def test_an_imported_question_counts_no_longer_once_it_was_taken_back(house):
    """Nobody can today; but the numbers must hold when an operator's room for it comes."""
    take(unanswered())
    question = Question.objects.get()
    by = Viewer(PersonFactory(), asker_of(ask()).opened | {question.pk})

    actions.delete_question(question=question, by=by, at=MONDAY)

    assert numbers() == {"questions": 1, "nameless": 1}
