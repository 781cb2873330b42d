"""The page of a question, from unanswered to the stone that it leaves."""

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.importing.actions import import_row
from youthvoice.importing.tests.rows import row, unanswered
from youthvoice.questions import actions
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def page(client, question, status=200, **query):
    response = client.get(f"/q/{question.pk}/", query)
    assert response.status_code == status
    return response


def text(client, question, **query):
    return page(client, question, **query).content.decode()


def comment(question, words, *, under=None, by=None, at=MONDAY):
    return actions.comment(
        question=question, answer=under, text=words, by=by or Viewer(PersonFactory()), at=at
    )


def states(response):
    return {lane.code: lane.state for lane in response.context["lanes"]}


def test_an_unanswered_question_tells_who_has_it(client, house):
    question = ask(region="410122", title="路灯坏了三天", text="晚上看不清。\n\n请派人来。")

    response = page(client, question)

    shown = response.content.decode()
    for words in ("路灯坏了三天", "晚上看不清。", "中牟县", "匿名青年", "团中牟县委"):
        assert words in shown
    assert f'href="/q/{question.pk}/answer/"' in shown
    assert f'href="/q/{question.pk}/comment/"' in shown
    assert f'hx-get="/me/q/{question.pk}/"' in shown
    assert response.context["answers"] == []
    assert [step.words for step in response.context["steps"]] == ["提出", "已转给 团中牟县委"]
    assert states(response) == {
        "league": "waiting",
        "peer": "faint",
        "government": "faint",
        "society": "faint",
    }


def test_answers_of_each_kind_are_signed_and_light_their_lanes(client, house):
    question = ask()
    answer(question, by=PersonFactory(nickname="过来人"), text="我也遇到过。")
    answer(question, by=member(house.city), organisation=house.city, text="已联系人社局。")
    answer(question, by=member(house.experts), organisation=house.experts, text="依据第二十条。")

    response = page(client, question)

    shown = response.content.decode()
    for words in (
        "过来人",
        "我也遇到过。",
        "团郑州市委",
        "已联系人社局。",
        "法律专家组",
        "依据第二十条。",
        "青年互助",
        "官方回答",
        "专家回答",
    ):
        assert words in shown
    assert 'href="/orgs/tuan-410100/"' in shown
    assert states(response) == {
        "league": "done",
        "peer": "done",
        "government": "faint",
        "society": "done",
    }


def test_a_writers_name_stands_beside_an_organisation_only_when_they_chose_it(client, house):
    question = ask()
    for name, show_writer in (("执笔人甲", True), ("执笔人乙", False)):
        actions.answer_question(
            question=question,
            text=f"{name}写的。",
            by=Viewer(member(house.city, nickname=f"干事{name[-1]}")),
            organisation=house.city,
            at=MONDAY,
            show_writer=show_writer,
        )

    shown = text(client, question)
    assert "干事甲" in shown
    assert "干事乙" not in shown


def test_accepted_answers_come_first_and_the_rest_as_they_came(client, house):
    question = ask()
    made = [answer(question, by=PersonFactory(), at=MONDAY + n * HOUR) for n in range(4)]
    for number, at in ((3, MONDAY + 5 * HOUR), (1, MONDAY + 6 * HOUR)):
        actions.accept_answer(answer=made[number], accepted=True, by=asker_of(question), at=at)

    assert page(client, question).context["answers"] == [made[3], made[1], made[0], made[2]]


def test_comments_stand_under_what_they_are_about(client, house):
    question = ask()
    made = answer(question, by=PersonFactory())
    comment(question, "问题下的评论", by=asker_of(question))
    comment(question, "回答下的评论", under=made)

    response = page(client, question)

    assert [c.text for c in response.context["comments"]] == ["问题下的评论"]
    assert [c.text for c in response.context["answers"][0].shown_comments] == ["回答下的评论"]
    shown = response.content.decode()
    assert "提问者" in shown
    assert shown.index("回答下的评论") < shown.index("问题下的评论")


def test_words_taken_back_leave_stones(client, house):
    question, writer = ask(), PersonFactory()
    made = answer(question, by=writer, text="说错了的回答")
    said = comment(question, "说错了的评论", by=Viewer(writer))
    actions.delete_answer(answer=made, by=Viewer(writer), at=MONDAY)
    actions.delete_comment(comment=said, by=Viewer(writer), at=MONDAY)

    shown = text(client, question)

    assert "说错了" not in shown
    assert writer.nickname not in shown
    assert shown.count("撤下") >= 2


def test_an_edited_organisations_answer_leads_to_its_earlier_words(client, house):
    question, staff = ask(), member(house.city)
    made = answer(question, by=staff, organisation=house.city)
    own = answer(question, by=staff)
    for edited in (made, own):
        actions.edit_answer(answer=edited, text="改过的回答", by=Viewer(staff), at=MONDAY)

    shown = text(client, question)

    assert f'href="/a/{made.pk}/history/"' in shown
    assert f'href="/a/{own.pk}/history/"' not in shown


def test_what_the_asker_said_is_told(client, house):
    question = ask()
    for outcome, words in (("unsolved", "还没解决"), ("solved", "解决了")):
        question.refresh_from_db()
        actions.mark_outcome(question=question, outcome=outcome, by=asker_of(question), at=MONDAY)
        assert words in text(client, question)


def test_a_deleted_question_is_a_stone_that_is_gone_for_good(client, house):
    question = ask(title="不该写的标题", text="不该写的话")
    answer(question, by=PersonFactory(), text="留下的回答")
    actions.delete_question(question=question, by=asker_of(question), at=MONDAY)

    shown = page(client, question, 410).content.decode()

    assert "不该写" not in shown
    assert "撤下" in shown
    assert "留下的回答" in shown
    assert f"/q/{question.pk}/answer/" not in shown
    assert f"/me/q/{question.pk}/" not in shown


def test_an_imported_question_is_marked_and_asks_nobody_for_anything(client, house):
    import_row(row(), source="old", at=MONDAY)
    import_row(unanswered(2), source="old", at=MONDAY)
    answered, bare = Question.objects.order_by("pk")

    for question in (answered, bare):
        response = page(client, question)
        shown = response.content.decode()
        assert "旧平台" in shown
        assert "网友" in shown
        assert f"/q/{question.pk}/answer/" not in shown
        assert states(response)["league"] == ("done" if question == answered else "faint")
    assert "原答复单位" in text(client, answered)


def test_what_is_not_there_is_not_found(client, house):
    assert client.get("/q/99/").status_code == 404
    assert client.get("/me/q/99/").status_code == 404
    assert client.get("/q/99/act/").status_code == 404
    assert client.get(f"/q/{2**63}/").status_code == 404


def test_others_of_the_same_field_and_place_are_shown_the_newest_first(client, house):
    question = ask(region="410100", field="work")
    near = [ask(region="410100", field="work", at=MONDAY + n * HOUR) for n in range(7)]
    ask(region="410200", field="work")
    ask(region="410100", field="life")
    deleted = ask(region="410100", field="work", at=MONDAY + 9 * HOUR)
    actions.delete_question(question=deleted, by=asker_of(deleted), at=MONDAY)
    import_row(row(), source="old", at=MONDAY)

    assert page(client, question).context["related"] == near[:1:-1]


def test_a_question_of_no_place_is_related_to_those_of_its_field(client, house):
    question = ask(region=None, field="work")
    other = ask(region="410200", field="work")

    assert page(client, question).context["related"] == [other]


# --- Long ones ---------------------------------------------------------------------------


def test_answers_come_in_pages_of_thirty_with_the_accepted_on_the_first(client, house):
    question = ask()
    made = [answer(question, by=PersonFactory(), at=MONDAY + n * HOUR) for n in range(64)]
    actions.accept_answer(answer=made[50], accepted=True, by=asker_of(question), at=MONDAY)
    rest = made[:50] + made[51:]

    first = page(client, question).context
    second = client.get(first["next_answers_url"]).context
    third = client.get(second["next_answers_url"]).context

    assert first["answers"] == [made[50], *rest[:30]]
    assert second["answers"] == rest[30:60]
    assert third["answers"] == rest[60:]
    assert third["next_answers_url"] == ""


def test_comments_under_a_question_come_in_pages_of_thirty(client, house):
    question, person = ask(), PersonFactory()
    for n in range(35):
        comment(question, f"第{n}条", by=Viewer(person), at=MONDAY + n * HOUR)

    first = page(client, question).context
    second = client.get(first["next_comments_url"]).context

    assert [c.text for c in first["comments"]] == [f"第{n}条" for n in range(30)]
    assert [c.text for c in second["comments"]] == [f"第{n}条" for n in range(30, 35)]
    assert second["next_comments_url"] == ""


def test_an_answer_shows_its_first_thirty_comments(client, house):
    question, person = ask(), PersonFactory()
    made = answer(question, by=PersonFactory())
    for n in range(32):
        comment(question, f"第{n}条", under=made, by=Viewer(person), at=MONDAY + n * HOUR)

    (shown,) = page(client, question).context["answers"]

    assert [c.text for c in shown.shown_comments] == [f"第{n}条" for n in range(30)]


def test_the_fragment_is_told_where_in_its_lists_the_page_is(client, house):
    question = ask()

    assert page(client, question).context["me_query"] == ""
    assert page(client, question, after="12~3").context["me_query"] == "?after=12~3"
    both = page(client, question, after="1~2", comments="3~4").context["me_query"]
    assert both == "?after=1~2&comments=3~4"
    assert page(client, question, after='"><script>').context["me_query"] == ""


def test_what_machines_are_told_of_it_stays_in_its_attribute(client, house):
    """A quotation mark in somebody's words ended it, and what followed were attributes."""
    words = 'https://x.cn/" ontransitionend="top.x()" 他说"好"，<b>1 < 2'
    question = ask(text=f"{words}\n\n第二段。" + "很长" * 60)

    html = text(client, question)

    (told,) = re.findall(r'<meta name="description" content="([^"]*)">', html)
    assert unescape(told).startswith(f"{words} 第二段。")
    assert len(unescape(told)) == 110
