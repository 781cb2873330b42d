"""From asking to opening: two people, each at their place, each with their own key."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import MONDAY, PersonFactory, ask, member
from tests.sealing import REASON, WORDS
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.sealed import actions, boxes, keyfiles, queries
from youthvoice.sealed.actions.moving import move
from youthvoice.sealed.choices import MOVES, RUNNING, Ground, State
from youthvoice.sealed.models import Opening, Record

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=2)


@pytest.fixture
def person(house):
    return PersonFactory(username="xiaoming")


@pytest.fixture
def question(sealing, person):
    return ask(sealed_for=person)


def asked(sealing, question, **changes):
    given = {
        "question": question.pk,
        "ground": Ground.CRIME,
        "reason": REASON,
        "by": sealing.first,
        "at": MONDAY,
    } | changes
    return actions.ask_opening(**given)


def granted(sealing, question, **changes):
    opening = asked(sealing, question, **changes)
    actions.grant(opening=opening, by=sealing.second, at=MONDAY)
    return fresh(opening)


def peeled(sealing, question, **changes):
    opening = granted(sealing, question, **changes)
    actions.peel_outer(opening=opening, at=MONDAY, **sealing.with_first)
    return fresh(opening)


def fresh(opening):
    return Opening.objects.get(pk=opening.pk)


def journal():
    return [
        (e.verb, e.actor, e.data)
        for e in Entry.objects.filter(verb__startswith="sealed.").order_by("seq")
    ]


def test_two_people_one_after_the_other_open_a_record(sealing, question, person):
    opening = peeled(sealing, question)

    identity = actions.open_inner(opening=opening, at=LATER, **sealing.with_second)

    assert identity == boxes.Identity(question.pk, person.pk, "xiaoming")
    opening = fresh(opening)
    assert (opening.state, opening.inner, opening.opened_at) == (State.OPENED, None, LATER)
    about, first, second = {"question": question.pk}, sealing.first.pk, sealing.second.pk
    assert journal() == [
        (
            "sealed.asked",
            first,
            about | {"ground": "crime", "commitment": opening.commitment()},
        ),
        ("sealed.granted", second, about),
        ("sealed.layer_removed", first, about),
        ("sealed.opened", second, about),
    ]


def test_a_question_asked_without_an_account_has_a_record_that_names_nobody(sealing):
    question = ask()
    opening = peeled(sealing, question)

    identity = actions.open_inner(opening=opening, at=MONDAY, **sealing.with_second)

    assert identity == boxes.Identity(question.pk, None, "")


def test_what_is_refused_stays_shut(sealing, question):
    opening = asked(sealing, question)

    actions.refuse(opening=opening, by=sealing.second, at=MONDAY)

    assert fresh(opening).state == State.REFUSED
    assert journal()[-1] == ("sealed.refused", sealing.second.pk, {"question": question.pk})
    with pytest.raises(actions.Unable):
        actions.grant(opening=opening, by=sealing.second, at=MONDAY)
    assert asked(sealing, question, at=LATER).pk != opening.pk


def test_only_a_record_that_is_there_can_be_asked_for(sealing, person):
    for question in (ask(by=person), ask()):
        Record.objects.filter(question=question.pk).delete()
        with pytest.raises(actions.Unable, match="没有封存的记录"):
            asked(sealing, question)
    assert journal() == []


def test_one_opening_of_a_record_at_a_time(sealing, question):
    asked(sealing, question)

    with pytest.raises(actions.Unable, match="已经有一次"):
        asked(sealing, question)
    assert Opening.objects.count() == len(journal()) == 1


# --- Who ---------------------------------------------------------------------------------


def test_each_act_is_one_persons(sealing, question):
    first, second = sealing.first, sealing.second
    key = {"key_file": sealing.first_file, "passphrase": WORDS["first"], "at": MONDAY}
    stranger = member(sealing.first.memberships.get().organisation, Role.OPERATOR)

    for by in (second, stranger):
        with pytest.raises(actions.Unable, match="第一位"):
            asked(sealing, question, by=by)
    opening = asked(sealing, question)
    for by in (first, stranger):
        for act in (actions.grant, actions.refuse):
            with pytest.raises(actions.Unable, match="第二位"):
                act(opening=opening, by=by, at=MONDAY)
    actions.grant(opening=opening, by=second, at=MONDAY)
    for by in (second, stranger):
        with pytest.raises(actions.Unable, match="第一位"):
            actions.peel_outer(opening=fresh(opening), by=by, **key)
    actions.peel_outer(opening=fresh(opening), at=MONDAY, **sealing.with_first)
    for by in (first, stranger):
        with pytest.raises(actions.Unable, match="第二位"):
            actions.open_inner(opening=fresh(opening), by=by, **key)
    assert [verb for verb, *_ in journal()] == [
        "sealed.asked",
        "sealed.granted",
        "sealed.layer_removed",
    ]


def test_who_changes_places_does_not_grant_their_own(sealing, question, settings):
    opening = asked(sealing, question)
    settings.SEALED_OPENERS = settings.SEALED_OPENERS[::-1]

    with pytest.raises(actions.Unable, match="不能是提出的人"):
        actions.grant(opening=opening, by=sealing.first, at=MONDAY)


def test_who_changes_places_does_not_remove_the_layer_that_they_granted(
    sealing, question, settings
):
    opening = granted(sealing, question)
    settings.SEALED_OPENERS = settings.SEALED_OPENERS[::-1]

    with pytest.raises(actions.Unable, match="不能是同意的人"):
        actions.peel_outer(opening=opening, at=MONDAY, **sealing.with_second)


def test_the_database_knows_no_self_granting_either(sealing, question):
    opening = asked(sealing, question)

    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.filter(pk=opening.pk).update(decided_by=sealing.first)


@pytest.mark.parametrize("change", ["role", "account", "body", "name"])
def test_a_name_alone_gives_no_power(sealing, question, settings, change):
    first = sealing.first
    if change == "role":
        Membership.objects.filter(person=first).update(role=Role.ANSWERER)
    elif change == "account":
        first.is_active = False
    elif change == "body":
        Organisation.objects.filter(memberships__person=first).update(is_active=False)
    else:
        settings.SEALED_OPENERS = []

    with pytest.raises(actions.Unable, match="第一位"):
        asked(sealing, question)


# --- With what ---------------------------------------------------------------------------


def test_a_wrong_passphrase_removes_nothing(sealing, question):
    opening = granted(sealing, question)

    with pytest.raises(actions.Unable, match="口令不对"):
        actions.peel_outer(
            opening=opening, at=MONDAY, **sealing.with_first | {"passphrase": WORDS["second"]}
        )
    assert fresh(opening).inner is None


def test_the_other_persons_key_does_not_do(sealing, question):
    wrong = {"key_file": sealing.second_file, "passphrase": WORDS["second"]}
    opening = granted(sealing, question)

    with pytest.raises(actions.Unable, match=opening.record.outer_key):
        actions.peel_outer(opening=opening, at=MONDAY, **sealing.with_first | wrong)
    with pytest.raises(actions.Unable, match="不是钥匙文件"):
        actions.peel_outer(opening=opening, at=MONDAY, **sealing.with_first | {"key_file": b"x"})
    assert fresh(opening).state == State.GRANTED


def test_the_second_key_comes_second(sealing, question):
    for opening in (asked(sealing, question), granted(sealing, ask())):
        with pytest.raises(actions.Unable, match="不到这一步"):
            actions.open_inner(opening=opening, at=MONDAY, **sealing.with_second)


def test_no_step_comes_twice(sealing, question):
    opening = peeled(sealing, question)

    with pytest.raises(actions.Unable, match="不到这一步"):
        actions.peel_outer(opening=opening, at=MONDAY, **sealing.with_first)
    actions.open_inner(opening=opening, at=MONDAY, **sealing.with_second)
    with pytest.raises(actions.Unable, match="不到这一步"):
        actions.open_inner(opening=fresh(opening), at=MONDAY, **sealing.with_second)
    # And with what was read before somebody else was quicker:
    with pytest.raises(actions.Unable, match="刚才已经有变化"):
        actions.open_inner(opening=opening, at=MONDAY, **sealing.with_second)


def test_a_changed_record_is_refused(sealing, question):
    opening = granted(sealing, question)
    box = bytearray(opening.record.box)
    box[100] ^= 1
    Record.objects.update(box=bytes(box))

    with pytest.raises(actions.Unable, match="改动过"):
        actions.peel_outer(opening=fresh(opening), at=MONDAY, **sealing.with_first)


def test_a_changed_inner_layer_is_refused(sealing, question):
    opening = peeled(sealing, question)
    Opening.objects.update(inner=b"x" * len(opening.inner))

    with pytest.raises(actions.Unable, match="改动过"):
        actions.open_inner(opening=fresh(opening), at=MONDAY, **sealing.with_second)
    assert fresh(opening).state == State.PEELED


def test_another_questions_box_is_refused(sealing, question):
    other = Record.objects.get(question=ask().pk)
    Record.objects.filter(question=question.pk).update(box=bytes(other.box))
    opening = peeled(sealing, question)

    with pytest.raises(actions.Unable, match="改动过"):
        actions.open_inner(opening=opening, at=MONDAY, **sealing.with_second)
    assert fresh(opening).state == State.PEELED


def test_new_keys_leave_old_records_to_the_old_ones(sealing, question, settings, person):
    new = [keyfiles.make(words) for words in WORDS.values()]
    settings.SEALED_KEYS = [bytes.fromhex(pair.public_text) for pair in new]
    later = ask(sealed_for=person)
    old_one, new_one = granted(sealing, question), granted(sealing, later)

    actions.peel_outer(opening=old_one, at=MONDAY, **sealing.with_first)
    with pytest.raises(actions.Unable, match=new[0].id):
        actions.peel_outer(opening=new_one, at=MONDAY, **sealing.with_first)
    assert queries.key_ids() == [pair.id for pair in new]
    settings.SEALED_RECORDS = False
    assert queries.key_ids() == []
    assert (
        actions.open_inner(opening=fresh(old_one), at=MONDAY, **sealing.with_second).account
        == person.pk
    )


# --- Until when --------------------------------------------------------------------------


def test_what_is_not_done_in_seven_days_lapses(sealing, question):
    opening = peeled(sealing, question)
    week = MONDAY + timedelta(days=7)

    with pytest.raises(actions.Unable, match="过了 7 天"):
        actions.open_inner(opening=opening, at=week, **sealing.with_second)
    actions.tidy(at=week - timedelta(seconds=1))
    assert fresh(opening).state == State.PEELED
    actions.tidy(at=week)
    actions.tidy(at=week)

    opening = fresh(opening)
    assert (opening.state, opening.inner) == (State.LAPSED, None)
    assert journal()[-1] == ("sealed.lapsed", None, {"question": question.pk})
    assert len(journal()) == 4


def test_a_late_grant_is_refused_though_no_worker_came_by(sealing, question):
    opening = asked(sealing, question)

    with pytest.raises(actions.Unable, match="过了 7 天"):
        actions.grant(opening=opening, by=sealing.second, at=MONDAY + timedelta(days=7))


def test_a_lapsed_one_stands_in_nobodys_way(sealing, question):
    old = asked(sealing, question)

    asked(sealing, question, at=MONDAY + timedelta(days=8))

    assert fresh(old).state == State.LAPSED


def test_records_go_after_their_days_but_not_while_they_are_being_opened(
    sealing, question, settings
):
    settings.SEALED_DAYS = 30
    others = [ask(), ask(at=MONDAY + timedelta(days=1))]
    asked_late = asked(sealing, question, at=MONDAY + timedelta(days=29))

    actions.tidy(at=MONDAY + timedelta(days=30))
    assert Record.objects.count() == 3
    actions.tidy(at=MONDAY + timedelta(days=31))

    kept = set(Record.objects.values_list("question", flat=True))
    assert kept == {question.pk, others[1].pk}
    assert journal()[-1] == ("sealed.purged", None, {"records": 1})
    actions.tidy(at=MONDAY + timedelta(days=60))
    actions.tidy(at=MONDAY + timedelta(days=60))
    assert not Record.objects.exists()
    assert journal()[-1] == ("sealed.purged", None, {"records": 2})
    assert (fresh(asked_late).record, fresh(asked_late).state) == (None, State.LAPSED)


def test_a_record_that_went_meanwhile_is_told(sealing, question):
    first, second = granted(sealing, question), peeled(sealing, ask())
    Record.objects.all().delete()

    for act, opening, key in (
        (actions.peel_outer, first, sealing.with_first),
        (actions.open_inner, second, sealing.with_second),
    ):
        with pytest.raises(actions.Unable, match="已经删除"):
            act(opening=fresh(opening), at=MONDAY, **key)


# --- Telling -----------------------------------------------------------------------------


def test_the_asker_is_told_from_the_day_of_opening_on(sealing, question):
    opening = peeled(sealing, question)
    assert queries.told(question.pk, at=LATER) == []

    actions.open_inner(opening=opening, at=MONDAY, **sealing.with_second)

    assert queries.told(question.pk, at=MONDAY) == [opening]
    assert queries.told(question.pk + 1, at=LATER) == []


def test_a_courts_order_is_obeyed_to_its_last_day(sealing, question):
    until = date(2026, 6, 1)
    opening = peeled(sealing, question, court_order="(2026)豫01法密7号", silent_until=until)
    actions.open_inner(opening=opening, at=MONDAY, **sealing.with_second)

    assert queries.told(question.pk, at=MONDAY.replace(month=6, day=1)) == []
    assert queries.told(question.pk, at=MONDAY.replace(month=6, day=2)) == [opening]


# --- The table of moves ------------------------------------------------------------------


def test_every_state_can_be_reached_and_the_running_ones_left():
    assert set().union(*MOVES.values()) == set(State) - {State.ASKED}
    assert set(RUNNING) == {State.ASKED, State.GRANTED, State.PEELED}
    assert all(State.LAPSED in MOVES[state] for state in RUNNING)


def test_no_move_leaves_the_table():
    with pytest.raises(ValueError, match="no opening moves"):
        move(Opening(pk=1), since=State.ASKED, to=State.OPENED, at=MONDAY)
