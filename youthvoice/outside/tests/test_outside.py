"""A body in which nobody has an account: what its code opens, and what it may do."""

import re
from datetime import timedelta

import pytest

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, ask, member
from youthvoice.cases import actions as cases
from youthvoice.cases.actions import SomebodyWasFirst, UnableToMove
from youthvoice.cases.choices import Clock, HopState, LaneState, State
from youthvoice.cases.tests.working import DAY, HOUR, case_of, lane_of, own, refer, transfer, words
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.outside import actions, codes
from youthvoice.outside.actions import Tried
from youthvoice.outside.choices import LINK_DAYS
from youthvoice.outside.models import OutsideCode
from youthvoice.outside.queries import TRIES_MOST
from youthvoice.outside.tests.by_letter import WRONG, fresh, issue, use
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import AnswerKind, HideReason
from youthvoice.questions.models import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(house):
    return OrganisationFactory(
        slug="rsj", kind="expert", name="郑州市人社局", short_name="市人社局", region_id="410100"
    )


@pytest.fixture
def question(house):
    return ask(title="工资拖了两个月", text="老板说下个月给。")


@pytest.fixture
def hop(question, bureau):
    return refer(question, bureau, at=MONDAY, reason="请按职责处理欠薪。")[0]


@pytest.fixture
def issued(hop):
    return issue(hop)


# --- Giving out a code ---------------------------------------------------------------------


def test_a_code_is_given_out_once_and_kept_as_digests(hop, issued):
    token, code = issued
    row = OutsideCode.objects.get()

    assert re.fullmatch(r"[0-9]{8}", code)
    assert re.fullmatch(r"[-\w]{24}", token)
    assert row.hop == hop
    assert row.expires_at == MONDAY + timedelta(days=LINK_DAYS)
    for kept in (bytes(row.token_digest), bytes(row.code_digest)):
        assert len(kept) == 32
        assert token.encode() not in kept
    entry = Entry.objects.get(verb="case.code_issued")
    assert token not in str(entry.data)
    assert code not in str(entry.data)


def test_only_those_who_hold_the_case_give_one_out(house, hop):
    for person in (PersonFactory(), member(house.county), member(house.province, Role.OPERATOR)):
        with pytest.raises(UnableToMove):
            issue(hop, by=person)


def test_a_body_whose_people_sign_in_gets_no_letter(hop, bureau):
    member(bureau)

    with pytest.raises(UnableToMove, match="没有人注册"):
        issue(hop)


def test_people_who_have_left_are_nobody(hop, bureau):
    member(bureau, is_active=False)

    assert issue(hop)


def test_nothing_is_given_out_for_what_is_over(house, question, hop):
    person = member(house.city)
    cases.withdraw(hop=fresh(hop), by=person, at=MONDAY)

    with pytest.raises(UnableToMove):
        issue(hop, by=person)


def test_nor_for_a_question_that_went_to_another_office(house):
    hop = transfer(ask(), house.county, at=MONDAY)

    with pytest.raises(UnableToMove):
        issue(hop, by=member(house.county))


def test_giving_out_again_ends_the_earlier_one(hop, issued):
    again = issue(hop)

    assert use(*issued) == Tried.GONE
    assert use(*again) == Tried.RIGHT


def test_also_after_it_was_used(hop, issued):
    use(*issued)
    again = issue(hop, when=MONDAY + DAY)

    assert use(*again, when=MONDAY + DAY) == Tried.RIGHT


# --- Trying a code -------------------------------------------------------------------------


def test_the_right_code_opens_once(issued):
    assert use(*issued) == Tried.RIGHT
    assert use(*issued) == Tried.GONE


@pytest.mark.parametrize("way", ["{0}", "{1} {2}", " {1}-{2} ", "{1}　{2}"])
def test_it_may_be_copied_as_people_copy(issued, way):
    token, code = issued

    assert use(token, way.format(code, code[:4], code[4:])) == Tried.RIGHT


def test_full_width_digits_are_digits(issued):
    token, code = issued

    assert use(token, "".join(chr(ord(sign) + 0xFEE0) for sign in code)) == Tried.RIGHT


def test_five_wrong_ones_end_it(issued):
    token, code = issued

    tried = [use(token, WRONG) for _n in range(TRIES_MOST + 1)]

    assert tried == [Tried.WRONG] * TRIES_MOST + [Tried.GONE]
    assert use(token, code) == Tried.GONE


def test_the_fifth_try_may_be_the_right_one(issued):
    token, code = issued
    for _n in range(TRIES_MOST - 1):
        use(token, WRONG)

    assert use(token, code) == Tried.RIGHT


def test_it_ends_with_its_days(issued):
    end = MONDAY + timedelta(days=LINK_DAYS)

    assert use(*issued, when=end) == Tried.GONE
    assert use(*issued, when=end - timedelta(seconds=1)) == Tried.RIGHT


def test_it_ends_with_the_hop(house, hop, issued):
    cases.withdraw(hop=fresh(hop), by=member(house.city), at=MONDAY)

    assert use(*issued) == Tried.GONE


def test_another_letters_code_is_wrong(hop, issued, question, house):
    other = OrganisationFactory(kind="expert")
    token, _code = issue(refer(question, other, at=MONDAY)[0])

    assert use(token, issued[1]) == Tried.WRONG


def test_without_the_houses_key_a_digest_tells_no_code(issued, settings):
    token, code = issued
    settings.SECRET_KEY = "another"

    assert codes.is_right(token, code, bytes(OutsideCode.objects.get().code_digest)) is False


# --- What the body does ----------------------------------------------------------------------


def test_it_signs(question, hop, bureau):
    actions.sign_outside(hop=fresh(hop), at=MONDAY + HOUR)

    hop.refresh_from_db()
    assert (hop.state, hop.signed_at) == (HopState.SIGNED, MONDAY + HOUR)
    lane = lane_of(question, bureau)
    assert (lane.state, lane.clock, lane.due_at) == (LaneState.MOVING, Clock.DONE, hop.due_at)
    assert words(question)[-1] == "市人社局 已签收"


def test_it_answers_in_its_own_name(question, hop, bureau):
    made = actions.reply_outside(hop=fresh(hop), text="已责令补发。", at=MONDAY + HOUR)

    assert (made.author, made.organisation, made.kind) == (None, bureau, AnswerKind.EXPERT)
    assert made.signature == "市人社局"
    assert made.writer_has_left is False
    hop.refresh_from_db()
    assert (hop.state, hop.ended_at) == (HopState.ANSWERED, MONDAY + HOUR)
    assert case_of(question).state == State.ANSWERED
    assert words(question)[-1] == "市人社局 回答了"
    entry = Entry.objects.get(verb="question.answered")
    assert (entry.actor, entry.data["organisation"]) == (None, bureau.pk)
    question.refresh_from_db()
    assert question.first_answered_at == MONDAY + HOUR


def test_it_gives_back_and_the_holder_has_it_again(question, hop, bureau):
    actions.return_outside(hop=fresh(hop), reason="归街道办。", at=MONDAY + HOUR)

    hop.refresh_from_db()
    assert (hop.state, hop.return_reason) == (HopState.RETURNED, "归街道办。")
    assert case_of(question).state == State.RECEIVED
    assert own(question).stopped_at is None


def test_what_is_over_is_over(question, hop):
    actions.reply_outside(hop=fresh(hop), text="已责令补发。", at=MONDAY)

    with pytest.raises(SomebodyWasFirst):
        actions.reply_outside(hop=fresh(hop), text="再说一句。", at=MONDAY)
    with pytest.raises(SomebodyWasFirst):
        actions.return_outside(hop=fresh(hop), reason="不归我们。", at=MONDAY)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("how", ["hidden", "withheld"])
def test_nothing_is_done_with_a_question_out_of_public_view(house, question, hop, how):
    if how == "hidden":
        operator = member(house.province, Role.OPERATOR)
        questions.hide(words=question, reason=HideReason.ABUSE, by=operator, at=MONDAY)
    else:
        questions.withhold_question(question=question, by=None, at=MONDAY)

    for act in (
        lambda: actions.sign_outside(hop=fresh(hop), at=MONDAY),
        lambda: actions.reply_outside(hop=fresh(hop), text="已责令补发。", at=MONDAY),
        lambda: actions.return_outside(hop=fresh(hop), reason="不归我们。", at=MONDAY),
    ):
        with pytest.raises(UnableToMove, match="现在不公开"):
            act()
