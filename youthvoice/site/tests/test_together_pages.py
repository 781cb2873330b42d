"""A merged question and its lead, as everybody sees them; and one's own list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.cases.models import Case
from youthvoice.gathering import actions
from youthvoice.questions import actions as questions
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db
#: Of a page that nobody has in a cache, by DESIGN.md.
MOST = 12
SAME = "是同一件事，一起办理。"


def case_of(question):
    return Case.objects.select_related("question", "holder").get(question=question)


def merge(*asked, into):
    lead = case_of(into)
    cases = [case_of(question) for question in asked]
    actions.merge(cases=cases, into=lead, by=member(lead.holder), at=MONDAY)


def page(client, path, **query):
    answered = client.get(path, query)
    assert answered.status_code == 200
    return answered.content.decode()


@pytest.fixture
def count(client):
    def queries(path, **query):
        page(client, path, **query)
        with CaptureQueriesContext(connection) as found:
            page(client, path, **query)
        return len(found)

    return queries


def test_a_merged_question_keeps_its_page_and_leads_to_the_other(house, client):
    lead, one = ask(title="公交末班车能不能晚一点"), ask(title="末班车太早", text="九点就没车了。")
    merge(one, into=lead)

    shown = page(client, f"/q/{one.pk}/")

    assert SAME in shown
    assert f'<a href="/q/{lead.pk}/">公交末班车能不能晚一点</a>' in shown
    assert "九点就没车了。" in shown
    assert "还没有回答。答了，这里就看得到。" in shown
    assert "已经等了" not in shown
    assert f'<q class="step__note"><span class="typed">第 {lead.pk} 号提问</span></q>' in shown


def test_what_bodies_answer_to_the_lead_stands_on_both_pages(house, client):
    lead, one = ask(), ask()
    merge(one, into=lead)
    answer(lead, by=member(house.city), organisation=house.city, text="下月起延到十点半。")
    answer(lead, by=PersonFactory(), text="我也觉得。")

    shown = page(client, f"/q/{one.pk}/")

    assert "同一件事的回答" in shown
    assert "下月起延到十点半。" in shown
    assert "我也觉得。" not in shown
    assert one.answers.count() == 0


def test_the_lead_lists_what_is_handled_with_it_in_pages(house, client):
    lead = ask()
    merged = [ask() for _ in range(23)]
    merge(*merged, into=lead)

    first = page(client, f"/q/{lead.pk}/")

    assert "一起办理的提问 23 个" in first
    after = first.split(f"/q/{lead.pk}/?with=")[1].split("#")[0]
    second = page(client, f"/q/{lead.pk}/", **{"with": after})
    for question in merged:
        assert (question.title in first) + (question.title in second) >= 1
    assert SAME not in first


@pytest.mark.parametrize("gone", ["lead", "one"])
def test_neither_page_names_what_left_public_view(house, client, gone):
    lead, one = ask(title="为主的那个提问"), ask(title="并进来的提问")
    merge(one, into=lead)
    out = lead if gone == "lead" else one
    questions.withhold_question(question=out, by=None, at=MONDAY)

    if gone == "lead":
        shown = page(client, f"/q/{one.pk}/")
        assert SAME not in shown
        assert "为主的那个提问" not in shown
    else:
        assert "一起办理的提问" not in page(client, f"/q/{lead.pk}/")


def test_after_solved_the_page_still_shows_what_solved_it(house, client):
    lead, one = ask(), ask()
    merge(one, into=lead)
    answer(lead, by=member(house.city), organisation=house.city, text="押金七天内退。")
    one.refresh_from_db()

    questions.mark_outcome(question=one, outcome="solved", by=asker_of(one), at=MONDAY)

    assert "押金七天内退。" in page(client, f"/q/{one.pk}/")
    assert "提问者说：解决了" not in page(client, f"/q/{lead.pk}/")


def test_asker_and_followers_find_it_in_their_own_lists(house, client):
    asker, follower = PersonFactory(), PersonFactory()
    lead, one = ask(title="为主的那个提问"), ask(by=asker)
    questions.follow(question=one, by=Viewer(follower), at=MONDAY)
    merge(one, into=lead)

    for person, tab in ((asker, "asked"), (follower, "following")):
        client.force_login(person)
        shown = page(client, "/mine/", tab=tab)
        assert f'已合并到“<a href="/q/{lead.pk}/">为主的那个提问</a>”，一起办理' in shown
        questions.withhold_question(question=lead, by=None, at=MONDAY)
        assert "已合并到" not in page(client, "/mine/", tab=tab)
        questions.release_question(
            question=case_of(lead).question, by=member(house.city), at=MONDAY
        )
        lead.refresh_from_db()


# --- Queries -----------------------------------------------------------------------------


def test_a_merged_page_asks_no_oftener_with_more_answers(house, count):
    lead, one = ask(), ask(by=PersonFactory(), region="410122")
    merge(one, into=lead)
    by = member(house.city)
    answer(lead, by=by, organisation=house.city)
    first = count(f"/q/{one.pk}/")

    for _ in range(2):
        answer(lead, by=by, organisation=house.city)

    assert count(f"/q/{one.pk}/") == first <= MOST


def test_a_leads_page_asks_no_oftener_with_more_merged(house, count):
    lead = ask(by=PersonFactory())
    answer(lead, by=member(house.city), organisation=house.city)
    merge(ask(by=PersonFactory()), into=lead)
    first = count(f"/q/{lead.pk}/")

    merge(ask(by=PersonFactory()), ask(region="410122"), into=lead)

    assert count(f"/q/{lead.pk}/") == first <= MOST


@pytest.mark.parametrize("tab", ["asked", "following", "answered"])
def test_ones_own_lists_ask_no_oftener_with_more_merged(house, client, count, tab):
    person = PersonFactory()
    client.force_login(person)

    def make():
        lead, one = ask(), ask(by=person if tab == "asked" else None)
        if tab == "following":
            questions.follow(question=one, by=Viewer(person), at=MONDAY)
        if tab == "answered":
            answer(one, by=person)
        merge(one, into=lead)

    make()
    first = count("/mine/", tab=tab)
    make()
    make()

    assert count("/mine/", tab=tab) == first


@pytest.mark.parametrize("show", ["likely", "together"])
def test_the_desks_pages_ask_no_oftener_with_more(house, client, count, show):
    client.force_login(member(house.city))
    path = f"/desk/{house.city.slug}/gather/"
    words = iter(["松园热水停了两周锅炉坏了", "公交末班车九点就没有了", "培训学电焊在哪里报名"])

    def make():
        title = next(words)
        asked = [ask(title=title, text=f"{title}。{title}。", by=PersonFactory()) for _ in range(3)]
        actions.gather(at=MONDAY)
        if show == "together":
            merge(*asked[1:], into=asked[0])
        return asked[0]

    lead = make()
    first = count(path, show=show), count(f"{path}{lead.pk}/")
    make()
    if show == "together":
        merge(ask(), ask(by=PersonFactory()), into=lead)
    make()

    assert (count(path, show=show), count(f"{path}{lead.pk}/")) == first


def test_a_merged_question_waits_with_its_lead_and_not_beside_it(house, client):
    lead, one, other = (ask(title=f"充电桩坏了{n}") for n in ("一", "二", "三"))
    merge(one, into=lead)

    waiting = page(client, "/", show="waiting")
    doors = page(client, "/").split("大家在问")[0]
    everything = page(client, "/")

    assert lead.title in waiting
    assert other.title in waiting
    assert one.title not in waiting
    assert one.title not in doors
    assert "2 个在等" in doors
    assert everything.count("和相同的提问") == 1

    answer(lead, by=member(house.city), organisation=house.city, at=MONDAY)
    assert one.title not in page(client, "/", show="waiting")
    actions.unmerge(case=case_of(one), by=member(house.city), at=MONDAY)
    assert one.title in page(client, "/", show="waiting")
