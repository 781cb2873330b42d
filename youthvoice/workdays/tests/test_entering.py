"""The operators' page for a year's notice: pasted, shown as it was read, confirmed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import PersonFactory, member
from youthvoice.journal import queries as journal
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.workdays import actions, queries
from youthvoice.workdays.models import DayOverride, EnteredYear
from youthvoice.workdays.notice import read
from youthvoice.workdays.tests.lists import LISTED, NOTICE, WORKED, YEAR, days, enter, forget

pytestmark = pytest.mark.django_db
PAGE = "/admin/workdays/dayoverride/notice/"
AUTUMN = datetime(2026, 11, 10, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def unknown(monkeypatch, at):
    at(AUTUMN)
    forget(monkeypatch)


@pytest.fixture
def operator(house):
    return member(house.province, Role.OPERATOR)


@pytest.fixture
def at_work(client, operator):
    client.force_login(operator)
    return client


def calendar():
    return queries.calendar_for(AUTUMN)


def test_what_was_read_is_shown_and_nothing_is_kept_until_it_is_confirmed(at_work, operator):
    assert at_work.get(PAGE).status_code == 200

    shown = at_work.post(PAGE, {"text": NOTICE})

    assert shown.status_code == 200
    for words in ("2027年2月12日 星期五", "2027年2月20日 星期六", "请各地安排好值班。"):
        assert words in shown.text
    assert not DayOverride.objects.exists()
    assert not calendar().knows(YEAR)

    done = at_work.post(PAGE, {"text": shown.context["form"].cleaned_data["text"], "confirm": "x"})

    assert (done.status_code, done["Location"]) == (302, "/admin/workdays/dayoverride/")
    assert calendar().knows(YEAR)
    assert all(calendar().is_workday(day) for day in days(WORKED))
    assert not any(calendar().is_workday(day) for day in days(LISTED))
    assert queries.missing_years(at=AUTUMN) == []
    entry = Entry.objects.get(verb="workdays.year_entered")
    assert (entry.actor, entry.data) == (operator.pk, {"free": 28, "worked": 5})
    assert list(journal.faults()) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (NOTICE.replace("８天", "9天"), "第 4 行：写着 9 天，按日期算是 8 天。"),
        (NOTICE.replace("1月31日（周日）", "1月31日（周六）"), "是不是贴成了别的年份"),
        (NOTICE.replace("7", "6").replace("７", "6"), "2026 年的安排软件里已经有了"),
        ("2031年放假安排\n1月1日放假", "2031 年的安排现在用不上"),
        ("什么也没有", "没有看到是哪一年的安排"),
        ("", "把通知的文字贴在这里"),
        ("字" * 5001, "5000"),
        ("2027年放假安排\n\x00", ""),
    ],
)
@pytest.mark.parametrize("confirm", [{}, {"confirm": "x"}])
def test_what_is_wrong_is_told_keeps_the_text_and_enters_nothing(at_work, text, says, confirm):
    response = at_work.post(PAGE, {"text": text} | confirm)

    assert response.status_code == 400
    assert says in response.text
    if text and "\x00" not in text:
        assert text.splitlines()[0] in response.text
    assert 'name="confirm"' not in response.text
    assert not EnteredYear.objects.exists()
    assert not DayOverride.objects.exists()


@pytest.mark.parametrize("role", [Role.LEAD, Role.ANSWERER])
def test_others_come_to_no_page_and_enter_nothing(client, house, role):
    person = member(house.province, role)
    client.force_login(person)

    assert client.post(PAGE, {"text": NOTICE, "confirm": "x"}).status_code in {302, 403}
    for one in (person, PersonFactory(), AnonymousUser()):
        with pytest.raises(actions.UnableToEnter, match="只有管理员"):
            enter(by=one, at=AUTUMN)
    assert not EnteredYear.objects.exists()


def test_a_notice_that_is_pasted_again_replaces_what_was_read_of_it(operator):
    enter(by=operator, at=AUTUMN)
    text = NOTICE.replace("12日（星期五）放假调休，共８天", "11日放假调休，共7天")
    later = AUTUMN + timedelta(hours=1)

    enter(by=operator, at=later, text=text.replace("、2月20日（周六）", ""))

    assert EnteredYear.objects.get().entered_at == later
    assert queries.calendar_for(later).is_workday(date(YEAR, 2, 12))
    assert not queries.calendar_for(later).is_workday(date(YEAR, 2, 20))
    assert Entry.objects.filter(verb="workdays.year_entered").count() == 2


def test_what_an_operator_said_of_a_day_alone_stays_and_is_told(at_work, operator):
    DayOverride.objects.create(date=date(YEAR, 2, 11), is_working=True, name="抗洪")
    DayOverride.objects.create(date=date(YEAR, 2, 12), name="也放")

    shown = at_work.post(PAGE, {"text": NOTICE}).text
    enter(by=operator, at=AUTUMN)

    assert shown.count("单独填过") == 1
    assert "2027年2月11日单独填过" in shown
    assert calendar().is_workday(date(YEAR, 2, 11))
    assert not calendar().is_workday(date(YEAR, 2, 12))
    assert DayOverride.objects.filter(date__month=2, notice_year=None).count() == 2


def test_a_day_of_the_list_that_is_changed_by_hand_stays_when_it_is_pasted_again(at_work, operator):
    enter(by=operator, at=AUTUMN)
    row = DayOverride.objects.get(date=date(YEAR, 2, 20))
    path = f"/admin/workdays/dayoverride/{row.pk}/change/"
    assert at_work.post(path, {"date": "2027-02-20", "name": "不上"}).status_code == 302

    enter(by=operator, at=AUTUMN)

    assert not calendar().is_workday(date(YEAR, 2, 20))


def test_a_notice_with_faults_is_entered_by_no_way(operator):
    with pytest.raises(actions.UnableToEnter, match="读不懂"):
        actions.enter_year(notice=read("2027年放假\n2月30日放假"), by=operator, at=AUTUMN)


def test_before_the_list_the_estimate_holds_and_an_estimate_can_be_asked_for_after_it(operator):
    before = {day: calendar().is_workday(day) for day in days([*LISTED, *WORKED])}
    enter(by=operator, at=AUTUMN)
    again = queries.estimate_of([YEAR])

    assert {day: again.is_workday(day) for day in before} == before
    assert not again.knows(YEAR)
    assert before != {day: calendar().is_workday(day) for day in before}
