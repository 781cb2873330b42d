"""What the acts that everybody does cost the database: each query is waited for by others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, PersonFactory, ask
from youthvoice.kit.once import insert_once
from youthvoice.questions import actions
from youthvoice.questions.models import Follow
from youthvoice.questions.policy import Viewer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("house")]
AT = MONDAY + timedelta(hours=1)


@pytest.fixture
def youth():
    """Somebody who has taken part before."""
    return PersonFactory(participated_at=MONDAY)


def cost(act):
    """Queries of an act, without begin and commit, and without what only PostgreSQL needs: the
    lock of the row whose heat is counted anew (`heat.add`), since on SQLite nobody else writes
    meanwhile, and the word to other machines (`surrogates.changed`)."""
    with CaptureQueriesContext(connection) as made:
        act()
    asked = [query["sql"] for query in made.captured_queries]
    words = [sql.split()[0] for sql in asked if not _is_for_many(sql)]
    assert not {"SAVEPOINT", "RELEASE"} & set(words)
    return len([word for word in words if word not in {"BEGIN", "COMMIT"}])


def _is_for_many(sql):
    if sql.startswith("SELECT pg_notify("):
        return True
    return sql.startswith("SELECT 1 FROM questions_question WHERE id = ") and "FOR UPDATE" in sql


def answered(**words):
    question = ask(region=None)
    by = Viewer(PersonFactory(participated_at=MONDAY))
    given = {"question": question, "by": by, "organisation": None, "text": "先问劳动监察。"}
    return actions.answer_question(**given, at=MONDAY, **words)


def test_to_follow(youth):
    question = ask(region=None)

    assert cost(lambda: actions.follow(question=question, by=Viewer(youth), at=AT)) == 7
    assert cost(lambda: actions.follow(question=question, by=Viewer(youth), at=AT)) == 2


def test_to_find_useful(youth):
    answer = answered()

    assert cost(lambda: actions.find_useful(answer=answer, by=Viewer(youth), at=AT)) == 8
    assert cost(lambda: actions.find_useful(answer=answer, by=Viewer(youth), at=AT)) == 2


def test_to_comment(youth):
    answer = answered()
    said = {"question": answer.question, "answer": answer, "text": "谢谢", "by": Viewer(youth)}

    assert cost(lambda: actions.comment(**said, at=AT)) == 12
    assert cost(lambda: actions.comment(**said, at=AT)) == 3


def test_to_answer(youth):
    question = ask(region=None)
    given = {"question": question, "by": Viewer(youth), "organisation": None, "text": "可以的。"}

    assert cost(lambda: actions.answer_question(**given, at=AT)) == 16
    # Not the first any more, and its lane is there.
    given |= {"by": Viewer(PersonFactory(participated_at=MONDAY))}
    assert cost(lambda: actions.answer_question(**given, at=AT)) == 14


def test_to_ask(youth):
    ask(region=None)

    assert cost(lambda: ask(by=youth, region=None)) == 16


def test_a_row_is_inserted_once(youth):
    question = ask(region=None)

    assert insert_once(Follow(question=question, person=youth, at=MONDAY))
    assert not insert_once(Follow(question=question, person=youth, at=AT))
    assert list(Follow.objects.values_list("question", "person", "at")) == [
        (question.pk, youth.pk, MONDAY)
    ]
