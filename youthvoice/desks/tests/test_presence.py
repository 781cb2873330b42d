"""Who else has a case open, and who is writing."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, ask, member
from youthvoice.cases.tests.working import case_of, lane_of, own, refer
from youthvoice.clock import registry
from youthvoice.desks import actions
from youthvoice.desks.models import Presence
from youthvoice.desks.queries.presence import others_here
from youthvoice.kit import clock

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def be_here(question, person, *, lane=None, is_writing=False, at=MONDAY):
    actions.be_here(
        case=case_of(question), lane=lane or own(question), by=person, is_writing=is_writing, at=at
    )


def test_colleagues_are_named_and_who_writes_comes_first(house):
    question, me = ask(), member(house.city)
    be_here(question, member(house.city, nickname="小赵"))
    be_here(question, member(house.city, nickname="小秦"), is_writing=True)
    be_here(question, me)

    assert others_here(case_of(question), me, at=MONDAY) == ["小秦 正在写回复", "小赵 也在看"]


def test_people_of_other_bodies_are_told_by_their_body_only(house):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    lane = lane_of(question, house.experts)
    be_here(question, member(house.experts, nickname="律师甲"), lane=lane, is_writing=True)

    others = others_here(case_of(question), member(house.city), at=MONDAY)

    assert others == ["法律专家组 有人 正在写回复"]


def test_who_was_last_heard_of_a_minute_ago_has_left(house):
    question, me = ask(), member(house.city)
    be_here(question, member(house.city))
    case = case_of(question)

    assert len(others_here(case, me, at=MONDAY + 60 * SECOND)) == 1
    assert others_here(case, me, at=MONDAY + 61 * SECOND) == []


def test_the_clock_forgets_who_has_left(house):
    question = ask()
    be_here(question, member(house.city))
    stays = member(house.city)
    be_here(question, stays, at=MONDAY + 30 * SECOND)
    (step,) = [due for due in registry.steps() if due.name == "cases.presence"]

    assert step.work(at=MONDAY + 61 * SECOND) == 1

    assert Presence.objects.get().person == stays


def test_coming_again_is_one_row(house):
    question, person = ask(), member(house.city)
    be_here(question, person, is_writing=True)
    be_here(question, person, at=MONDAY + SECOND)

    row = Presence.objects.get()
    assert (row.seen_at, row.is_writing, row.body) == (MONDAY + SECOND, False, house.city)


def test_the_page_tells_without_a_script_and_its_fragment_with_one(client, house):
    question, url = ask(), None
    url = f"/cases/{question.pk}/"
    client.force_login(member(house.city, nickname="小秦"))
    assert client.get(url).status_code == 200
    assert client.post(f"{url}here/", {"writing": "1"}).status_code == 200
    client.force_login(member(house.city))

    assert "小秦 正在写回复" in client.get(url).text
    assert "小秦 正在写回复" in client.get(f"{url}here/").text
    assert Presence.objects.count() == 2
    client.force_login(member(house.county))
    assert client.get(f"{url}here/").status_code == 404


def test_a_page_that_is_only_open_keeps_no_session_awake(client, house, monkeypatch):
    question = ask()
    client.force_login(member(house.city))
    url = f"/cases/{question.pk}/"
    start = clock.now()

    def minutes(number):
        monkeypatch.setattr(clock, "now", lambda: start + number * 60 * SECOND)

    assert client.get(url).status_code == 200
    for number in (10, 20, 29):
        minutes(number)
        assert client.post(f"{url}here/", {"writing": "0"}).status_code == 200
    minutes(31)
    assert client.post(f"{url}here/", {"writing": "0"}).status_code == 404
    assert client.get(url).status_code == 302


def test_whoever_writes_is_at_work(client, house, monkeypatch):
    question = ask()
    client.force_login(member(house.city))
    start = clock.now()
    for number in (20, 40, 60):
        monkeypatch.setattr(clock, "now", lambda n=number: start + n * 60 * SECOND)
        sent = client.post(f"/cases/{question.pk}/here/", {"writing": "1"})
        assert sent.status_code == 200
    assert client.get(f"/cases/{question.pk}/").status_code == 200
