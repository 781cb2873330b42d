"""The four numbers of the house move by exactly what happened, and tell what they leave out."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.importing.actions import import_row
from youthvoice.importing.tests.rows import row
from youthvoice.questions import actions
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import numbers
from youthvoice.reads import queries as reads_queries

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
BROWSER = {"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/120.0"}
ROBOT = {"user-agent": "Baiduspider/2.0"}
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def pulse(client, reads, at):
    """The numbers on the home page, as a robot reads them; they must be exact."""
    at(MONDAY + timedelta(days=1))

    def look():
        numbers()
        reads.flush()
        return dict(client.get("/", headers=ROBOT).context["pulse"])

    return look


def moved(before, after):
    return {
        name: after[name] - before[name]
        for name in ("questions", "participants", "reads", "imported")
        if after[name] != before[name]
    }


def test_each_act_moves_what_it_should_and_nothing_else(house, pulse):
    youth, other, staff = PersonFactory(), PersonFactory(), member(house.city)
    made = {}

    def acts():
        yield {"questions": 1, "participants": 1}, lambda: made.update(named=ask(by=youth))
        yield {"questions": 1}, lambda: made.update(again=ask(by=youth))
        yield {"questions": 1, "participants": 1}, lambda: made.update(nameless=ask())
        yield {"questions": 1}, lambda: made.update(staffs=ask(by=staff))
        named, nameless = made["named"], made["nameless"]
        yield {}, lambda: answer(named, by=staff, organisation=house.city)
        yield {}, lambda: answer(nameless, by=youth)
        yield {"participants": 1}, lambda: made.update(answer=answer(named, by=other))
        yield {}, lambda: comment(nameless, asker_of(nameless))
        yield {"participants": 1}, lambda: comment(named, Viewer(PersonFactory()))
        yield {"participants": 1}, lambda: follow(named, PersonFactory())
        yield {}, lambda: follow(named, staff)
        yield {"participants": 1}, lambda: useful(made["answer"], PersonFactory())
        yield {}, lambda: useful(made["answer"], staff)
        yield {}, lambda: mark(named, "solved")
        yield {"imported": 1}, lambda: import_row(row(), source="old", at=MONDAY)
        yield {"questions": -1}, lambda: delete(named)
        yield {"questions": -1}, lambda: delete(nameless)

    before = pulse()
    assert before == {
        "questions": 0,
        "participants": 0,
        "reads": 0,
        "imported": 0,
        "median_seconds": None,
    }
    for expected, act in acts():
        act()
        after = pulse()
        assert moved(before, after) == expected
        before = after


def comment(question, by):
    actions.comment(question=question, answer=None, text="说一句", by=by, at=LATER)


def follow(question, person):
    actions.follow(question=question, by=Viewer(person), at=LATER)


def useful(made, person):
    actions.find_useful(answer=made, by=Viewer(person), at=LATER)


def mark(question, outcome):
    question.refresh_from_db()
    actions.mark_outcome(question=question, outcome=outcome, by=asker_of(question), at=LATER)


def delete(question):
    question.refresh_from_db()
    actions.delete_question(question=question, by=asker_of(question), at=LATER)


def test_reads_of_people_move_it_and_those_of_robots_and_staff_are_told_apart(
    house, pulse, client, reads
):
    question = ask()
    before = pulse()
    assert before["reads"] == 0

    reader, staff = Client(headers=BROWSER), Client(headers=BROWSER)
    staff.force_login(member(house.city))
    staff.get("/me/bar/")
    for path in (f"/q/{question.pk}/", f"/me/q/{question.pk}/", f"/q/{question.pk}/", "/"):
        reader.get(path)
    staff.get(f"/q/{question.pk}/", REMOTE_ADDR="127.0.0.9")

    assert moved(before, pulse()) == {"reads": 2}
    apart = client.get("/pulse/", headers=ROBOT).context["apart"]
    assert apart["staff_reads"] == 1
    assert apart["robot_reads"] == reads_queries.site_totals()["r"] == 1


def test_the_middle_wait_is_that_of_the_lower_of_two(house, pulse):
    for minutes in (30, 10):
        question = ask()
        answer(question, by=PersonFactory(), at=MONDAY + timedelta(minutes=minutes))
    assert pulse()["median_seconds"] == 600

    answer(ask(), by=PersonFactory(), at=MONDAY + timedelta(minutes=20))
    assert pulse()["median_seconds"] == 1200


def test_the_middle_wait_forgets_old_deleted_and_imported_questions(house, pulse, at):
    kept, gone = ask(), ask()
    answer(kept, by=PersonFactory(), at=MONDAY + timedelta(minutes=7))
    answer(gone, by=PersonFactory(), at=MONDAY + timedelta(minutes=1))
    delete(gone)
    import_row(row(), source="old", at=MONDAY)
    assert pulse()["median_seconds"] == 7 * 60

    at(MONDAY + timedelta(days=91))
    assert pulse()["median_seconds"] is None


def test_the_page_of_the_numbers_tells_each_with_what_it_leaves_out(house, client, reads, at):
    ask()
    import_row(row(), source="old", at=MONDAY)
    client.get("/", headers=ROBOT)
    reads.flush()

    response = client.get("/pulse/", headers=ROBOT)

    assert response.status_code == 200
    assert response.context["pulse"]["questions"] == 1
    assert response.context["median_days"] == 90
    assert response.context["apart"] == {
        "imported_questions": 1,
        "staff_reads": 0,
        "robot_reads": 1,
    }
    page = response.content.decode()
    for word in ("提问", "参与", "阅读", "90"):
        assert word in page
