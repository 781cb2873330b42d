"""Words and rows answer for the journal: its end can't be cut off, nor words rewritten, unseen."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of
from youthvoice.cases.models import Case
from youthvoice.journal import queries
from youthvoice.journal.models import GENESIS, Entry, Head
from youthvoice.journal.tests.writing import chain_again
from youthvoice.questions import actions
from youthvoice.questions.actions.importing import Message
from youthvoice.questions.choices import Field, HideReason, Kind
from youthvoice.questions.models import (
    Answer,
    Comment,
    Follow,
    Hidden,
    Question,
    Revision,
    Useful,
)
from youthvoice.questions.policy import Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def later(hours):
    return MONDAY + timedelta(hours=hours)


@pytest.fixture
def told(house):
    """A nameless and a named question with all that can be said and done to words."""
    nameless, named = ask(), ask(by=PersonFactory())
    asker = asker_of(nameless)
    by = PersonFactory()
    said = answer(named, by=by, text="第一版", at=later(1))
    actions.edit_answer(answer=said, text="第二版", by=Viewer(by), at=later(2))
    actions.comment(question=nameless, answer=None, text="补充一句", by=asker, at=later(3))
    rude = actions.comment(question=named, answer=said, text="骂人", by=Viewer(by), at=later(4))
    actions.hide(words=rude, reason=HideReason.ABUSE, by=by, at=later(5))
    actions.find_useful(answer=said, by=asker_of(named), at=later(6))
    actions.follow(question=nameless, by=Viewer(by), at=later(7))
    actions.mark_outcome(question=named, outcome="solved", by=asker_of(named), at=later(8))
    actions.edit_question(
        question=nameless, title="改过的标题", text="改过的话", by=asker, at=later(9)
    )
    return nameless


def test_what_was_told_holds(told):
    """The control for all that follows: before it is touched, nothing is wrong."""
    assert wrong() == []


def wrong():
    return [*queries.faults(), *queries.strays()]


def cut(many):
    """What whoever may write to the database does: the last entries go, the head goes back."""
    gone = Entry.objects.order_by("-seq").values_list("seq", flat=True)[:many]
    Entry.objects.filter(seq__in=list(gone)).delete()
    last = Entry.objects.order_by("seq").last()
    seq, digest = (last.seq, last.hash) if last else (0, GENESIS)
    Head.objects.update(seq=seq, hash=digest)


@pytest.mark.parametrize("many", [1, 10, None], ids=["one", "ten", "all"])
def test_an_end_that_was_cut_off_is_found_from_the_rows(told, many, capsys):
    cut(many or Entry.objects.count())

    # Control: the chain alone says that all is well.
    assert list(queries.faults()) == []
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_journal")
    line = f"questions.question:{told.pk}: no entry (the journal has no entry of it"
    assert line in capsys.readouterr().err


def test_a_head_that_was_removed_as_well_is_found(told):
    cut(Entry.objects.count())
    Head.objects.all().delete()

    assert list(queries.faults()) == []
    assert f"questions.question:{told.pk}" in {stray.row for stray in queries.strays()}


def test_each_entry_that_is_missing_at_the_end_is_found(told):
    """However many are cut off: the last of them left a row, or a moment in one."""
    found = set()
    for seq in range(queries.head()[0], 0, -1):
        last = Entry.objects.get(seq=seq)
        cut(1)
        now = set(queries.strays(Question, Answer, Comment, Useful, Follow, Case))
        assert now - found, f"nothing misses {last}"
        found = now


def test_another_entry_of_the_same_row_does_not_stand_in(told):
    """A journal that was cut off and goes on, by whoever knows how entries are made."""
    edit = Entry.objects.get(verb="question.edited")
    Entry.objects.filter(pk=edit.pk).update(at=later(30))
    chain_again(since=edit.seq)

    assert [(stray.row, stray.kind) for stray in wrong()] == [
        (f"questions.question:{told.pk}", "no entry"),
        (f"questions.revision:{Revision.objects.get(question=told).pk}", "no entry"),
    ]


@pytest.mark.parametrize("words", [Question, Answer, Comment, Revision, Hidden])
@pytest.mark.parametrize("also", [{}, {"salt": ""}, {"salt": "0" * 32}], ids=["", "gone", "other"])
def test_words_that_were_rewritten_in_the_database_are_found(told, words, also):
    rows = words.objects.filter(**({"deleted_at": None} if words in (Answer, Comment) else {}))
    row = rows.last()
    words.objects.filter(pk=row.pk).update(text=f"{row.text}。", **also)

    assert [(stray.row, stray.kind) for stray in wrong()] == [
        (f"{words._meta.label_lower}:{row.pk}", "other words")
    ]


@pytest.mark.parametrize("origin", ["", "demo", "imported"])
@pytest.mark.parametrize("words", [Question, Answer])
def test_no_other_column_excuses_words_that_were_rewritten(told, words, origin):
    words.objects.update(text="别的话", origin=origin)

    assert {stray.row.partition(":")[0] for stray in wrong() if stray.kind == "other words"} >= {
        words._meta.label_lower
    }


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps types")
@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE journal_entry SET at = 'gestern' WHERE seq = 3", "entry 3: changed"),
        ("UPDATE journal_entry SET verb = x'00ff' WHERE seq = 3", "entry 3: changed"),
        ("UPDATE journal_head SET seq = 'x'", ": head ("),
        ("UPDATE questions_answer SET text = CAST('x' AS BLOB)", "other words"),
        ("UPDATE questions_answer SET salt = CAST(salt AS BLOB)", "other words"),
        ("UPDATE questions_answer SET text = CAST(x'ff41' AS TEXT)", "can't be read"),
    ],
)
def test_what_nobody_could_write_by_a_page_is_a_fault_and_no_accident(told, change, found, capsys):
    with connection.cursor() as cursor:
        cursor.execute(change)

    with pytest.raises(CommandError) as problem:
        call_command("verify_journal")
    assert found in capsys.readouterr().err + str(problem.value)


def test_a_title_and_earlier_words_put_back_are_found(told):
    earlier = Revision.objects.get(question=told)
    Question.objects.filter(pk=told.pk).update(
        title=earlier.title, text=earlier.text, salt=earlier.salt, edited_at=None
    )
    Revision.objects.filter(pk=earlier.pk).delete()

    assert [(stray.row, stray.kind) for stray in wrong()] == [
        (f"questions.question:{told.pk}", "other words")
    ]


def test_words_moved_between_title_and_text_are_others(told):
    Question.objects.filter(pk=told.pk).update(title="改过的标题改", text="过的话")

    assert [stray.kind for stray in wrong()] == ["other words"]


def test_anybody_can_reckon_a_commitment_from_the_words_and_the_salt(told):
    told.refresh_from_db()
    listed = json.dumps(["改过的标题", "改过的话"], ensure_ascii=False, separators=(",", ":"))
    reckoned = hmac.new(told.salt.encode(), listed.encode(), hashlib.sha256).hexdigest()

    entry = Entry.objects.get(verb="question.edited")
    assert entry.data == {"commitment": reckoned}
    assert (entry.actor, len(told.salt)) == (None, 32)


def test_each_version_has_a_salt_of_its_own(told):
    salts = [
        salt
        for words in (Question, Answer, Comment, Revision, Hidden)
        for salt in words.objects.exclude(salt="").values_list("salt", flat=True)
    ]

    # Two questions, an answer, a comment; what two of them said before, and what is hidden.
    assert len(set(salts)) == len(salts) == 7
    # No salt stands in the journal.
    assert not [e for e in Entry.objects.all() if any(salt in json.dumps(e.data) for salt in salts)]


def test_the_salt_goes_with_the_words_and_the_journal_holds(told):
    asker = asker_of(told)
    actions.erase_nameless_question(question=told, by=asker, at=later(20))
    for row in Answer.objects.all():
        actions.delete_answer(answer=row, by=Viewer(row.author), at=later(21))
    Hidden.objects.all().delete()  # as erasing does of those who leave

    for words in (Question, Answer, Comment):
        gone = words.objects.exclude(deleted_at=None)
        assert gone.exists()
        assert set(gone.values_list("salt", flat=True)) == {""}
    assert not Revision.objects.filter(question=told).exists()
    assert wrong() == []


def test_words_shown_again_are_the_same(told):
    hidden = Hidden.objects.get()
    by = PersonFactory()
    assert hidden.comment.salt == ""

    actions.show_again(words=hidden.comment, by=by, at=later(20))

    assert Comment.objects.get(pk=hidden.comment_id).salt == hidden.salt
    assert wrong() == []


def test_what_was_imported_and_its_reply_are_held_too(house):
    message = Message(
        code="test:1",
        author_code="test:A1",
        kind=Kind.HELP,
        field=Field.WORK,
        title="路灯坏了",
        text="请派人来修。",
        asked_at=MONDAY,
        reply="修好了。",
        replied_at=later(1),
        region=None,
    )
    assert actions.import_question(message, at=later(2))
    assert wrong() == []

    Answer.objects.update(text="别的答复")
    assert [stray.kind for stray in wrong()] == ["other words"]
    cut(1)
    assert {stray.row.split(":")[0] for stray in wrong()} == {
        "questions.question",
        "questions.answer",
    }


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by what is there")
def test_each_row_looks_for_its_entry_by_the_subject(told):
    """By the verb, each would look through all entries of that verb."""
    with CaptureQueriesContext(connection) as made:
        wrong()
    plans = []
    for query in made:
        if "CONCAT" in query["sql"] or "||" in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plans += [row[3] for row in cursor.fetchall()]

    looks = {plan for plan in plans if " U0 " in plan}
    assert looks
    assert [plan for plan in looks if "(subject=?)" not in plan] == []
