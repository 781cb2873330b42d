"""Several ask the same; one answer goes to all, and each says for themselves what came of it."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.callbacks import actions as callbacks
from youthvoice.callbacks.choices import Day
from youthvoice.callbacks.models import Callback
from youthvoice.cases.models import Case
from youthvoice.cases.queries import checking
from youthvoice.gathering import actions
from youthvoice.journal import queries as journal
from youthvoice.kit import clock
from youthvoice.kit.receipts import code_for
from youthvoice.rates.queries import forget
from youthvoice.site.namelessness import audit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KEYS = {"unsolved": "1" * 32, "silent": "2" * 32}


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def by_receipt(name):
    client = Client()
    client.post("/receipt/", {"code": code_for(KEYS[name])})
    return client


def state(question):
    return Case.objects.get(question=question).state


@pytest.fixture
def now(monkeypatch):
    """Sets the house's clock, and lets the worker come by."""

    def go_to(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        actions.unmerge_lost(at=moment)
        callbacks.plan_merged(at=moment)
        callbacks.open_due(at=moment)
        callbacks.send_letters(at=moment)
        forget(MONDAY.date().replace(day=1))

    go_to(MONDAY)
    return go_to


def test_three_are_merged_answered_once_and_each_is_called_back(house, now):
    signed_in = PersonFactory(email="one@mail.test")
    EmailAddress.objects.create(user=signed_in, email="one@mail.test", verified=True, primary=True)
    lead = ask(title="松园的热水停了两周", by=PersonFactory())
    unsolved = ask(title="东区浴室也没热水", key=KEYS["unsolved"])
    silent = ask(title="宿舍没有热水", key=KEYS["silent"])
    solved = ask(title="热水器坏了没人修", by=signed_in)
    hanging = [unsolved, silent, solved]
    staff = member(house.city)
    cases = list(Case.objects.filter(question__in=hanging).select_related("question", "holder"))
    into = Case.objects.select_related("question", "holder").get(question=lead)
    actions.merge(cases=cases, into=into, by=staff, at=MONDAY)

    # One answer: it stands on every page, and nobody is asked yet.
    answer(lead, by=staff, organisation=house.city, at=MONDAY, text="锅炉周五修好。")
    now(MONDAY + timedelta(minutes=1))
    for question in hanging:
        assert "锅炉周五修好。" in text(Client().get(f"/q/{question.pk}/"))
    assert not Callback.objects.filter(opened_at__isnull=False).exists()

    # The next day all four are asked: one by letter, the others on their own side.
    now(MONDAY + DAY)
    assert Callback.objects.filter(opened_at__isnull=False, day=1).count() == 4
    [letter] = mail.outbox
    assert (letter.to, f"第 {lead.pk} 号有了回答" in letter.body) == (["one@mail.test"], True)

    # One says by the receipt that it isn't solved: theirs is alone and waits again.
    asker = by_receipt("unsolved")
    back = f"/q/{unsolved.pk}/back/"
    assert back in text(asker.get(f"/me/q/{unsolved.pk}/"))
    assert "松园的热水停了两周" in text(asker.get(back))
    asker.post(back, {"solved": "no"})
    said = asker.post(back, {"satisfied": "2", "missing": "东区和松园不是一个锅炉"}, follow=True)
    assert "从现在起单独办" in text(said)
    assert state(unsolved) == "unsolved"
    alone = text(Client().get(f"/q/{unsolved.pk}/"))
    assert "锅炉周五修好。" not in alone
    assert "重新单独办" in alone
    assert "不是一个锅炉" not in alone

    # One says by the letter's link that it is.
    link = letter.body.partition("/back/")[2].partition("/")[0]
    Client().post(f"/back/{link}/", {"solved": "yes"})
    assert [state(q) for q in (solved, lead)] == ["solved", "answered"]

    # The third says nothing, and is asked once more after four weeks; the first isn't.
    now(MONDAY + Day.LATER * DAY)
    asked = Callback.objects.filter(day=Day.LATER, opened_at__isnull=False)
    assert {row.case.question_id for row in asked} == {lead.pk, silent.pk, solved.pk}
    assert f"/q/{silent.pk}/back/" in text(by_receipt("silent").get(f"/me/q/{silent.pk}/"))
    assert state(silent) == "merged"
    assert not Callback.objects.filter(case__question=silent, answered_at__isnull=False).exists()

    # The rates count the answer once: the lead, and the one that is alone.
    sheet = b"".join(Client().get("/rates/rates.csv?month=2026-03").streaming_content).decode()
    found = {row.split(",")[0]: row.split(",") for row in sheet.splitlines()[1:]}
    assert {pk: row[-1] for pk, row in found.items()} == {
        str(lead.pk): "",
        str(unsolved.pk): "",
        str(silent.pk): "merged",
        str(solved.pk): "merged",
    }
    assert found[str(unsolved.pk)][7] == "unsolved"

    # Handled alone, it gets an answer and a pair of its own.
    answer(unsolved, by=staff, organisation=house.city, at=MONDAY + 29 * DAY)
    now(MONDAY + 30 * DAY)
    own = Callback.objects.get(case__question=unsolved, opened_at__gte=MONDAY + 29 * DAY)
    assert (own.round, own.day, own.lead) == (2, 1, None)

    assert list(checking.without()) == []
    assert list(journal.faults()) == []
    assert audit([]).links == []
