"""From a question at night to solved: every lane, clock and line of the ledger, by the pages.

The house's time is moved by hand. 2026-10-01 to 07 are the National Day holidays.
"""

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page

from tests.browser.desks import work_through_a_desk
from tests.browser.visitors import Seats
from tests.factories import OrganisationFactory, answer, ask, asker_of, build_house, member
from youthvoice.callbacks import actions
from youthvoice.cases.queries import checking
from youthvoice.kit import clock
from youthvoice.orgs.choices import OrgKind
from youthvoice.questions import actions as questions

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
TITLE = "实习三个月不给工资，说算学习"
RATED = 5


def beijing(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


EVE = beijing(9, 30, 22, 10)


@dataclass
class Town:
    """People with browsers of their own, and a clock that is moved by hand."""

    base: str
    seats: Seats
    stack: ExitStack
    at: datetime = EVE
    pages: dict[str, Page] = field(default_factory=dict)

    def browser(self, who: str, person=None, *, scripts: bool = True) -> Page:
        """The page of somebody; the same one whenever they come back."""
        if who not in self.pages:
            lent = self.seats.lend(who, self.base, scripts=scripts, width=390)
            self.pages[who] = self.stack.enter_context(lent).page
            if person is not None:
                self._sign_in(self.pages[who], person)
        return self.pages[who]

    def _sign_in(self, page: Page, person) -> None:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        page.context.add_cookies(
            [
                {"name": name, "value": one.value, "url": self.base}
                for name, one in client.cookies.items()
            ]
        )

    def go(self, page: Page, path: str) -> str:
        page.goto(self.base + path)
        return self.words(page)

    def words(self, page: Page) -> str:
        """All that the page says, also in what is folded."""
        page.locator(".fold").evaluate_all("folds => folds.forEach((one) => (one.open = true))")
        return re.sub(r"\s+", " ", page.locator("main").inner_text())


@pytest.fixture
def town(seats, live_server, held_reads, monkeypatch):
    with ExitStack() as stack:
        found = Town(live_server.url, seats, stack)
        monkeypatch.setattr(clock, "now", lambda: found.at)
        yield found


def test_a_question_goes_its_whole_way(town):
    with transaction.atomic():
        house = build_house()
        bureau = OrganisationFactory(
            slug="rsj", kind=OrgKind.GOVERNMENT, short_name="郑州市人社局", region_id="410100"
        )
        staff = member(house.city, nickname="小秦")
        for day in range(1, 1 + RATED):
            # September's other questions: all answered within the hour, all solved.
            other = ask(at=beijing(9, day, 9))
            replied = beijing(9, day, 10)
            answer(other, by=staff, organisation=house.city, at=replied)
            questions.mark_outcome(question=other, outcome="solved", by=asker_of(other), at=replied)

    path, receipt = _asks_at_night(town)
    _is_referred_on_the_holiday(town, staff, path, bureau)
    letter = _is_written_to(town, staff, path)
    _signs_and_returns(town, letter)
    reader = town.browser("reader")
    said = town.go(reader, path)
    assert "郑州市人社局 退回了" in said
    assert "用人的是省属单位" in said

    town.at = beijing(10, 8, 14, 40)
    _refers(town, staff, path, "单位已查清，在郑州市登记。")
    letter = _is_written_to(town, staff, path)
    town.at = beijing(10, 9, 10)
    _signs_and_replies(town, letter)
    said = town.go(reader, path)
    assert "郑州市人社局 已回答" in said
    assert "实习也按劳动计酬" in said

    _promises(town, staff, path)
    assert "承诺：2026年10月16日前，把补发的工资条要来" in town.go(reader, path)
    mine = _opens_by_receipt(town, receipt, at=beijing(10, 15, 9))
    town.go(mine, path)
    with mine.expect_response(re.compile("/decide/")):
        mine.get_by_role("button", name="兑现了", exact=True).click()
    assert "已兑现" in town.go(mine, path)

    _is_called_back_and_says(town, mine, path, "没解决", at=beijing(10, 16, 10))
    assert "提问者说：没解决" in town.go(reader, path)
    town.at = beijing(10, 16, 15)
    _answers(town, staff, path, "钱已经到账，请再核对一次。")
    _is_called_back_and_says(town, mine, path, "解决了", at=beijing(10, 17, 16))
    mine.locator("label", has_text=re.compile(r"^\s*满意")).click()
    mine.get_by_role("button", name="告诉他们").click()
    mine.get_by_text("满意吗：你说满意").wait_for()

    _the_ledger_has_both_hops(town, reader)
    assert "已兑现" in town.go(reader, "/promises/")
    _the_rates_have_it(town, reader)
    work_through_a_desk(town, house)
    assert list(checking.without()) == []


# --- The asker ---------------------------------------------------------------------------


def _asks_at_night(town: Town) -> tuple[str, str]:
    """22:10 on the eve of a holiday: nobody is on duty for a week, and yet."""
    page = town.browser("asker")
    town.go(page, "/ask/")
    page.locator("[name=title]").fill(TITLE)
    page.locator("label:has([name=field][value=work])").click()
    page.locator("label:has([name=kind][value=help])").click()
    page.locator("[name=text]").fill("说好每月两千，到期说是学习，不给。")
    page.locator("[name=region]").select_option("410100")
    page.locator("[data-submit]").click()
    receipt = page.locator("#receipt-code").inner_text().strip()
    assert "最晚明天 22:10，会有团组织回复你" in town.words(page)
    path = page.locator(".sent__title a").get_attribute("href") or ""
    said = town.go(page, path)
    assert "团郑州市委 收到了" in said
    assert "22:10" in said
    page.context.clear_cookies()
    return path, receipt


def _opens_by_receipt(town: Town, receipt: str, *, at: datetime) -> Page:
    town.at = at
    page = town.browser("asker")
    town.go(page, "/receipt/")
    page.locator("[name=code]").fill(receipt)
    page.get_by_role("button", name="打开", exact=True).click()
    page.wait_for_url("**/q/**")
    return page


def _is_called_back_and_says(town: Town, page: Page, path: str, word: str, *, at: datetime) -> None:
    town.at = at
    assert actions.open_due(at=at) >= 1
    town.go(page, path)
    page.get_by_role("link", name="说一句").click()
    page.get_by_role("button", name=word, exact=True).click()
    page.get_by_role("heading", name=f"你说：{word}").wait_for()


# --- The city's committee ----------------------------------------------------------------


def _work(town: Town, staff, path: str) -> Page:
    page = town.browser("staff", staff)
    number = path.strip("/").split("/")[-1]
    town.go(page, f"/cases/{number}/")
    return page


def _is_referred_on_the_holiday(town: Town, staff, path: str, bureau) -> None:
    town.at = beijing(10, 1, 9)
    page = town.browser("staff", staff)
    town.go(page, "/desk/tuan-410100/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="接手").click()
    page.get_by_text("小秦 在办").wait_for()
    _answers(town, staff, path, "先把协议和打卡记录留好，我们请人社局来办。")
    _refers(town, staff, path, "欠实习工资，请按职责查。")
    said = town.go(page, path)
    assert "郑州市人社局" in said
    # Two working hours after the holidays begin again at 8:30.
    assert "10月8日 10:30" in said or "下周四 10:30" in said or "周四 10:30" in said


def _refers(town: Town, staff, path: str, why: str) -> None:
    page = _work(town, staff, path)
    page.locator("#do-refer > summary").click()
    page.locator("#do-refer label", has_text="郑州市人社局").click()
    page.locator("#do-refer [name=reason]").fill(why)
    page.get_by_role("button", name="请他们办").click()
    page.locator(".hops", has_text=why).wait_for()


def _answers(town: Town, staff, path: str, text: str) -> None:
    page = _work(town, staff, path)
    page.locator("#reply [name=text]").fill(text)
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_role("button", name="发出回答").click()
    assert text in town.go(page, path)


def _promises(town: Town, staff, path: str) -> None:
    page = town.browser("staff", staff)
    town.go(page, path)
    page.get_by_role("link", name="加一个承诺").first.click()
    page.locator("[name=text]").fill("把补发的工资条要来")
    page.locator("[name=due_on]").fill("2026-10-16")
    page.get_by_role("button", name="承诺", exact=True).click()
    page.wait_for_url("**/q/**")


# --- The department, which has no accounts -----------------------------------------------


def _is_written_to(town: Town, staff, path: str) -> tuple[str, str]:
    """The link and the one-time code, as the committee hands them over."""
    page = _work(town, staff, path)
    page.get_by_role("link", name="给他们写信").click()
    page.get_by_role("button", name="只要链接和校验码").click()
    link = page.locator(".letter__link").inner_text().strip()
    return link, page.locator(".letter__code").inner_text().strip()


def _opens_the_letter(town: Town, letter: tuple[str, str]) -> Page:
    link, code = letter
    # Without scripts: an office's old computer.
    page = town.browser("department", scripts=False)
    page.context.clear_cookies()
    town.go(page, re.sub(r"^https?://[^/]+", "", link))
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="打开", exact=True).click()
    page.get_by_role("button", name="签收").click()
    return page


def _signs_and_returns(town: Town, letter: tuple[str, str]) -> None:
    town.at = beijing(10, 8, 9)
    page = _opens_the_letter(town, letter)
    page.locator("details.letter__part > summary").click()
    page.locator("[name=reason]").fill("用人的是省属单位，不归市里管。")
    page.get_by_role("button", name="退回", exact=True).click()
    page.get_by_text("已经退回了").wait_for()


def _signs_and_replies(town: Town, letter: tuple[str, str]) -> None:
    page = _opens_the_letter(town, letter)
    page.locator("[name=text]").fill("实习也按劳动计酬，已责令补发。")
    page.get_by_role("button", name="的名义公开回复").click()
    page.get_by_text("已经回复了").wait_for()


# --- What everybody reads ----------------------------------------------------------------


def _the_ledger_has_both_hops(town: Town, reader: Page) -> None:
    town.go(reader, "/ledger/")
    hops = reader.locator("li.hop")
    assert hops.count() == 2
    latest, first = (re.sub(r"\s+", " ", hops.nth(n).inner_text()) for n in (0, 1))
    assert "团郑州市委" in latest
    assert "郑州市人社局" in latest
    assert "已回复" in latest
    assert "单位已查清" in latest
    assert "退回" in first
    assert "不归市里管" in first
    said = town.go(reader, "/ledger/?show=overdue")
    assert TITLE not in said


def _the_rates_have_it(town: Town, reader: Page) -> None:
    """All of September's were replied to in time and are solved."""
    said = town.go(reader, "/rates/?month=2026-09")
    everybody = f"{RATED + 1} ÷ {RATED + 1}"
    assert said.count(everybody) >= 2, said
    assert "满意" in said
