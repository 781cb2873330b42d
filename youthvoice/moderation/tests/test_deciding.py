"""Hide, dismiss, pass on, undo: along the table, each with its entry, first come first served."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.moderation import actions
from youthvoice.moderation.choices import (
    APPEAL_MOVES,
    MOVES,
    RULES,
    HideReason,
    State,
)
from youthvoice.moderation.models import Item, Left
from youthvoice.moderation.tests.making import LATER, comment, fresh, hidden, report
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Hidden
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import entries_since, seq

pytestmark = pytest.mark.django_db
EVEN_LATER = LATER + timedelta(days=3)


@pytest.fixture
def duty(house):
    return member(house.city, Role.DUTY, nickname="小值")


@pytest.fixture
def lead(house):
    return member(house.city, Role.LEAD, nickname="老带")


@pytest.fixture
def item(house, duty, lead):
    return report(comment(ask(by=PersonFactory(), region="410100")))


@pytest.mark.parametrize("table", [MOVES, APPEAL_MOVES])
def test_every_state_can_be_reached_and_every_table_is_whole(table):
    kind = type(next(iter(table)))
    assert set(table) == set(kind)
    assert {to for moves in table.values() for to in moves} == set(kind) - {kind("open")}
    assert table[kind("open")]


def test_every_reason_has_its_rule_in_the_words_of_the_page(client):
    page = client.get("/rules/").content.decode()

    assert set(RULES) == set(HideReason)
    assert [code for code, rule in RULES.items() if str(rule) not in page] == []
    assert [code for code in RULES if f'id="{code}"' not in page] == []


def test_hiding_puts_a_stone_and_says_who_decided(house, item, duty):
    before = seq()

    actions.hide(item=item, reason=HideReason.ABUSE, by=duty, at=LATER)

    item = fresh(item)
    assert (item.state, item.reason, item.decided_by) == ("hidden", "abuse", duty)
    assert (item.decided_for, item.decided_at) == (house.city, LATER)
    assert item.decide_seconds == 5 * 3600
    assert (item.words.hidden_reason, item.words.text) == ("abuse", "")
    assert [(verb, actor) for verb, _s, actor, _d in entries_since(before)] == [
        ("comment.hidden", duty.pk),
        ("item.hidden", duty.pk),
    ]


def test_dismissing_leaves_the_words(item, lead):
    before = seq()

    actions.dismiss(item=item, by=lead, at=LATER)

    assert fresh(item).state == State.DISMISSED
    assert item.words.deleted_at is None
    assert entries_since(before) == [("item.dismissed", f"moderation.item:{item.pk}", lead.pk, {})]


def test_the_second_is_told_who_was_first(item, duty, lead):
    late = fresh(item)
    actions.hide(item=item, reason=HideReason.ABUSE, by=duty, at=LATER)

    for stale in (late, fresh(item)):
        with pytest.raises(actions.UnableToDecide, match=r"团郑州市委的小值先处理了：已隐藏。"):
            actions.dismiss(item=stale, by=lead, at=LATER)
    with pytest.raises(actions.UnableToDecide, match="小值先处理了"):
        actions.pass_on(item=late, by=lead, at=LATER)


def test_who_may_not_changes_nothing(item, house):
    before = seq()
    for act in (
        lambda: actions.hide(item=item, reason=HideReason.ABUSE, by=member(house.city), at=LATER),
        lambda: actions.dismiss(item=item, by=PersonFactory(), at=LATER),
        lambda: actions.pass_on(item=item, by=PersonFactory(), at=LATER),
        lambda: actions.undo(item=item, by=PersonFactory(), at=LATER),
    ):
        with pytest.raises(actions.UnableToDecide):
            act()
    assert fresh(item).state == State.OPEN
    assert seq() == before


def test_words_that_their_writer_took_back_first_are_no_hiding(house, duty):
    by = PersonFactory()
    item = report(comment(ask(region="410100"), by=by))
    stale = fresh(item)
    questions.delete_comment(comment=item.words, by=Viewer(by), at=LATER)
    with pytest.raises(actions.UnableToDecide, match="作者已撤下"):
        actions.hide(item=stale, reason=HideReason.ABUSE, by=duty, at=LATER)

    # And where the item does not know of it yet.
    Item.objects.update(state=State.OPEN, decided_at=None)
    with pytest.raises(actions.UnableToDecide, match="自己撤下了"):
        actions.hide(item=fresh(item), reason=HideReason.ABUSE, by=duty, at=LATER)
    item = fresh(item)
    assert (item.state, item.reason) == (State.GONE, "")
    assert not Hidden.objects.exists()


def test_passing_on_goes_to_the_operators(house, item, duty, lead):
    operator, before = member(house.line, Role.OPERATOR), seq()

    actions.pass_on(item=item, by=duty, at=LATER)

    assert fresh(item).desk is None
    assert [e[0] for e in entries_since(before)] == ["item.passed"]
    with pytest.raises(actions.UnableToDecide):
        actions.hide(item=fresh(item), reason=HideReason.ABUSE, by=lead, at=LATER)
    with pytest.raises(actions.UnableToDecide, match="已经在平台管理员手里"):
        actions.pass_on(item=fresh(item), by=operator, at=LATER)
    actions.hide(item=fresh(item), reason=HideReason.ABUSE, by=operator, at=LATER)
    assert fresh(item).decided_for == house.line


def test_whoever_hid_it_may_undo_it_at_any_time(item, duty, lead):
    actions.hide(item=item, reason=HideReason.ABUSE, by=duty, at=LATER)
    with pytest.raises(actions.UnableToDecide):
        actions.undo(item=fresh(item), by=lead, at=EVEN_LATER)
    stale = fresh(item)

    actions.undo(item=fresh(item), by=duty, at=EVEN_LATER)

    item = fresh(item)
    assert (item.state, item.undone_at, item.reason) == (State.UNDONE, EVEN_LATER, "abuse")
    assert item.words.text == "一句很难听的话"
    with pytest.raises(actions.UnableToDecide, match="已撤销隐藏"):
        actions.undo(item=stale, by=duty, at=EVEN_LATER)


def test_whoever_is_no_judge_any_more_can_not_undo(item, duty):
    actions.hide(item=item, reason=HideReason.ABUSE, by=duty, at=LATER)
    Membership.objects.filter(person=duty).delete()

    with pytest.raises(actions.UnableToDecide):
        actions.undo(item=fresh(item), by=duty, at=EVEN_LATER)


def test_the_stone_stays_when_the_writers_account_is_gone(client, house, duty):
    question = ask(region="410100")
    given = answer(question, by=(by := PersonFactory()), text="原来的话")
    hidden(given, by=duty)
    by.delete()

    page = client.get(f"/q/{question.pk}/").content.decode()

    assert "按规则隐藏" in page
    assert "原来的话" not in page
    assert Item.objects.get().author is None


def test_the_decision_stays_when_the_judges_account_is_gone(item, house, duty):
    actions.hide(item=item, reason=HideReason.ABUSE, by=duty, at=LATER)
    Left.objects.all().delete()
    duty.delete()

    item = fresh(item)
    assert (item.decided_by, item.decided_for) == (None, house.city)
    assert Left.objects.count() == 1


# --- The clock -----------------------------------------------------------------------------


def test_what_nobody_there_can_decide_any_more_moves_up(house, item, duty, lead):
    assert actions.place_anew(at=LATER) == 0
    Membership.objects.filter(organisation=house.city).delete()
    above, before = member(house.province, Role.DUTY), seq()

    assert actions.place_anew(at=LATER) == 1

    assert fresh(item).desk == house.province
    data = {"from": house.city.pk, "to": house.province.pk}
    assert entries_since(before) == [("item.moved", f"moderation.item:{item.pk}", None, data)]
    assert actions.place_anew(at=LATER) == 0
    actions.dismiss(item=fresh(item), by=above, at=LATER)
    assert MONDAY < LATER
