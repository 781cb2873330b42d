"""Answering: who may, as whom, what moves with it, and that twice is once."""

from datetime import timedelta

import pytest

from tests.factories import (
    MONDAY,
    NOBODY,
    OrganisationFactory,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.cases.choices import State, StepKind
from youthvoice.orgs.choices import OrgKind
from youthvoice.questions import actions
from youthvoice.questions.choices import AnswerKind
from youthvoice.questions.models import Answer, Question
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import (
    counters,
    entries_since,
    numbers,
    seq,
    state,
    trail,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=43)


def test_an_official_answer_ends_the_waiting_and_is_told(house):
    question, staff = ask(), member(house.city)
    before = seq()

    made = answer(question, by=staff, organisation=house.city, at=LATER)

    made.refresh_from_db()
    assert (made.kind, made.author, made.organisation) == (AnswerKind.OFFICIAL, staff, house.city)
    assert (made.created_at, made.show_writer, made.edited_at) == (LATER, False, None)
    assert counters(question) == {"official": 1}
    assert state(question) == State.ANSWERED
    assert trail(question) == [
        (StepKind.ASKED, None),
        (StepKind.HELD, house.city),
        (StepKind.ANSWERED, house.city),
    ]
    assert entries_since(before) == [
        (
            "question.answered",
            f"questions.answer:{made.pk}",
            staff.pk,
            {"question": question.pk, "kind": "official", "organisation": house.city.pk},
        )
    ]


def test_a_peer_answer_counts_its_writer_and_leaves_the_holder_waiting(house):
    question, peer = ask(), PersonFactory()
    before = seq()

    made = answer(question, by=peer, at=LATER)

    peer.refresh_from_db()
    assert (made.kind, made.organisation) == (AnswerKind.PEER, None)
    assert peer.participated_at == LATER
    assert counters(question) == {"peer": 1}
    assert state(question) == State.RECEIVED
    assert trail(question)[-1] == (StepKind.ANSWERED, None)
    assert entries_since(before)[0][3] == {
        "question": question.pk,
        "kind": "peer",
        "organisation": None,
    }
    assert numbers() == {"questions": 1, "nameless": 1, "people": 1}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (OrgKind.LEAGUE, AnswerKind.OFFICIAL),
        (OrgKind.LINE, AnswerKind.OFFICIAL),
        (OrgKind.EXPERT, AnswerKind.EXPERT),
        (OrgKind.ALLIANCE, AnswerKind.EXPERT),
        (OrgKind.GOVERNMENT, AnswerKind.GOVERNMENT),
        (OrgKind.SOCIAL, AnswerKind.EXPERT),
    ],
)
def test_the_kind_of_an_answer_follows_from_who_signs_it(house, kind, expected):
    organisation = OrganisationFactory(kind=kind)

    made = answer(ask(), by=member(organisation), organisation=organisation)

    assert made.kind == expected


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (OrgKind.LEAGUE, "官方回答"),
        (OrgKind.GOVERNMENT, "政府答复"),
        (OrgKind.EXPERT, "专家回答"),
        (OrgKind.ALLIANCE, "社会力量"),
        (OrgKind.SOCIAL, "社会力量"),
    ],
)
def test_only_experts_are_called_so(house, kind, words):
    organisation = OrganisationFactory(kind=kind)

    assert answer(ask(), by=member(organisation), organisation=organisation).voice == words


def test_an_answer_of_the_government_is_counted_told_and_signed_by_the_department(house):
    office = OrganisationFactory(kind=OrgKind.GOVERNMENT, short_name="郑州市人社局")
    question, staff = ask(), member(office)
    before = seq()

    made = answer(question, by=staff, organisation=office, at=LATER)

    staff.refresh_from_db()
    assert (made.signature, staff.participated_at) == ("郑州市人社局", None)
    assert counters(question) == {"government": 1}
    assert Question.objects.get(pk=question.pk).answer_count == 1
    assert trail(question)[-1] == (StepKind.ANSWERED, office)
    assert entries_since(before)[0][3] == {
        "question": question.pk,
        "kind": "government",
        "organisation": office.pk,
    }
    assert numbers() == {"questions": 1, "nameless": 1}


def test_the_first_answer_of_all_ends_the_wait_and_a_second_does_not_move_it(house):
    question = ask()
    answer(question, by=PersonFactory(), at=LATER)
    answer(question, by=member(house.city), organisation=house.city, at=LATER + timedelta(hours=1))

    question.refresh_from_db()
    assert (question.first_answered_at, question.first_answer_seconds) == (LATER, 43 * 60)
    assert counters(question) == {"official": 1, "peer": 1}


def test_an_answer_at_an_earlier_time_than_its_question_took_no_seconds(house):
    question = ask(at=LATER)
    answer(question, by=PersonFactory(), at=MONDAY)

    question.refresh_from_db()
    assert question.first_answer_seconds == 0


def test_the_same_words_twice_from_one_hand_are_one_answer(house):
    question, peer = ask(), PersonFactory()
    first = answer(question, by=peer, text="先看合同。")
    before = seq()

    second = answer(question, by=peer, text="先看合同。", at=LATER + timedelta(seconds=1))

    assert second == first
    assert entries_since(before) == []
    assert counters(question) == {"peer": 1}
    assert numbers() == {"questions": 1, "nameless": 1, "people": 1}


def test_the_same_words_from_another_hand_or_under_another_name_are_another_answer(house):
    question, staff = ask(), member(house.city)
    words = "带上身份证和合同。"
    answer(question, by=staff, organisation=house.city, text=words)
    answer(question, by=staff, text=words)
    answer(question, by=PersonFactory(), text=words)

    assert counters(question) == {"official": 1, "peer": 2}


def test_a_body_is_told_once_in_the_trail_however_often_it_answers(house):
    question, staff = ask(), member(house.city)
    for text in ("第一次", "第二次"):
        answer(question, by=staff, organisation=house.city, text=text)
    province = member(house.province)
    answer(question, by=province, organisation=house.province)

    assert trail(question)[2:] == [
        (StepKind.ANSWERED, house.city),
        (StepKind.ANSWERED, house.province),
    ]
    assert counters(question) == {"official": 3}


def test_staff_are_no_participants(house):
    staff = member(house.city)
    answer(ask(), by=staff)

    staff.refresh_from_db()
    assert staff.participated_at is None
    assert numbers() == {"questions": 1, "nameless": 1}


def test_the_writer_stands_beside_an_organisation_only(house):
    question = ask()
    staff = member(house.city, nickname="小孟")

    def write(organisation, text):
        return actions.answer_question(
            question=question,
            text=text,
            by=Viewer(staff),
            organisation=organisation,
            at=LATER,
            show_writer=True,
        )

    signed, own = write(house.city, "一"), write(None, "二")
    assert (signed.signature, signed.writer_name) == ("团郑州市委", "小孟")
    assert (own.signature, own.writer_name, own.show_writer) == ("小孟", "", False)


def test_nobody_without_an_account_may_answer(house):
    question = ask()
    with pytest.raises(actions.UnableToAnswer):
        answer(question, by=NOBODY)
    with pytest.raises(actions.UnableToAnswer):
        answer(question, by=PersonFactory(is_active=False))
    assert Answer.objects.count() == 0


def test_nobody_answers_for_an_organisation_they_are_not_in(house):
    question, staff = ask(), member(house.city)

    with pytest.raises(actions.UnableToAnswer):
        answer(question, by=staff, organisation=house.province)
    with pytest.raises(actions.UnableToAnswer):
        answer(question, by=PersonFactory(), organisation=house.city)
    assert (counters(question), state(question)) == ({}, State.RECEIVED)


def test_nobody_answers_for_an_organisation_that_was_closed(house):
    question, staff = ask(), member(house.experts)
    house.experts.is_active = False
    house.experts.save()

    with pytest.raises(actions.UnableToAnswer):
        answer(question, by=staff, organisation=house.experts)


def test_the_asker_does_not_answer_themselves_by_account_or_by_receipt(house):
    asker = PersonFactory()
    with pytest.raises(actions.UnableToAnswer):
        answer(ask(by=asker), by=asker)

    nameless = ask()
    holder_of_receipt = Viewer(asker, asker_of(nameless).opened)
    with pytest.raises(actions.UnableToAnswer) as refused:
        actions.answer_question(
            question=nameless, text="自问自答", by=holder_of_receipt, organisation=None, at=LATER
        )
    assert str(refused.value)
    assert numbers() == {"questions": 2, "nameless": 1, "people": 1}


def test_staff_who_asked_may_answer_for_their_organisation(house):
    staff = member(house.city)
    question = ask(by=staff)

    assert answer(question, by=staff, organisation=house.city).kind == AnswerKind.OFFICIAL


def test_a_deleted_question_takes_no_answer(house):
    question = ask()
    stale = Question.objects.get(pk=question.pk)
    actions.delete_question(question=question, by=asker_of(question), at=LATER)
    question.refresh_from_db()

    with pytest.raises(actions.UnableToAnswer):
        answer(question, by=PersonFactory())
    with pytest.raises(actions.UnableToAnswer, match="删除"):
        answer(stale, by=PersonFactory())
    assert (Answer.objects.count(), counters(question)) == (0, {})
    assert numbers() == {"nameless": 1}


def test_more_acts_make_a_question_hotter_and_time_outruns_them(house):
    old, new = ask(), ask(at=MONDAY + timedelta(hours=1))
    answer(old, by=PersonFactory())
    old.refresh_from_db()
    new.refresh_from_db()
    assert old.hot > new.hot

    newest = ask(at=MONDAY + timedelta(days=2))
    newest.refresh_from_db()
    assert newest.hot > old.hot
    assert new.hot == pytest.approx(new.asked_at.timestamp() / 3600, abs=0.001)
