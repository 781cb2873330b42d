"""Anybody may report; reports gather on one item; nobody is told whose they are."""

import pytest

from tests.factories import MONDAY, NOBODY, PersonFactory, answer, ask, asker_of, member
from youthvoice.journal.models import Entry
from youthvoice.moderation import actions
from youthvoice.moderation.choices import HideReason, State
from youthvoice.moderation.models import Item, Report, mark_of
from youthvoice.moderation.tests.making import LATER, comment, fresh, hidden, report
from youthvoice.orgs.choices import Role
from youthvoice.questions import actions as questions
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import entries_since, seq

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(house):
    member(house.city, Role.DUTY)
    return ask(by=PersonFactory(), region="410100")


def test_reports_gather_on_one_open_item(house, question):
    words = comment(question)
    people = [Viewer(PersonFactory()), Viewer(PersonFactory()), Viewer(NOBODY), Viewer(NOBODY)]

    items = {report(words, by=by, reason=HideReason.SPAM).pk for by in people}

    assert len(items) == 1
    item = Item.objects.get()
    assert (item.state, item.question, item.words) == (State.OPEN, question, words)
    assert (item.desk, item.author, item.opened_at) == (house.city, words.author, MONDAY)
    assert Report.objects.count() == 4


def test_each_kind_of_words_has_an_item_of_its_own(question):
    given = answer(question, by=PersonFactory())
    words = [question, given, comment(question), comment(question, under=given)]

    items = [report(one) for one in words]

    assert [item.words for item in items] == words
    assert [item.kind for item in items] == ["question", "answer", "comment", "comment"]


def test_a_person_counts_once(question):
    words, by = comment(question), Viewer(PersonFactory())

    for reason in (HideReason.SPAM, HideReason.ABUSE):
        report(words, by=by, reason=reason)

    assert [r.reason for r in Report.objects.all()] == ["spam"]


def test_the_journal_names_nobody_who_reported(question):
    words, before = comment(question), seq()

    item = report(words, by=Viewer(PersonFactory()), note="他骂我")

    subject = f"moderation.item:{item.pk}"
    data = {"words": f"comment:{words.pk}", "reason": "abuse"}
    assert entries_since(before) == [("report.made", subject, None, data)]


def test_a_nameless_asker_leaves_no_name_beside_their_question(house):
    question, person = ask(), PersonFactory()
    words = comment(question)

    report(words, by=Viewer(person, frozenset({question.pk})))
    assert Report.objects.get().mark == ""

    report(words, by=Viewer(person))
    assert Report.objects.filter(mark=mark_of(person.pk)).count() == 1


def test_nobody_reports_their_own_words(house):
    question, person = ask(), PersonFactory()
    staff = member(house.city)
    mine = comment(question, by=person)
    office = comment(question, by=staff, organisation=house.city)
    opened = asker_of(question)
    asker = questions.comment(question=question, answer=None, text="我", by=opened, at=MONDAY)

    for words, by in (
        (question, opened),
        (asker, opened),
        (mine, Viewer(person)),
        (office, Viewer(member(house.city))),
    ):
        with pytest.raises(actions.UnableToReport):
            report(words, by=by)
    assert not Item.objects.exists()
    assert not Entry.objects.filter(verb="report.made").exists()


def test_words_that_are_gone_can_not_be_reported(question):
    words = comment(question)
    old = comment(question, "另一句", by=(by := PersonFactory()))
    stale = type(old).objects.get(pk=old.pk)
    questions.delete_comment(comment=old, by=Viewer(by), at=LATER)
    hidden(words, by=member(question.case.holder, Role.LEAD))
    words.refresh_from_db()

    for one in (words, stale):
        with pytest.raises(actions.UnableToReport):
            report(one)


def test_words_taken_back_close_their_item(question):
    by = PersonFactory()
    item = report(comment(question, by=by))

    questions.delete_comment(comment=item.words, by=Viewer(by), at=LATER)

    item = fresh(item)
    assert (item.state, item.decided_at, item.decided_by) == (State.GONE, LATER, None)


def test_a_new_report_after_a_decision_opens_a_new_item(house, question):
    item = report(comment(question))
    actions.dismiss(item=item, by=member(house.city, Role.LEAD), at=LATER)

    assert report(item.words).pk != item.pk


def test_it_moves_up_when_the_last_judge_reports_it_too(house, question):
    words = comment(question)
    item = report(words)
    assert item.desk == house.city

    duty = house.city.memberships.get().person
    assert report(words, by=Viewer(duty)).desk is None


# --- Flags of a list -----------------------------------------------------------------------


def flag(words, reason=HideReason.FRAUD, at=MONDAY):
    return actions.flag(words=words, reason=reason, at=at)


def test_a_flag_opens_an_item_and_hides_nothing(question):
    words = comment(question)

    item = flag(words)

    made = Report.objects.get()
    assert (made.by_list, made.mark, made.item) == (True, "", item)
    words.refresh_from_db()
    assert (item.state, words.deleted_at) == (State.OPEN, None)


def test_a_flag_is_once_for_a_reason(question):
    words = comment(question)

    assert flag(words) == flag(words) == flag(words, HideReason.ABUSE)
    assert [r.reason for r in Report.objects.order_by("pk")] == ["fraud", "abuse"]


def test_a_flag_joins_what_people_have_reported(question):
    item = report(comment(question))

    assert flag(item.words) == item
    assert item.reports.count() == 2


def test_a_flag_that_was_dismissed_comes_back_only_after_an_edit(house, question):
    item = flag(question)
    lead = member(house.city, Role.LEAD)
    actions.dismiss(item=fresh(item), by=lead, at=LATER)
    assert flag(question) is None

    by = asker_of(question)
    questions.edit_question(
        question=question, title="换一个标题", text="别的", by=by, at=LATER.replace(hour=12)
    )
    question.refresh_from_db()

    assert flag(question) not in (None, item)


def test_nothing_is_flagged_that_is_gone(question):
    words = comment(question, by=(by := PersonFactory()))
    stale = type(words).objects.get(pk=words.pk)
    questions.delete_comment(comment=words, by=Viewer(by), at=LATER)
    words.refresh_from_db()

    assert flag(words) is None
    assert flag(stale) is None
