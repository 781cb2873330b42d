"""The public figures are the rows' own, month by month in the house's time."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import PersonFactory, ask, member
from youthvoice.moderation import actions, queries
from youthvoice.moderation.choices import HideReason
from youthvoice.moderation.tests.making import appealed, comment, fresh, hidden, report
from youthvoice.orgs.choices import Role
from youthvoice.questions.policy import Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
MARCH = datetime(2026, 3, 10, 4, tzinfo=UTC)
APRIL = datetime(2026, 4, 10, 4, tzinfo=UTC)
FIRST = date(2026, 4, 1)


@pytest.fixture
def duty(house):
    return member(house.city, Role.DUTY)


@pytest.fixture
def operator(house):
    return member(house.line, Role.OPERATOR)


def words(**kwargs):
    return comment(ask(region="410100"), **kwargs)


def test_each_act_counts_in_its_month(house, duty, operator):
    by = PersonFactory()
    first = report(words(), at=MARCH)
    report(first.words, at=MARCH)
    actions.hide(item=first, reason=HideReason.SPAM, by=duty, at=MARCH + timedelta(hours=2))
    actions.undo(item=fresh(first), by=duty, at=APRIL)
    second = report(words(by=by), at=MARCH)
    actions.hide(item=second, reason=HideReason.ABUSE, by=duty, at=MARCH + timedelta(hours=6))
    appealed(fresh(second), by=Viewer(by), at=MARCH)
    actions.decide_appeal(item=fresh(second), restore=True, answer="对。", by=operator, at=APRIL)
    third = report(words(), at=APRIL)
    actions.dismiss(item=third, by=operator, at=APRIL + timedelta(hours=1))
    fourth = hidden(words(by=by), by=duty, at=APRIL)
    appealed(fourth, by=Viewer(by), at=APRIL)
    actions.decide_appeal(item=fresh(fourth), restore=False, answer="不", by=operator, at=APRIL)

    found = queries.figures(last=FIRST)

    assert len(found.months) == 12
    april, march = found.months[:2]
    # The fourth was reported at the stories' beginning, in March.
    assert (march.first, march.reports, march.hidden_all) == (date(2026, 3, 1), 4, 2)
    assert march.hidden == {"spam": 1, "abuse": 1}
    assert (march.dismissed, march.undone, march.appeals) == (0, 0, 1)
    assert march.median_seconds == 2 * 3600
    assert (april.reports, april.hidden, april.dismissed, april.undone) == (1, {"abuse": 1}, 1, 1)
    assert (april.appeals, april.upheld, april.restored) == (1, 1, 1)
    assert april.median_seconds == 3600
    assert found.months[2].median_seconds is None
    assert found.organisations == [("tuan-410100", "团郑州市委", 3)]


def test_a_month_begins_at_midnight_of_the_house(house, duty):
    last = datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)
    report(words(), at=last)
    report(words(), at=last + timedelta(seconds=1))

    april, march = queries.figures(last=FIRST).months[:2]

    assert (march.reports, april.reports) == (1, 1)


def test_what_its_writer_took_back_is_in_no_figure(house, duty):
    from youthvoice.questions import actions as questions

    by = PersonFactory()
    item = report(words(by=by), at=MARCH)
    questions.delete_comment(comment=item.words, by=Viewer(by), at=MARCH)

    march = queries.figures(last=FIRST).months[1]

    assert (march.reports, march.hidden_all, march.dismissed) == (1, 0, 0)
    assert march.median_seconds is None


def test_the_page_and_the_table_say_the_same(client, house, duty):
    hidden(words(), by=duty)
    actions.dismiss(item=report(words(), at=MARCH), by=duty, at=MARCH)

    page = client.get("/moderation/?until=2026-04").content.decode()
    table = client.get("/moderation/figures.csv?until=2026-04").getvalue().decode().splitlines()

    assert "2026年3月" in page
    assert "团郑州市委" in page
    assert "辱骂、威胁别人" in page
    assert table[0] == "month,figure,of,number"
    for line in (
        "2026-03,reports,,2",
        "2026-03,hidden,abuse,1",
        "2026-03,dismissed,,1",
        "2026-03,median_seconds,,0",
        "2026-04,median_seconds,,",
        ",hidden_by,tuan-410100,1",
    ):
        assert line in table


@pytest.mark.parametrize(
    "until",
    ["", "x", "2026", "2026-13", "2026-00", "9999-01", "1-1", "²026-01", "2026-1²", "0000-00"],
)
def test_a_month_that_is_none_is_this_month(client, house, until):
    response = client.get("/moderation/", {"until": until})

    assert response.status_code == 200
    assert "回到开头" not in response.content.decode()


def test_pages_go_back_and_end(client, house):
    page = client.get("/moderation/?until=2026-04").content.decode()
    assert "?until=2025-04" in page
    assert "回到开头" in page
    last = client.get("/moderation/?until=2020-05").content.decode()
    assert "往下看" not in last


def test_months_in_which_nothing_happened_are_one_line(client, house, duty):
    hidden(words(), by=duty)

    page = client.get("/moderation/?until=2026-04").content.decode()

    lines = re.findall(r'<th scope="row">(20.*?)</th>', page)
    assert lines == ["2026年4月", "2026年3月", "2025年5月到2026年2月"] * 2
