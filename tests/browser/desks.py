"""A clerk works through a desk on a telephone, and the province reminds of what is late there."""

from datetime import timedelta

from django.db import transaction

from tests.factories import PersonFactory, answer, ask, member
from youthvoice.cases.actions import escalate_due
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Organisation
from youthvoice.questions import actions as questions
from youthvoice.questions.policy import Viewer

FIRST, SECOND = "校门口三股车怎么走才安全", "充电桩坏了四个没人修"


def no_wider_than_the_window(page):
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def work_through_a_desk(town, house) -> None:
    """From the question to the next one, and a reminder from above."""
    start = town.at
    with transaction.atomic():
        Organisation.objects.filter(pk=house.county.pk).update(contact_phone="0371-62180000")
        clerk, duty = member(house.county), member(house.province, Role.DUTY)
        first = ask(region="410122", title=FIRST, at=start - timedelta(hours=3))
        ask(region="410122", title=SECOND, at=start - timedelta(hours=2))
        answer(first, by=PersonFactory.create(), text="我们那儿早晚有人值岗。")
        by = Viewer(PersonFactory.create())
        questions.comment(question=first, answer=None, text="同问，东门也是。", by=by, at=start)

    page = town.browser("clerk", clerk)
    town.go(page, f"/q/{first.pk}/answer/")
    assert page.get_by_text("我们那儿早晚有人值岗。").is_visible()
    assert no_wider_than_the_window(page)

    town.go(page, f"/q/{first.pk}/")
    page.locator("#me-question").get_by_role("link", name="办理").click()
    page.wait_for_url(f"**/cases/{first.pk}/")
    for words in ("我们那儿早晚有人值岗。", "同问，东门也是。"):
        assert page.get_by_text(words).is_visible()
    assert no_wider_than_the_window(page)
    page.locator("#reply textarea").fill("已经请交警早晚各来一次。")
    page.get_by_role("button", name="发出回答").click()
    page.get_by_text("发出去了。").wait_for()
    assert no_wider_than_the_window(page)
    page.get_by_role("link", name=SECOND).click()
    page.get_by_role("button", name="接手").wait_for()

    town.at = start + timedelta(days=12)
    escalate_due(at=town.at)
    boss = town.browser("duty", duty)
    town.go(boss, "/desk/")
    boss.get_by_text("提醒、打电话、接过来").click()
    boss.get_by_label("提醒他们").fill("请今天回一句。")
    assert boss.locator("a[href='tel:0371-62180000']").is_visible()
    assert no_wider_than_the_window(boss)
    boss.get_by_role("button", name="发提醒").click()
    boss.get_by_text("提醒发出去了。").wait_for()
    assert "请今天回一句。" in town.words(boss)

    said = town.go(page, "/desk/")
    assert "团河南省委提醒： 请今天回一句。" in said
    assert said.count("催办") == 1
    assert no_wider_than_the_window(page)
