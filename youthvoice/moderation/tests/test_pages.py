"""The pages of reporting, judging and appealing, as people meet them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import PersonFactory, answer, ask, member
from youthvoice.limits.choices import What
from youthvoice.limits.tests.filling import fill, used
from youthvoice.moderation import actions
from youthvoice.moderation.choices import HideReason, State
from youthvoice.moderation.models import Appeal, Item, Report
from youthvoice.moderation.tests.making import LATER, appealed, comment, fresh, hidden, report
from youthvoice.orgs.choices import Role
from youthvoice.questions import actions as questions
from youthvoice.questions import viewers
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(house):
    return member(house.city, Role.DUTY)


@pytest.fixture
def question(house, duty):
    return ask(by=PersonFactory(), region="410100")


def text(response):
    return response.content.decode()


# --- Reporting -----------------------------------------------------------------------------


def test_a_visitor_reports_a_comment_from_the_question(client, question):
    words = comment(question, "加我微信领红包")
    url = f"/report/comment/{words.pk}/"
    assert f'href="{url}"' in text(client.get(f"/q/{question.pk}/"))
    page = text(client.get(url))
    assert "加我微信领红包" in page
    assert "批评、吐槽一个单位或它的工作人员，不是隐藏的理由" in page

    sent = client.post(url, {"reason": "fraud", "note": "私信骗钱"}, follow=True)

    assert "没法单独告诉你结果" in text(sent)
    made = Report.objects.get()
    assert (made.reason, made.note, made.mark) == ("fraud", "私信骗钱", "")


def test_somebody_signed_in_finds_what_came_of_it(client, question, duty):
    words, person = comment(question), PersonFactory()
    client.force_login(person)
    sent = client.post(f"/report/comment/{words.pk}/", {"reason": "spam"}, follow=True)
    assert "我举报的" in text(sent)
    mine = "/moderation/mine/?tab=reports"
    assert "还没处理" in text(client.get(mine))

    item = Item.objects.get()
    actions.dismiss(item=item, by=duty, at=LATER)
    assert "没有违规" in text(client.get(mine))

    other = report(words, by=Viewer(person))
    actions.hide(item=other, reason=HideReason.SPAM, by=duty, at=LATER)
    assert "已经隐藏" in text(client.get(mine))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "请选一个理由"),
        ({"reason": "criticism"}, "请选一个理由"),
        ({"reason": "spam", "note": "长" * 201}, "200"),
        ({"reason": "spam", "note": "\x00"}, "空字符"),
    ],
)
def test_a_wrong_report_is_told_what_is_wrong(client, question, form, words):
    response = client.post(f"/report/question/{question.pk}/", form)

    assert response.status_code == 422
    assert words in text(response) or "字符" in text(response)
    assert not Item.objects.exists()


def test_a_network_reports_thirty_times_an_hour(client, question):
    fill(What.REPORT, "127.0.0.1", left=1)
    url = f"/report/question/{question.pk}/"
    assert client.post(url, {"reason": "spam"}).status_code == 302

    response = client.post(url, {"reason": "spam", "note": "写了一半"})

    assert response.status_code == 429
    assert "先等一等" in text(response)
    assert "写了一半" in text(response)
    assert used(What.REPORT, "127.0.0.1") == 30


def test_nobody_is_offered_to_report_their_own(client, question):
    given = answer(question, by=(peer := PersonFactory()))
    link = "/report/{}/{}/".format

    for person, own, others in (
        (question.author, link("question", question.pk), link("answer", given.pk)),
        (peer, link("answer", given.pk), link("question", question.pk)),
    ):
        client.force_login(person)
        for path in (f"/me/q/{question.pk}/", f"/q/{question.pk}/act/"):
            page = text(client.get(path))
            assert own not in page
            assert others in page


# --- Judging -------------------------------------------------------------------------------


def test_a_judge_hides_with_the_rule_before_their_eyes(client, question, duty):
    item = report(comment(question, "一句很难听的话"), note="他骂我")
    client.force_login(duty)
    assert "举报处理" in text(client.get("/desk/"))
    assert f"/moderation/item/{item.pk}/" in text(client.get("/moderation/queue/"))
    page = text(client.get(f"/moderation/item/{item.pk}/"))
    assert "他骂我" in page
    url = f"/moderation/item/{item.pk}/hide/"
    assert "说事情做得不好，不算" in text(client.get(url))
    assert client.post(url, {"reason": "abuse"}).status_code == 422

    done = client.post(url, {"reason": "abuse", "sure": "on"}, follow=True)

    assert "已隐藏" in text(done)
    assert "撤销隐藏" in text(done)
    assert f"/moderation/item/{item.pk}/" in text(client.get("/moderation/queue/?show=done"))
    client.post(f"/moderation/item/{item.pk}/undo/")
    assert fresh(item).state == State.UNDONE


def test_the_criticised_are_told_why_not_and_may_hand_it_on(client, house, question, duty):
    member(house.line, Role.OPERATOR)
    item = report(comment(question))
    item.about.add(house.city)
    client.force_login(duty)

    page = text(client.get(f"/moderation/item/{item.pk}/"))
    assert "可能在说团郑州市委" in page
    assert f"/moderation/item/{item.pk}/hide/" not in page
    assert client.get(f"/moderation/item/{item.pk}/hide/").status_code == 302
    said = client.post(f"/moderation/item/{item.pk}/dismiss/", follow=True)
    assert "可能在说团郑州市委" in text(said)

    client.post(f"/moderation/item/{item.pk}/pass/")
    assert fresh(item).desk is None
    assert client.get(f"/moderation/item/{item.pk}/").status_code == 404


def test_operators_are_told_when_nobody_may(client, house, question):
    operator = member(house.city, Role.OPERATOR)
    item = report(comment(question, "团郑州市委真差"))
    client.force_login(operator)

    page = text(client.get(f"/moderation/item/{item.pk}/"))

    assert "现在没有人能处理" in page


def test_a_judge_elsewhere_sees_nothing_of_it(client, house, question):
    item = report(comment(question))
    client.force_login(member(house.county, Role.LEAD))

    assert f"/item/{item.pk}/" not in text(client.get("/moderation/queue/"))
    assert client.get(f"/moderation/item/{item.pk}/").status_code == 404


def test_what_is_withheld_is_in_the_queue_of_leads_only(client, house, question, duty):
    item = report(comment(question))
    questions.withhold_question(question=question, by=None, at=LATER)

    for person, status in ((duty, 404), (member(house.city, Role.LEAD), 200)):
        client.force_login(person)
        assert client.get(f"/moderation/item/{item.pk}/").status_code == status
        assert (f"/item/{item.pk}/" in text(client.get("/moderation/queue/"))) == (status == 200)


def test_who_reported_is_on_no_page_of_the_judges(client, question, duty):
    reporter = PersonFactory(nickname="不该出现的人", username="not-to-be-told")
    item = report(comment(question), by=Viewer(reporter))
    client.force_login(duty)

    for path in ("/moderation/queue/", f"/moderation/item/{item.pk}/"):
        assert "不该出现的人" not in text(client.get(path))
        assert "not-to-be-told" not in text(client.get(path))


# --- The writer ----------------------------------------------------------------------------


def test_a_nameless_asker_reads_why_by_receipt_and_appeals(client, house, duty):
    question = ask(region="410100", title="匿名的标题", text="匿名的话")
    item = hidden(question, by=duty)
    url = f"/moderation/hidden/{item.pk}/"
    assert client.get(url).status_code == 404
    assert url not in text(client.get(f"/me/q/{question.pk}/"))
    request = client.get("/").wsgi_request
    response = client.get("/receipt/")
    viewers.remember(request, response, question.pk)
    client.cookies[viewers.COOKIE] = response.cookies[viewers.COOKIE].value

    for path in (f"/me/q/{question.pk}/", f"/q/{question.pk}/act/"):
        assert url in text(client.get(path))
    page = text(client.get(url))
    assert "匿名的话" in page
    assert "团郑州市委按规则隐藏了它：辱骂、威胁别人" in page
    assert duty.nickname not in page
    assert client.post(url, {"text": " "}).status_code == 422
    assert "已经收到" in text(client.post(url, {"text": "我没有骂人。"}, follow=True))

    operator = member(house.line, Role.OPERATOR)
    client.force_login(operator)
    assert "我没有骂人" in text(client.get(f"/moderation/item/{item.pk}/"))
    assert f"/item/{item.pk}/" in text(client.get("/moderation/queue/?show=appeals"))
    decide = f"/moderation/item/{item.pk}/appeal/"
    assert "我没有骂人" in text(client.get(decide))
    assert client.post(decide, {"decision": "restore", "answer": " "}).status_code == 422
    client.post(decide, {"decision": "restore", "answer": "确实没有。"})

    assert Appeal.objects.get().answer == "确实没有。"
    assert "匿名的话" in text(client.get(f"/q/{question.pk}/"))
    client.logout()
    client.cookies[viewers.COOKIE] = response.cookies[viewers.COOKIE].value
    page = text(client.get(url))
    assert "结果：恢复显示" in page
    assert "确实没有。" in page
    assert "已经恢复" in text(client.get(f"/me/q/{question.pk}/"))


def test_somebody_signed_in_has_a_list_of_their_own(client, question, duty):
    person = PersonFactory()
    item = hidden(comment(question, by=person), by=duty)
    client.force_login(person)
    assert f"/moderation/hidden/{item.pk}/" in text(client.get("/moderation/mine/"))
    assert f"/moderation/hidden/{item.pk}/" in text(client.get(f"/me/q/{question.pk}/"))
    appealed(item, by=Viewer(person))
    assert "申诉：等待复核" in text(client.get("/moderation/mine/"))
    assert client.post(f"/moderation/hidden/{item.pk}/", {"text": "再来"}).status_code == 422

    client.force_login(PersonFactory())
    assert "/moderation/hidden/" not in text(client.get("/moderation/mine/"))
    assert client.get(f"/moderation/hidden/{item.pk}/").status_code == 404


# --- What they cost ------------------------------------------------------------------------


@pytest.fixture
def count(client):
    def counted(path):
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            response = client.get(path)
        assert response.status_code == 200
        return len(found)

    return counted


def equal(counted, make):
    make()
    one = counted()
    make()
    make()
    assert counted() == one
    return one


def some_words(question, by):
    """An answer, a comment under it, and a comment under the question, by one person."""
    given = answer(question, by=by)
    return [given, comment(question, "下面", by=by, under=given), comment(question, by=by)]


@pytest.mark.parametrize("show", ["open", "appeals", "done"])
@pytest.mark.parametrize("role", [Role.DUTY, Role.OPERATOR])
def test_the_queue(client, house, duty, count, show, role):
    judge = member(house.city if role == Role.DUTY else house.line, role)
    client.force_login(judge)

    def make():
        by = PersonFactory()
        for words in some_words(ask(by=by, region="410100"), PersonFactory()):
            if show == "open":
                report(words)
            elif show == "done":
                hidden(words, by=duty)
            else:
                appealed(hidden(words, by=duty), by=Viewer(words.author))
        Appeal.objects.update(desk=house.city)

    assert equal(lambda: count(f"/moderation/queue/?show={show}"), make) <= 12


def test_an_item(client, house, question, duty, count):
    client.force_login(duty)
    item = report(comment(question))

    def make():
        report(item.words, by=Viewer(PersonFactory()))
        other = member(house.city, Role.DUTY)
        report(comment(question, f"{other}"))

    assert equal(lambda: count(f"/moderation/item/{item.pk}/"), make) <= 24


@pytest.mark.parametrize("tab", ["hidden", "reports"])
def test_ones_own_list(client, duty, count, tab):
    person = PersonFactory()
    client.force_login(person)

    def make():
        for words in some_words(ask(by=PersonFactory(), region="410100"), person):
            hidden(words, by=duty)
        for words in some_words(ask(by=PersonFactory(), region="410100"), PersonFactory()):
            report(words, by=Viewer(person))

    assert equal(lambda: count(f"/moderation/mine/?tab={tab}"), make) <= 8


def test_what_somebody_is_told_at_a_question(client, duty, count):
    question = ask(by=(asker := PersonFactory()), region="410100")
    client.force_login(asker)

    def make():
        words = questions.comment(
            question=question,
            answer=None,
            text=str(Item.objects.count()),
            by=Viewer(asker),
            at=LATER,
        )
        hidden(words, by=duty)

    equal(lambda: count(f"/me/q/{question.pk}/"), make)


def test_the_public_figures(house, duty, count):
    def make():
        for words in some_words(ask(by=PersonFactory(), region="410100"), by := PersonFactory()):
            appealed(hidden(words, by=duty), by=Viewer(by))

    assert equal(lambda: count("/moderation/?until=2026-04"), make) <= 8


def test_lists_are_paged(client, question, duty):
    client.force_login(duty)
    for number in range(21):
        report(comment(question, f"第{number}句"))

    page = text(client.get("/moderation/queue/"))

    assert page.count('class="case"') == 20
    assert "往下看" in page
