"""What staff write is held by its entry as what askers write: rewritten, it is found."""

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from tests.sealing import REASON
from youthvoice.cases import actions as cases
from youthvoice.cases.models import Hop
from youthvoice.cases.tests.working import HOUR, case_of, own, refer, transfer
from youthvoice.crisis import actions as crisis
from youthvoice.crisis.models import LogLine, Record
from youthvoice.desks import actions as desks
from youthvoice.desks.models import Canned, Note
from youthvoice.journal import queries
from youthvoice.kit.holdings import Leaver
from youthvoice.moderation import actions as moderation
from youthvoice.moderation.models import Appeal, Report
from youthvoice.moderation.tests.making import LATER, appealed, comment, hidden, report
from youthvoice.orgs.choices import Role
from youthvoice.questions.policy import Viewer
from youthvoice.sealed import actions as sealed
from youthvoice.sealed.choices import Ground
from youthvoice.sealed.models import Opening

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def kinds(model):
    return [stray.kind for stray in queries.strays(model)]


def a_note(house, sealing):
    desks.write_note(lane=own(ask()), text="先打过电话了。", by=member(house.city), at=MONDAY)


def a_canned_reply(house, sealing):
    given = {"organisation": house.city, "by": member(house.city, Role.LEAD), "at": MONDAY}
    reply = desks.keep_reply(reply=None, title="稍等", text="在办。", **given)
    desks.keep_reply(reply=reply, title="稍等", text="在办，三天内回您。", **given)


def a_crisis_line(house, sealing):
    question = ask(title="我不想活了", text="今晚就从楼上跳下去。")
    lead = member(case_of(question).holder, Role.LEAD)
    record = Record.objects.get(question=question)
    crisis.add_line(record=record, to="", note="打了电话", by=lead, at=LATER)


def a_report(house, sealing):
    report(ask(), note="这是广告。")


def an_answer_to_an_appeal(house, sealing):
    author = PersonFactory()
    item = hidden(comment(ask(), by=author), by=member(house.city, Role.DUTY))
    operator = member(house.province, Role.OPERATOR)
    moderation.decide_appeal(
        item=appealed(item, by=Viewer(author)),
        restore=False,
        answer="骂人不行。",
        by=operator,
        at=LATER,
    )


def a_part_returned(house, sealing):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    hop = Hop.objects.get()
    cases.return_lane(hop=hop, reason="不归我们。", by=member(house.experts), at=MONDAY + HOUR)


def a_question_given_back(house, sealing):
    question = ask(region="410122")
    transfer(question, house.city, at=MONDAY)
    case = case_of(question)
    cases.give_back(case=case, reason="县里的事。", by=member(house.city), at=MONDAY + HOUR)


def an_opening(house, sealing):
    question = ask(sealed_for=PersonFactory())
    sealed.ask_opening(
        question=question.pk, ground=Ground.CRIME, reason=REASON, by=sealing.first, at=MONDAY
    )


WRITTEN = [
    (a_note, Note, "text"),
    (a_canned_reply, Canned, "text"),
    (a_canned_reply, Canned, "title"),
    (a_crisis_line, LogLine, "note"),
    (a_report, Report, "note"),
    (an_answer_to_an_appeal, Appeal, "answer"),
    (a_part_returned, Hop, "return_reason"),
    (a_question_given_back, Hop, "return_reason"),
    (an_opening, Opening, "reason"),
    (an_opening, Opening, "court_order"),
]


@pytest.mark.parametrize(("write", "model", "column"), WRITTEN)
def test_what_staff_wrote_and_somebody_rewrote_is_found(house, sealing, write, model, column):
    write(house, sealing)
    assert kinds(model) == []

    model.objects.update(**{column: "别的话"})

    assert kinds(model) == ["other words"]


def test_a_note_from_which_a_name_went_is_held_anew(house):
    """Whoever leaves is named no longer; the words that then stand are accepted by an entry."""
    gone = member(house.city, nickname="小秦")
    text = "@小秦 先打过电话了。"
    desks.write_note(lane=own(ask()), text=text, by=member(house.city), at=MONDAY)
    before = Note.objects.get()

    desks.erase_mentions([Leaver(gone.pk)], at=LATER)

    after = Note.objects.get()
    assert ("小秦" in after.text, after.salt == before.salt) == (False, False)
    assert kinds(Note) == []
    Note.objects.update(text=before.text, salt=before.salt)
    assert kinds(Note) == ["other words"]


def test_salts_go_with_what_was_written_about_words_that_are_erased(house):
    author = PersonFactory()
    words = comment(ask(), by=author)
    item = hidden(words, by=member(house.city, Role.DUTY))
    appealed(item, by=Viewer(author))

    moderation.erase_appeals(of=type(words), numbers=[words.pk])

    assert list(Appeal.objects.values_list("text", "salt")) == [("", "")]
    assert kinds(Appeal) == []


def test_an_answer_under_another_question_is_found(house):
    said = answer(ask(), by=PersonFactory())
    type(said).objects.update(question=ask())

    assert kinds(type(said)) == ["no entry"]
