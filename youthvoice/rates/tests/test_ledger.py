"""The public ledger: each hop in one line, with what came back; and how late it is."""

import csv
import io
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.cases import actions
from youthvoice.cases.choices import HopState
from youthvoice.cases.models import Hop
from youthvoice.cases.tests.working import DAY, HOUR, lane_of, refer, transfer
from youthvoice.kit.public import CACHE_CONTROL
from youthvoice.orgs.choices import Role
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason
from youthvoice.rates.choices import Listed
from youthvoice.rates.queries import ledger
from youthvoice.rates.views.ledger import COLUMNS

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
#: Of a page that nobody has in a cache, by DESIGN.md.
MOST = 12


@pytest.fixture
def bureau(house):
    return OrganisationFactory(slug="rsj", kind="expert", short_name="市人社局", region_id="410100")


@pytest.fixture
def school(house):
    return OrganisationFactory(slug="jyj", kind="expert", short_name="市教育局", region_id="410100")


def read(client, path="/ledger/", **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def lines(show=Listed.ALL, *, at, body=None):
    return ledger.ledger(show=show, body=body, at=at)[0]


def rows(client):
    sent = b"".join(client.get("/ledger/ledger.csv").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(sent)))


# --- The page ----------------------------------------------------------------------------


def test_a_hop_stands_there_with_sender_receiver_reason_and_times(house, client, at, bureau):
    question = ask(title="工资拖着不发怎么办")
    refer(question, bureau, at=MONDAY, reason="请按职责处理欠薪。")
    at(MONDAY + HOUR)

    page = read(client)

    for words in ("工资拖着不发怎么办", "团郑州市委", "市人社局", "转办", "请按职责处理欠薪。"):
        assert words in page
    assert "2026年3月2日 09:00" in page
    assert "等签收" in page
    assert "超期" not in page


def test_a_hop_that_nobody_signs_is_said_to_be_overdue(house, client, at, bureau):
    refer(ask(), bureau, at=MONDAY)
    hop = Hop.objects.get()

    at(hop.sign_due_at + 2 * DAY)
    assert "超期 2 天" in read(client, show="overdue")

    at(hop.sign_due_at)
    assert "超期" not in read(client)
    assert lines(Listed.OVERDUE, at=hop.sign_due_at) == []


def test_what_is_signed_for_is_overdue_after_its_day(house, bureau):
    question, person = ask(), member(bureau)
    refer(question, bureau, at=MONDAY)
    actions.claim(lane=lane_of(question, bureau), by=person, at=MONDAY + HOUR)
    due_at = Hop.objects.get().due_at

    assert lines(Listed.OVERDUE, at=due_at) == []
    late = lines(Listed.OVERDUE, at=due_at + HOUR)
    assert [line.late_seconds for line in late] == [3600]


def test_while_the_asker_is_asked_for_more_nothing_is_overdue(house, client, at, bureau):
    question, person = ask(), member(bureau)
    refer(question, bureau, at=MONDAY)
    actions.claim(lane=lane_of(question, bureau), by=person, at=MONDAY + HOUR)
    actions.ask_back(
        lane=lane_of(question, bureau), text="合同上怎么写的？", by=person, at=MONDAY + HOUR
    )
    later = MONDAY + 60 * DAY
    at(later)

    assert lines(Listed.OVERDUE, at=later) == []
    assert "在等提问者补充，时间停着" in read(client)

    questions.comment(
        question=question, answer=None, text="写了一年。", by=asker_of(question), at=later
    )
    assert lines(Listed.OVERDUE, at=later + HOUR) == []
    assert len(lines(Listed.OVERDUE, at=later + 30 * DAY)) == 1


def test_what_came_back_is_told(house, client, at, bureau, school):
    answered, returned, withdrawn = ask(), ask(), ask()
    for question in (answered, returned, withdrawn):
        refer(question, bureau, at=MONDAY)
    answer(answered, by=member(bureau), organisation=bureau, at=MONDAY + HOUR)
    hop = Hop.objects.get(lane__case__question=returned)
    actions.return_lane(hop=hop, reason="归街道办。", by=member(bureau), at=MONDAY + 2 * HOUR)
    hop = Hop.objects.get(lane__case__question=withdrawn)
    actions.withdraw(hop=hop, by=member(house.city), at=MONDAY + HOUR)
    at(MONDAY + 60 * DAY)

    assert [line.words for line in lines(at=MONDAY + 60 * DAY)] == ["收回了", "退回了", "已回复"]
    page = read(client, show="returned")
    assert "归街道办。" in page
    assert page.count('class="hop"') == 1
    assert lines(Listed.OPEN, at=MONDAY) == []


def test_a_late_reply_stays_late(house, client, at, bureau):
    question = ask()
    refer(question, bureau, at=MONDAY)
    due_at = Hop.objects.get().due_at
    answer(question, by=member(bureau), organisation=bureau, at=due_at + 3 * DAY)
    at(due_at + 90 * DAY)

    assert "晚了 3 天" in read(client)
    body = ledger.bodies(at=due_at + 90 * DAY)[0]
    assert (body.asked, body.open, body.overdue, body.in_time, body.late) == (1, 0, 0, 0, 1)


def test_transfers_and_summons_are_hops_too(house, client, at, bureau, school):
    transfer(ask(), house.county, at=MONDAY, reason="中牟的事。")
    refer(ask(), bureau, school, at=MONDAY)

    page = read(client)

    assert page.count("吹哨") == 2
    assert "移交" in page
    assert "团中牟县委" in page


def test_the_list_is_narrowed_to_a_body(house, client, at, bureau, school):
    refer(ask(title="请人社局看看"), bureau, at=MONDAY)
    refer(ask(title="请教育局看看"), school, at=MONDAY)

    page = read(client, body="rsj")

    assert "请人社局看看" in page
    assert "请教育局看看" not in page
    assert client.get("/ledger/", {"body": "nowhere"}).status_code == 404
    assert client.get("/ledger/", {"body": "单位"}).status_code == 404


def test_a_body_that_is_no_longer_in_use_stays_in_the_ledger(house, client, at, bureau):
    refer(ask(), bureau, at=MONDAY)
    type(bureau).objects.update(is_active=False)

    page = read(client, body="rsj")

    assert "市人社局" in page
    assert "/orgs/rsj/" not in page


def test_bodies_are_summed_up_with_the_most_overdue_first(house, client, at, bureau, school):
    for _n in range(2):
        refer(ask(), school, at=MONDAY)
    refer(ask(), bureau, at=MONDAY - 30 * DAY)
    now = MONDAY + HOUR
    at(now)

    found = ledger.bodies(at=now)

    assert [(b.name, b.asked, b.open, b.overdue) for b in found] == [
        ("市人社局", 1, 1, 1),
        ("市教育局", 2, 2, 0),
    ]
    assert "按单位看" in read(client)
    assert "按单位看" not in read(client, show="open")


# --- What is out of public view ------------------------------------------------------------


@pytest.fixture
def gone(house, bureau):
    """Referred questions that are deleted, hidden and withheld now."""
    found = [ask(title=f"没人该看到的标题{n}") for n in range(3)]
    for question in found:
        refer(question, bureau, at=MONDAY, reason="理由里提到了内容。")
    questions.delete_question(question=found[0], by=asker_of(found[0]), at=MONDAY + HOUR)
    operator = member(house.province, Role.OPERATOR)
    questions.hide(words=found[1], reason=HideReason.ABUSE, by=operator, at=MONDAY + HOUR)
    questions.withhold_question(question=found[2], by=None, at=MONDAY + HOUR)
    return found


@pytest.mark.parametrize("path", ["/ledger/", "/ledger/feed.atom"])
def test_a_question_that_is_gone_shows_only_its_number_and_one_that_is_withheld_nothing(
    house, client, at, gone, path
):
    page = read(client, path)

    assert "没人该看到" not in page
    assert "理由里提到" not in page
    for question in gone:
        assert (f"{question.pk} 号提问" in page) == (question.withheld_at is None)
        assert f"/q/{question.pk}/" not in page


def test_nor_does_the_table_tell_of_it(house, client, at, gone):
    assert [(int(row["question"]), row["reason"]) for row in rows(client)] == [
        (question.pk, "") for question in gone if question.withheld_at is None
    ]


def test_a_nameless_asker_stands_nowhere(house, client, at, bureau):
    asker = PersonFactory(nickname="提问的小周")
    for question in (ask(by=asker), ask()):
        refer(question, bureau, at=MONDAY, by=member(house.city, nickname="经办的小秦"))

    for path in ("/ledger/", "/ledger/feed.atom"):
        page = read(client, path)
        assert "提问的小周" not in page
        assert "经办的小秦" not in page


# --- Pages, feeds and tables for everybody --------------------------------------------------


def test_it_goes_on_by_key(house, client, at, bureau):
    for n in range(21):
        refer(ask(title=f"第{n:02d}个提问"), bureau, at=MONDAY + n * HOUR)
    at(MONDAY + 30 * HOUR)

    page = read(client)
    assert "第20个提问" in page
    assert "第00个提问" not in page
    after = page.split("after=")[1].split('"')[0]
    assert "第00个提问" in read(client, after=after)


@pytest.mark.parametrize("query", [{}, {"show": "overdue"}, {"body": "rsj"}])
def test_it_asks_the_database_as_often_for_three_as_for_one(house, client, at, query):
    OrganisationFactory(slug="rsj", kind="expert", short_name="市人社局")
    bureau = ledger.body_of("rsj")
    at(MONDAY + 60 * DAY)

    def count():
        client.get("/ledger/", query)
        with CaptureQueriesContext(connection) as found:
            read(client, **query)
        return len(found)

    refer(ask(), bureau, at=MONDAY)
    one = count()
    for _n in range(2):
        refer(ask(), bureau, OrganisationFactory(kind="expert"), at=MONDAY)
    assert count() == one <= MOST


@pytest.mark.parametrize(
    ("show", "index"),
    [
        (Listed.ALL, "cases_hops_new"),
        (Listed.OPEN, "cases_hops_open"),
        (Listed.OVERDUE, "cases_hops_open"),
        (Listed.RETURNED, "cases_hops_state"),
    ],
)
def test_each_list_is_served_by_an_index(house, show, index):
    """In order as it comes: SQLite would say that it sorts. PostgreSQL chooses by size."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole, whatever its indexes")
    query = ledger._narrowed(show, None, MONDAY).order_by("-made_at", "-pk")[:21]

    plan = query.explain()

    assert index in plan
    assert "TEMP B-TREE" not in plan


def test_it_is_the_same_for_everybody_and_told_in_a_few_bytes(house, client, at, bureau):
    refer(ask(), bureau, at=MONDAY)
    for path in ("/ledger/", "/ledger/feed.atom"):
        first = client.get(path)
        client.force_login(member(house.city))
        again = client.get(path, headers={"if-none-match": first["ETag"]})

        assert again.status_code == 304, path
        assert first["Cache-Control"] == CACHE_CONTROL, path
        client.logout()
    assert client.post("/ledger/").status_code == 405


def test_the_feed_tells_each_hop_and_how_it_ended(house, client, at, bureau):
    refer(ask(title="工资 <拖着> 不发"), bureau, at=MONDAY, reason="请处理。")
    hop = Hop.objects.get()
    actions.return_lane(hop=hop, reason="归<b>街道</b>办。", by=member(bureau), at=MONDAY + HOUR)

    root = ElementTree.fromstring(client.get("/ledger/feed.atom").content)  # noqa: S314 - our own

    space = {"a": "http://www.w3.org/2005/Atom"}
    entry = root.find("a:entry", space)
    assert entry.find("a:title", space).text == "团郑州市委 → 市人社局：工资 <拖着> 不发"
    summary = entry.find("a:summary", space)
    assert summary.get("type") == "text"
    assert summary.text == "转办；请处理。；退回了；归<b>街道</b>办。"
    assert entry.find("a:updated", space).text == (MONDAY + HOUR).isoformat()
    assert root.find("a:updated", space).text == (MONDAY + HOUR).isoformat()


def test_an_empty_feed_stays_the_same(house, client, at):
    first = client.get("/ledger/feed.atom")
    at(MONDAY + DAY)

    assert client.get("/ledger/feed.atom").content == first.content


def test_the_table_holds_all_that_is_needed_to_count_again(house, client, at, bureau, school):
    in_time, late = ask(), ask()
    refer(in_time, bureau, school, at=MONDAY)
    refer(late, bureau, at=MONDAY)
    due_at = Hop.objects.filter(lane__case__question=late).get().due_at
    answer(in_time, by=member(bureau), organisation=bureau, at=MONDAY + HOUR)
    answer(late, by=member(bureau), organisation=bureau, at=due_at + DAY)
    now = due_at + 2 * DAY
    at(now)

    found = rows(client)

    assert list(found[0]) == list(COLUMNS)
    assert [int(row["hop"]) for row in found] == list(
        Hop.objects.order_by("pk").values_list("pk", flat=True)
    )
    mine = [row for row in found if row["receiver"] == "rsj"]
    answered = [row for row in mine if row["state"] == HopState.ANSWERED]
    body = next(b for b in ledger.bodies(at=now) if b.slug == "rsj")
    assert body.in_time == sum(row["ended_at"] <= row["due_at"] for row in answered)
    assert body.late == sum(row["ended_at"] > row["due_at"] for row in answered)
    open_ = [row for row in found if not row["ended_at"]]
    assert [row["receiver"] for row in open_] == ["jyj"]
    assert int(open_[0]["late_seconds"]) > 0


def test_the_table_goes_out_in_pieces(house, client, at, bureau, monkeypatch):
    monkeypatch.setattr("youthvoice.kit.sheets._LINES", 2)
    monkeypatch.setattr(ledger, "_CHUNK", 2)
    for _n in range(5):
        refer(ask(), bureau, at=MONDAY)

    response = client.get("/ledger/ledger.csv")
    pieces = list(response.streaming_content)

    assert len(pieces) > 2
    assert len(b"".join(pieces).splitlines()) == 6


def test_no_cell_is_a_formula(house, client, at, bureau):
    refer(ask(), bureau, at=MONDAY, reason='=HYPERLINK("http://evil.example")')

    assert rows(client)[0]["reason"] == '\'=HYPERLINK("http://evil.example")'


def test_the_way_to_it_stands_at_the_foot_of_each_page(house, client, at):
    assert '<a href="/ledger/">' in read(client, "/about/")
