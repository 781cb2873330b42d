"""Several judges, reporters and a writer at once: one wins, nothing is half done."""

import contextlib
from functools import partial

import pytest

from tests import together
from tests.factories import PersonFactory, ask, member
from youthvoice.journal.models import Entry
from youthvoice.moderation import actions
from youthvoice.moderation.choices import AppealState, HideReason, State
from youthvoice.moderation.models import Appeal, Item, Report
from youthvoice.moderation.tests.making import LATER, appealed, comment, fresh, hidden, report
from youthvoice.orgs.choices import Role
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Hidden
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import numbers

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (actions.UnableToDecide, actions.UnableToAppeal, actions.UnableToReport)
at_once = partial(together.at_once, refused=REFUSED)


def refusals(results):
    return [result for result in results if isinstance(result, REFUSED)]


@pytest.fixture
def judges(house):
    return [member(house.city, Role.DUTY) for _ in range(4)]


def test_one_of_several_judges_decides_and_the_others_are_told(house, judges):
    item = report(comment(ask(region="410100")))
    read = [fresh(item) for _ in judges]

    def decide(number):
        if number % 2:
            actions.dismiss(item=read[number], by=judges[number], at=LATER)
        else:
            spam = HideReason.SPAM
            actions.hide(item=read[number], reason=spam, by=judges[number], at=LATER)

    results = at_once(*[lambda n=n: decide(n) for n in range(4)])

    winner = results.index(None)
    item = fresh(item)
    assert len(refusals(results)) == 3
    assert all(judges[winner].nickname in str(one) for one in refusals(results))
    assert (item.decided_by, item.state) == (
        judges[winner],
        State.DISMISSED if winner % 2 else State.HIDDEN,
    )
    assert Hidden.objects.count() == (winner % 2 == 0)
    assert Entry.objects.filter(verb__in=["item.hidden", "item.dismissed"]).count() == 1
    numbers()


def test_reports_at_once_are_on_one_item(house, judges):
    words, people = comment(ask(region="410100")), [PersonFactory() for _ in range(3)]

    same = [lambda: report(words, by=Viewer(people[0]))] * 2
    results = at_once(
        *same,
        *[lambda p=p: report(words, by=Viewer(p)) for p in people[1:]],
        lambda: actions.flag(words=words, reason=HideReason.FRAUD, at=LATER),
        lambda: actions.flag(words=words, reason=HideReason.FRAUD, at=LATER),
    )

    assert len({item.pk for item in results}) == Item.objects.count() == 1
    assert Report.objects.count() == 4


def test_hiding_and_taking_back_at_once_leave_one_of_both(house, judges):
    for _ in range(5):
        by = PersonFactory()
        item = report(comment(ask(region="410100"), by=by))
        at_once(
            lambda item=item: actions.hide(
                item=item, reason=HideReason.SPAM, by=judges[0], at=LATER
            ),
            lambda item=item, by=by: take_back(fresh(item).words, by),
            lambda item=item: report(fresh(item).words, by=Viewer(judges[1])),
        )

        item = fresh(item)
        assert item.state == (State.HIDDEN if item.words.hidden_reason else State.GONE)
        assert Hidden.objects.filter(comment=item.comment).count() == (item.state == State.HIDDEN)
    numbers()


def take_back(words, by):
    with contextlib.suppress(questions.UnableToDelete):
        questions.delete_comment(comment=words, by=Viewer(by), at=LATER)


def test_undoing_appealing_and_deciding_at_once_end_in_one_word(house, judges):
    operators = [member(house.line, Role.OPERATOR) for _ in range(2)]
    for restore in (True, False):
        by = PersonFactory()
        item = appealed(hidden(comment(ask(region="410100"), by=by), by=judges[0]), by=Viewer(by))
        read = [fresh(item) for _ in range(3)]

        def decide(number, read=read, restore=restore):
            actions.decide_appeal(
                item=read[number],
                restore=restore,
                answer="看过了。",
                by=operators[number],
                at=LATER,
            )

        results = at_once(
            lambda decide=decide: decide(0),
            lambda decide=decide: decide(1),
            lambda read=read: actions.undo(item=read[2], by=judges[0], at=LATER),
        )

        assert len(refusals(results)) == 2
        item = fresh(item)
        both = (State(item.state), AppealState(item.appeal.state))
        assert both in {
            (State.RESTORED, AppealState.RESTORED),
            (State.HIDDEN, AppealState.UPHELD),
            (State.UNDONE, AppealState.SETTLED),
        }
        assert bool(item.words.text) == (item.state != State.HIDDEN)
    numbers()


def test_an_appeal_and_an_undoing_at_once_leave_no_appeal_that_waits(house, judges):
    for _ in range(4):
        by = PersonFactory()
        item = hidden(comment(ask(region="410100"), by=by), by=judges[0])
        read = [fresh(item) for _ in range(3)]
        at_once(
            lambda read=read, by=by: appealed(read[0], by=Viewer(by)),
            lambda read=read, by=by: appealed(read[1], by=Viewer(by)),
            lambda read=read: actions.undo(item=read[2], by=judges[0], at=LATER),
        )

        assert fresh(item).state == State.UNDONE
    assert not Appeal.objects.filter(state=AppealState.OPEN).exists()
