"""Leaving, staying after all, and erasing that can be cut off anywhere."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.journal.models import Entry
from youthvoice.kit import holdings
from youthvoice.kit.recounting import recount
from youthvoice.orgs.choices import Role
from youthvoice.people.devices.sessions import kept_as
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.questions.policy import Viewer
from youthvoice.yours import actions
from youthvoice.yours.models import Export, Hold, Leaving
from youthvoice.yours.tests.conftest import signed_in
from youthvoice.yours.tests.leavers import LATER, found, make_leavers, new_mark

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
DAY = timedelta(days=1)


def leave(person, **kwargs):
    return actions.leave(person=person, **{"answers_too": False, "at": MONDAY} | kwargs)


def test_leaving_shuts_the_account_and_keeps_the_words(house, youth):
    question = ask(by=youth)

    for _twice in range(2):
        leave(youth)

    youth.refresh_from_db()
    question.refresh_from_db()
    assert (youth.is_active, question.text) == (False, "入职第二个月，想问清楚。")
    assert Leaving.objects.get().due_at == MONDAY + 7 * DAY
    assert Entry.objects.filter(verb="person.left").count() == 1
    assert actions.erase_due(at=MONDAY + 7 * DAY - timedelta(seconds=1)) == 0
    assert User.objects.filter(pk=youth.pk).exists()


def test_whoever_works_here_hands_over_first(house):
    staff = member(house.province, Role.OPERATOR)

    with pytest.raises(actions.UnableToLeave, match="还在组织里任职"):
        leave(staff)

    staff.refresh_from_db()
    assert staff.is_active
    assert not Leaving.objects.exists()


def test_whoever_stays_has_their_account_as_it_was(house, youth):
    leave(youth)

    actions.stay(person=youth, at=MONDAY + DAY)

    youth.refresh_from_db()
    assert youth.is_active
    assert actions.erase_due(at=LATER) == 0
    assert Entry.objects.filter(verb="person.stayed").count() == 1


def test_once_erasing_has_begun_it_is_too_late(house, youth):
    leave(youth)
    Leaving.objects.update(state="erasing")

    with pytest.raises(actions.UnableToStay, match="来不及"):
        actions.stay(person=youth, at=LATER)

    assert not User.objects.get(pk=youth.pk).is_active


def test_what_others_need_stays_without_a_name(house, youth):
    staff = member(house.city)
    mine = ask(by=youth, title="我的标题在这里")
    other = ask(by=PersonFactory())
    theirs = answer(mine, by=staff, organisation=house.city, text="官方的回答")
    given = answer(other, by=youth, text="我给别人的回答")
    questions.edit_answer(answer=given, text="改过的回答", by=Viewer(youth), at=MONDAY)
    said = questions.comment(question=other, answer=given, text="我说", by=Viewer(youth), at=MONDAY)
    questions.follow(question=other, by=Viewer(youth), at=MONDAY)
    questions.find_useful(answer=theirs, by=Viewer(youth), at=MONDAY)
    leave(youth)

    assert actions.erase_due(at=LATER) == 1

    mine.refresh_from_db()
    assert (mine.title, mine.text, mine.author, mine.deleted_at) == ("", "", None, LATER)
    assert (mine.asker_has_left, mine.case.state) == (True, "closed")
    theirs.refresh_from_db()
    assert (theirs.text, theirs.useful_count) == ("官方的回答", 0)
    given.refresh_from_db()
    assert (given.text, given.signature, given.revisions.count()) == (
        "改过的回答",
        "已离开的青年",
        0,
    )
    said.refresh_from_db()
    assert (said.text, said.author, said.writer_has_left) == ("", None, True)
    assert recount() == []
    erased = Entry.objects.get(verb="person.erased")
    assert (erased.subject, erased.data) == (
        f"people.user:{youth.pk}",
        {"answers_too": False},
    )


def test_ones_answers_go_too_if_one_says_so(house, youth):
    other = ask(by=PersonFactory())
    given = answer(other, by=youth)
    leave(youth, answers_too=True)

    actions.erase_due(at=LATER)

    given.refresh_from_db()
    other.refresh_from_db()
    assert (given.text, given.author, given.deleted_at) == ("", None, LATER)
    assert (given.writer_has_left, other.peer_count) == (True, 0)
    assert recount() == []


def test_what_was_written_for_an_organisation_is_its_own(house):
    former = member(house.city)
    question = ask(by=PersonFactory())
    given = questions.answer_question(
        question=question,
        text="在办",
        by=Viewer(former),
        organisation=house.city,
        at=MONDAY,
        show_writer=True,
    )
    said = questions.comment(
        question=question,
        answer=given,
        text="补充",
        by=Viewer(former),
        organisation=house.city,
        at=MONDAY,
    )
    former.memberships.all().delete()
    leave(former, answers_too=True)

    actions.erase_due(at=LATER)

    given.refresh_from_db()
    said.refresh_from_db()
    assert (given.text, given.author, given.writer_name, given.deleted_at) == (
        "在办",
        None,
        "",
        None,
    )
    assert (said.text, said.author, said.deleted_at) == ("补充", None, None)
    assert not given.writer_has_left


def test_a_hold_keeps_an_account_until_it_is_lifted(house, youth):
    hold = Hold.objects.create(person=youth, law="刑事诉讼法第五十四条", reason="配合调查")
    leave(youth)

    assert actions.erase_due(at=LATER) == 0
    assert User.objects.filter(pk=youth.pk).exists()
    hold.is_lifted = True
    hold.save()

    assert actions.erase_due(at=LATER + DAY) == 1
    assert not Hold.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cut_after", [1, 15, 35, 55, 75])
def test_erasing_that_is_cut_off_ends_the_same(house, cut_after):
    """The statement after so many fails, as if the process had been killed there."""
    mark = new_mark()
    leavers = make_leavers(house, 3, mark)
    written = 0

    def cut(execute, sql, params, many, context):
        nonlocal written
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written += 1
            if written > cut_after:
                raise KeyboardInterrupt
        return execute(sql, params, many, context)

    with pytest.raises(KeyboardInterrupt), connection.execute_wrapper(cut):
        actions.erase_due(at=LATER)
    assert Leaving.objects.count() == 3

    assert actions.erase_due(at=LATER) == 3

    assert found(mark) == {}
    assert not User.objects.filter(pk__in=leavers).exists()
    assert Entry.objects.filter(verb="person.erased").count() == 3
    assert Entry.objects.filter(verb="question.deleted").count() == 3
    assert recount() == []


def test_one_who_cannot_be_erased_keeps_nobody_waiting(house, monkeypatch):
    bad, *others = make_leavers(house, 3, new_mark(), pictures=False)

    def fails(leavers, *, at):
        if bad in [leaver.pk for leaver in leavers]:
            raise ValueError("somebody forgot a holding")

    real = holdings.all_holdings()
    stuck = holdings.Holding("people.User", "pk", fails)
    monkeypatch.setattr(holdings, "_holdings", [*real, stuck])
    with pytest.raises(ValueError, match="forgot a holding"):
        actions.erase_due(at=LATER)

    assert [leaving.account for leaving in Leaving.objects.all()] == [bad]
    assert not User.objects.filter(pk__in=others).exists()
    monkeypatch.setattr(holdings, "_holdings", real)
    assert actions.erase_due(at=LATER) == 1


def test_a_run_takes_a_few_and_the_next_the_rest(house, monkeypatch):
    monkeypatch.setattr(actions.erasing, "MOST", 2)
    make_leavers(house, 5, new_mark(), pictures=False)

    assert [actions.erase_due(at=LATER) for _run in range(4)] == [2, 2, 1, 0]


def test_sessions_end_and_those_of_others_stay(house, youth):
    other = PersonFactory()
    signed_in(youth)
    signed_in(youth)
    kept = kept_as(signed_in(other).session.session_key)
    from youthvoice.people.devices.actions import end_sessions

    end_sessions({youth.pk})

    assert [s.pk for s in Session.objects.all()] == [kept]


def test_the_admins_list_does_not_copy_names(house, youth):
    operator = signed_in(member(house.province, Role.OPERATOR))
    page = f"/admin/people/user/{youth.pk}/change/"
    operator.post(page, {"nickname": "新名字", "is_active": "on"})

    entry = LogEntry.objects.get()
    assert entry.object_repr == f"user:{youth.pk}"
    assert "小麦" not in entry.change_message


def test_nothing_is_left_where_nobody_looked(house):
    """Each table once more, as the database writes it out."""
    mark = new_mark()
    make_leavers(house, 4, mark, pictures=False)
    assert found(mark)

    actions.erase_due(at=LATER)

    assert [name for name in found(mark) if "sqlite" not in name] == []
    assert Question.objects.filter(author=None).exists()
    assert not Comment.objects.filter(text__contains=mark).exists()
    assert not Answer.objects.filter(text__contains=mark).exists()
    assert not Export.objects.exists()
    assert holdings.of("questions.Question").name == "提问"
