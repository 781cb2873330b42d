"""预估 stands wherever a deadline rests on holidays that aren't published, and nowhere else."""

import csv

import pytest

from tests.factories import MONDAY, OrganisationFactory, ask, member
from youthvoice.cases import actions
from youthvoice.cases.models import Hop
from youthvoice.cases.tests.working import case_of, own, refer
from youthvoice.desks.models import Canned
from youthvoice.desks.queries.canned import draft
from youthvoice.orgs.choices import Role
from youthvoice.outside import letter_pdf
from youthvoice.outside.actions import mail_to_bodies
from youthvoice.outside.models import Mailing
from youthvoice.outside.tests.test_letter_pdf import read
from youthvoice.questions.views import asking
from youthvoice.workdays.tests.lists import enter, forget

pytestmark = pytest.mark.django_db
LINK = "https://voice.example/out/abc/"
MARK = "（预估）"
LIST = "2026年放假安排\n国庆节：10月1日至7日放假，共7天。"


@pytest.fixture
def question(house):
    bureau = OrganisationFactory(slug="rsj", kind="expert", name="市人社局", short_name="人社局")
    found = ask()
    refer(found, bureau, at=MONDAY)
    return found


def words(client, house, question):
    """Every place that tells a deadline, and what it says."""
    number = question.pk
    hop = Hop.objects.select_related("lane__case__question__region", "sender", "receiver").get()
    mailing = Mailing(hop=hop, code_follows=True)
    canned = Canned(organisation=house.city, title="先回", text="{due}前给你准信。")
    found = {
        "sent": str(asking._expectation(question)),
        "canned": draft(canned, own(question)),
        "letter": read(letter_pdf.draw(hop=hop, link=LINK, code="1234", at=MONDAY)),
        "mail": mail_to_bodies._letter(mailing, LINK, b"").text,
        "question": client.get(f"/q/{number}/").text,
        "ledger": client.get("/ledger/").text,
    }
    client.force_login(member(case_of(question).holder, Role.LEAD))
    found["case"] = client.get(f"/cases/{number}/").text
    found["desk"] = client.get(f"/desk/{house.city.slug}/?show=all").text
    return found


def table(client):
    lines = client.get("/ledger/ledger.csv")
    text = b"".join(lines.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines())
    return row["sign_due_estimated"], row["due_estimated"]


def test_in_a_year_without_a_list_each_place_says_so_and_with_it_none(
    client, house, at, monkeypatch
):
    forget(monkeypatch, 2026)
    bureau = OrganisationFactory(slug="rsj", kind="expert", name="市人社局", short_name="人社局")
    question = ask()
    refer(question, bureau, at=MONDAY)

    before = words(client, house, question)
    assert [place for place, said in before.items() if MARK not in said] == []
    assert table(client) == ("yes", "yes")

    enter(by=member(house.province, Role.OPERATOR), at=MONDAY, text=LIST)
    actions.replan(at=MONDAY)
    question.refresh_from_db()

    after = words(client, house, question)
    assert [place for place, said in after.items() if "预估" in said] == []
    assert table(client) == ("", "")


def test_in_a_year_with_a_list_no_place_says_so(client, house, at, question):
    assert [p for p, said in words(client, house, question).items() if "预估" in said] == []
