"""The staff's page of a case: who sees it, what it says, and its acts."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, answer, ask, member
from youthvoice.cases import actions
from youthvoice.cases.choices import Grade, HopState, LaneState, State
from youthvoice.cases.models import Hop, Lane
from youthvoice.cases.tests.working import HOUR, case_of, claim, lane_of, own, refer, transfer
from youthvoice.kit import clock
from youthvoice.orgs.choices import Role
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Answer, Comment

pytestmark = pytest.mark.django_db


def page_of(question):
    return f"/cases/{question.pk}/"


def send(client, question, act, *, lane=None, version=None, **given):
    """Press an act as the page now stands, or stood with `version`."""
    lane = lane or own(question)
    seen = {"version": version or case_of(question).version, "lane": lane.pk, "mark": lane.mark}
    return client.post(f"{page_of(question)}{act}/", {**seen, **given})


@pytest.fixture
def works(client, house):
    """Somebody of the city's committee, signed in."""
    person = member(house.city, nickname="小秦")
    client.force_login(person)
    return person


# --- Who sees it -------------------------------------------------------------------------


def test_only_those_with_a_part_in_it_see_the_page(client, house):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    url = page_of(question)
    assert client.get(url).status_code == 302

    for other in (PersonFactory(), member(house.county), member(house.line, Role.LEAD)):
        client.force_login(other)
        assert client.get(url).status_code == 404
    for one in (member(house.city), member(house.experts), member(house.province)):
        client.force_login(one)
        response = client.get(url)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]


def test_who_passed_it_on_still_sees_what_becomes_of_it_but_has_no_act(client, house):
    question, county = ask(region="410122"), member(house.county)
    transfer(question, house.city, by=county, at=MONDAY)
    client.force_login(county)

    response = client.get(page_of(question))

    assert response.status_code == 200
    assert response.context["work"].part is None
    assert response.context["forms"] == {}
    assert 'method="post"' not in response.text.partition("<main")[2].partition("</main>")[0]


def test_what_is_withheld_is_for_leads_and_its_words_are_elsewhere(client, house):
    question = ask(text="先别让别人看到的话。")
    questions.withhold_question(question=question, by=None, at=MONDAY)

    client.force_login(member(house.city))
    assert client.get(page_of(question)).status_code == 404
    client.force_login(member(house.city, Role.LEAD))
    shown = client.get(page_of(question)).text
    assert "先别让别人看到的话" not in shown
    assert f'href="/q/{question.pk}/private/"' in shown


def test_there_is_no_page_of_nothing(client, works):
    for number in (999_999, 2**70):
        assert client.get(f"/cases/{number}/").status_code == 404


# --- What it says ------------------------------------------------------------------------


def test_it_says_who_has_it_by_when_and_why(client, house, works, monkeypatch):
    question = ask(text="入职第二个月就欠薪。")
    claim(question, by=works, at=MONDAY)
    refer(question, house.experts, at=MONDAY, reason="请说说合同怎么看。")
    monkeypatch.setattr(clock, "now", lambda: own(question).due_at - timedelta(minutes=80))

    shown = client.get(page_of(question)).text

    assert "入职第二个月就欠薪" in shown
    assert "团郑州市委 请了别的单位来办" in shown
    assert "还有 1 小时 20 分" in shown
    assert "小秦 在办" in shown
    assert "晚了" in shown.partition(f'id="lane-{lane_of(question, house.experts).pk}"')[2]
    assert "请说说合同怎么看。" in shown
    assert "请 法律专家组 来办" in shown


def test_what_waits_for_the_asker_has_no_clock(client, house, works):
    question = ask()
    actions.ask_back(lane=own(question), text="哪一年？", by=works, at=MONDAY)

    shown = client.get(page_of(question)).text

    assert "先不计时：在等提问者补充" in shown
    assert "团郑州市委 在等提问者补充" in shown


def test_a_referral_stands_with_the_clock_of_who_was_asked(client, house, works, monkeypatch):
    """As in the public ledger: what waits for the asker is late nowhere."""
    question, expert = ask(), member(house.experts)
    refer(question, house.experts, at=MONDAY)
    lane = lane_of(question, house.experts)
    actions.claim(lane=lane, by=expert, at=MONDAY)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=60))
    assert "晚了" in hops_of(client.get(page_of(question)).text)

    actions.ask_back(lane=lane_of(question, house.experts), text="哪一年？", by=expert, at=MONDAY)

    shown = hops_of(client.get(page_of(question)).text)
    assert "晚了" not in shown
    assert "先不计时：在等提问者补充" in shown


def hops_of(shown):
    return shown.partition('<section class="hops"')[2].partition("</section>")[0]


def test_other_bodies_don_t_learn_who_of_us_is_at_it(client, house, works):
    question = ask()
    claim(question, by=works, at=MONDAY)
    refer(question, house.experts, at=MONDAY)
    client.force_login(member(house.experts))

    shown = client.get(page_of(question)).text

    assert "小秦" not in shown
    assert "有人在办" in shown


# --- The acts ----------------------------------------------------------------------------


def test_it_is_taken_in_hand_and_put_down_with_one_tap(client, house, works):
    question = ask()

    assert send(client, question, "claim").url == page_of(question)
    assert own(question).person == works
    assert send(client, question, "release").status_code == 302
    assert own(question).person is None


def test_the_second_who_claims_is_told_who_was_first(client, house, works):
    question = ask()
    version, seen = case_of(question).version, own(question)
    claim(question, by=member(house.city, nickname="小赵"), at=MONDAY)

    response = send(client, question, "claim", lane=seen, version=version)

    assert response.status_code == 409
    assert "小赵 刚刚先动了这件事：团郑州市委 有人接手了" in response.text
    assert own(question).person.nickname == "小赵"


def test_the_second_who_transfers_is_told_and_keeps_the_words(client, house, works):
    question = ask()
    version, seen = case_of(question).version, own(question)
    transfer(question, house.county, by=member(house.city, nickname="小赵"), at=MONDAY)

    response = send(
        client,
        question,
        "transfer",
        lane=seen,
        version=version,
        to=house.county.pk,
        reason="该省里来办的理由",
    )

    assert response.status_code == 409
    assert "小赵 刚刚先动了这件事：已转给 团中牟县委" in response.text
    assert "该省里来办的理由" in response.text
    assert Hop.objects.count() == 1


def test_the_form_that_comes_back_holds_the_words_and_what_is_now(client, house, works):
    question = ask()
    version = case_of(question).version
    refer(question, house.experts, at=MONDAY, by=member(house.city, nickname="小赵"))

    given = {"to": [house.line.pk], "grade": "simple", "reason": "请高校看一看。"}
    response = send(client, question, "refer", version=version, **given)

    assert response.status_code == 409
    assert "小赵" in response.text
    assert "请高校看一看。" in response.text
    assert response.context["picked"] == {str(house.line.pk)}
    # Sent again from the page that came back, it is done.
    assert send(client, question, "refer", **given).status_code == 302
    assert lane_of(question, house.line).hops.get().grade == Grade.SIMPLE


def test_it_is_transferred_and_given_back(client, house, works):
    question = ask()
    given = {"to": house.county.pk, "reason": "在他们县里。"}

    assert send(client, question, "transfer", **given).status_code == 302
    assert case_of(question).holder == house.county
    client.force_login(member(house.county))
    assert send(client, question, "give-back", reason="是市里的路。").status_code == 302

    assert case_of(question).holder == house.city
    hop = Hop.objects.get()
    assert (hop.reason, hop.return_reason, hop.state) == (
        "在他们县里。",
        "是市里的路。",
        HopState.RETURNED,
    )


def test_several_bodies_are_summoned_and_one_is_called_off(client, house, works):
    question, alliance = ask(), OrganisationFactory(kind="alliance", short_name="就业联盟")
    bodies = [house.experts, alliance]

    response = send(
        client,
        question,
        "refer",
        to=[body.pk for body in bodies],
        grade="complex",
        reason="一起看一看。",
    )
    assert response.status_code == 302
    hops = list(Hop.objects.order_by("pk"))
    assert [(hop.receiver, hop.kind) for hop in hops] == [(b, "summons") for b in bodies]

    assert send(client, question, "withdraw", hop=hops[0].pk).status_code == 302
    assert [hop.state for hop in Hop.objects.order_by("pk")] == [HopState.WITHDRAWN, HopState.OPEN]


def test_a_body_that_was_asked_signs_asks_back_and_returns(client, house):
    question = ask()
    refer(question, house.experts, at=clock.now())
    client.force_login(member(house.experts))

    def lane():
        return lane_of(question, house.experts)

    assert send(client, question, "claim", lane=lane()).status_code == 302
    assert lane().state == LaneState.MOVING
    asked = send(client, question, "ask-back", lane=lane(), text="合同签了吗？")
    assert asked.status_code == 302
    assert (Comment.objects.get().organisation, lane().state) == (house.experts, LaneState.PAUSED)
    returned = send(client, question, "return", lane=lane(), reason="不懂税。")
    assert returned.status_code == 302
    assert lane().state == LaneState.RETURNED


def test_it_is_answered_in_the_body_s_name(client, house, works):
    question = ask()

    response = send(client, question, "reply", text="先看合同。", show_writer="on")

    assert response.status_code == 302
    made = Answer.objects.get()
    assert (made.organisation, made.author, made.show_writer) == (house.city, works, True)
    assert case_of(question).state == State.ANSWERED


def test_who_answers_after_a_colleague_is_told_and_keeps_the_words(client, house, works):
    question, seen = ask(), None
    seen = own(question)
    answer(question, by=member(house.city), organisation=house.city)

    response = send(client, question, "reply", lane=seen, text="我也写好了。")

    assert response.status_code == 409
    assert "我也写好了。" in response.text
    assert Answer.objects.count() == 1


# --- What is refused ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "given", "words"),
    [
        ("transfer", {"reason": "…"}, "请选一个团组织。"),
        ("transfer", {"to": "9" * 30, "reason": "…"}, "请选一个团组织。"),
        ("transfer", {"to": "\x00"}, "请选一个团组织。"),
        ("refer", {"reason": "…", "grade": "simple"}, "请至少选一个单位。"),
        ("refer", {"to": "9" * 30, "reason": "…", "grade": "simple"}, "有一个单位选不了"),
        ("refer", {"grade": "simple"}, "请写一句理由，大家都看得到。"),
        ("give-back", {"reason": "不该我们办。"}, "不是别人移交来的"),
        ("return", {"reason": "不该我们办。"}, "不能由你退回"),
        ("ask-back", {"text": " "}, "请写下想问的。"),
        ("reply", {"text": ""}, "请写下回答。"),
        ("claim", {"version": "x"}, "这一页太旧了，请刷新再试。"),
        ("claim", {"version": "9" * 12}, ""),
        ("release", {}, "这件事现在没有人在办。"),
        ("withdraw", {"hop": "1"}, "已经不在等回复了"),
    ],
)
def test_what_can_t_be_is_refused_with_a_sentence(client, house, works, act, given, words):
    question = ask()

    response = send(client, question, act, **given)

    assert response.status_code in ({302} if not words else {409, 422})
    assert words in getattr(response, "text", "")
    assert Lane.objects.count() == 1


def test_an_act_without_what_the_page_showed_is_refused(client, house, works):
    question = ask()

    response = client.post(f"{page_of(question)}claim/", {})

    assert response.status_code == 422
    assert "这一页太旧了" in response.text


def test_others_can_do_nothing(client, house):
    question = ask()
    client.force_login(member(house.county))

    for act in ("claim", "release", "transfer", "refer", "give-back", "ask-back", "reply"):
        assert send(client, question, act, text="…", reason="…").status_code == 404
    assert own(question).state == LaneState.ASKED


# --- Whom to choose ----------------------------------------------------------------------


def test_bodies_near_are_offered_and_others_are_found_by_name(client, house, works):
    question = ask()
    near = OrganisationFactory(kind="expert", short_name="郑州律师团", region_id="410100")
    far = OrganisationFactory(kind="expert", short_name="开封律师团", region_id="410200")

    def offered(**query):
        groups = client.get(page_of(question), query).context["offered"]
        return [body for _kind, bodies in groups for body in bodies]

    assert offered() == [near, house.experts, house.province, house.line]
    assert offered(who="律师团") == [near, far]
    assert offered(who="没有这样的") == []


def test_offices_are_listed_city_by_city(client, house, works):
    choices = client.get(page_of(ask())).context["forms"]["transfer"].fields["to"].choices

    assert [group for group, _rows in list(choices)[1:]] == ["河南省", "郑州市", "战线"]
    assert (str(house.county.pk), "团中牟县委") in dict(list(choices)[1:])["郑州市"]
    assert (str(house.city.pk), "团郑州市委") not in dict(list(choices)[1:])["郑州市"]


def test_mine_holds_what_i_took_for_all_my_bodies(client, house, works):
    question, other = ask(), ask(at=MONDAY + HOUR)
    claim(question, by=works, at=MONDAY)
    claim(other, by=member(house.city), at=MONDAY)

    shown = client.get("/desk/", {"show": "mine"})

    assert [lane.case.question for lane in shown.context["lanes"]] == [question]
    assert "我接的" in shown.text
