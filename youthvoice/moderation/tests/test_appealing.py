"""One appeal, to somebody else, with a reason that the writer reads; then it is final."""

import pytest

from tests.factories import NOBODY, PersonFactory, ask, asker_of, member
from youthvoice.journal.queries import strays
from youthvoice.kit.holdings import Leaver
from youthvoice.moderation import actions, policy
from youthvoice.moderation.choices import AppealState, HideReason, State
from youthvoice.moderation.matter import matter_of
from youthvoice.moderation.models import Appeal
from youthvoice.moderation.tests.making import LATER, appealed, comment, fresh, hidden, report
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.questions import actions as questions
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import entries_since, seq

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(house):
    return member(house.city, Role.DUTY)


@pytest.fixture
def author():
    return PersonFactory()


@pytest.fixture
def item(house, duty, author):
    return hidden(comment(ask(region="410100"), by=author), by=duty)


def decide(item, by, *, restore=True, answer="你说得对。"):
    actions.decide_appeal(item=fresh(item), restore=restore, answer=answer, by=by, at=LATER)


def why_not(by, item):
    item = fresh(item)
    return policy.why_not_appeal(by, item, matter_of(item.words, item=item))


def test_an_appeal_goes_above_and_restores(house, item, author):
    above, before = member(house.province, Role.LEAD), seq()

    item = appealed(item, by=Viewer(author))
    assert item.appeal.desk == house.province
    decide(item, above)

    item = fresh(item)
    assert (item.state, item.appeal.state) == (State.RESTORED, AppealState.RESTORED)
    assert (item.appeal.decided_by, item.appeal.decided_for) == (above, house.province)
    assert item.words.text == "一句很难听的话"
    assert [(verb, actor) for verb, _s, actor, _d in entries_since(before)] == [
        ("appeal.made", author.pk),
        ("comment.shown", above.pk),
        ("appeal.decided", above.pk),
    ]


def test_upheld_is_final(house, item, author, duty):
    operator = member(house.line, Role.OPERATOR)
    item = appealed(item, by=Viewer(author))
    assert item.appeal.desk is None

    decide(item, operator, restore=False, answer="第二句是辱骂。")

    item = fresh(item)
    assert (item.state, item.appeal.state) == (State.HIDDEN, AppealState.UPHELD)
    assert item.appeal.answer == "第二句是辱骂。"
    with pytest.raises(actions.UnableToDecide, match="先定了：维持隐藏"):
        decide(item, operator)
    with pytest.raises(actions.UnableToAppeal):
        appealed(item, by=Viewer(author))
    with pytest.raises(actions.UnableToDecide):
        actions.undo(item=item, by=duty, at=LATER)


def test_only_the_writer_appeals_and_once(item, author):
    for by in (Viewer(NOBODY), Viewer(PersonFactory())):
        with pytest.raises(actions.UnableToAppeal):
            appealed(item, by=by)
    stale = fresh(item)
    appealed(item, by=Viewer(author))

    for again in (stale, fresh(item)):
        with pytest.raises(actions.UnableToAppeal):
            appealed(again, by=Viewer(author))


def test_what_came_back_meanwhile_needs_no_appeal(item, author, duty):
    stale = fresh(item)
    actions.undo(item=item, by=duty, at=LATER)

    for one in (stale, fresh(item)):
        with pytest.raises(actions.UnableToAppeal):
            appealed(one, by=Viewer(author))


def test_undoing_settles_the_appeal_that_waits(house, item, author, duty):
    operator = member(house.line, Role.OPERATOR)
    item = appealed(item, by=Viewer(author))

    actions.undo(item=item, by=duty, at=LATER)

    item = fresh(item)
    assert (item.state, item.appeal.state) == (State.UNDONE, AppealState.SETTLED)
    with pytest.raises(actions.UnableToDecide, match="已先恢复"):
        decide(item, operator)


def test_a_nameless_writer_appeals_and_no_entry_names_them(house, duty):
    question, person = ask(region="410100"), PersonFactory()
    opened = Viewer(person, frozenset({question.pk}))
    words = questions.comment(question=question, answer=None, text="我的话", by=opened, at=LATER)
    asked, said = hidden(question, by=duty), hidden(words, by=duty)
    before = seq()

    for item in (asked, said):
        with pytest.raises(actions.UnableToAppeal):
            appealed(item, by=Viewer(person))
        appealed(item, by=opened)

    assert [(verb, actor) for verb, _s, actor, _d in entries_since(before)] == [
        ("appeal.made", None)
    ] * 2
    assert asker_of(question).opened == opened.opened


# --- To whom -------------------------------------------------------------------------------


def test_never_whoever_hid_it(house, author):
    only = member(house.line, Role.OPERATOR)
    item = appealed(hidden(comment(ask(), by=author), by=only), by=Viewer(author))

    assert "是你隐藏的" in why_not(only, item)
    with pytest.raises(actions.UnableToDecide):
        decide(item, only)


def test_their_colleagues_only_when_nobody_else_can(house, item, author, duty):
    colleague = member(house.city, Role.OPERATOR)
    item = appealed(item, by=Viewer(author))
    assert why_not(colleague, item) == ""

    member(house.line, Role.OPERATOR)
    assert "你所在的组织隐藏的" in why_not(colleague, item)


def test_a_colleague_who_has_just_left_is_one_still(house, item, author):
    member(house.line, Role.OPERATOR)
    mover = member(house.city, Role.LEAD)
    Membership.objects.create(person=mover, organisation=house.experts, role=Role.OPERATOR)
    item = appealed(item, by=Viewer(author))
    Membership.objects.filter(person=mover, organisation=house.city).delete()

    assert "你所在的组织隐藏的" in why_not(mover, item)


def test_never_whoever_is_criticised_either(house, author):
    county = member(house.county, Role.DUTY)
    item = hidden(comment(ask(region="410122"), "团郑州市委的人我要打", by=author), by=county)
    city, above = member(house.city, Role.LEAD), member(house.province, Role.LEAD)
    item = appealed(item, by=Viewer(author))

    assert item.appeal.desk == house.province
    assert why_not(city, item)
    assert why_not(above, item) == ""
    assert why_not(PersonFactory(), item)


def test_of_what_is_withheld_only_operators_may_know(house, item, author):
    member(house.province, Role.LEAD)
    questions.withhold_question(question=item.question, by=None, at=LATER)

    assert appealed(fresh(item), by=Viewer(author)).appeal.desk is None


def test_after_a_right_appeal_those_who_hid_it_do_not_begin_again(house, item, author, duty):
    operator = member(house.line, Role.OPERATOR)
    decide(appealed(item, by=Viewer(author)), operator)

    again = report(fresh(item).words, by=Viewer(PersonFactory()))

    assert again.desk is None
    assert "申诉后恢复" in policy.why_not_hide(duty, again.words)
    assert "申诉后恢复" in policy.why_not_hide(member(house.city, Role.LEAD), again.words)
    # Another rule may be broken by them still.
    actions.hide(item=again, reason=HideReason.PERSONAL, by=operator, at=LATER)
    assert appealed(fresh(again), by=Viewer(author)).appeal.state == AppealState.OPEN


def test_the_entry_holds_an_appeals_words_until_they_are_erased(house, item, author):
    made = appealed(item, by=Viewer(author)).appeal

    def kinds():
        return [stray.kind for stray in strays() if stray.row == f"moderation.appeal:{made.pk}"]

    assert kinds() == []
    Appeal.objects.filter(pk=made.pk).update(text="别的话")
    assert kinds() == ["other words"]

    actions.erase_people([Leaver(author.pk)], at=LATER)

    made.refresh_from_db()
    assert (made.text, made.salt, kinds()) == ("", "", [])
