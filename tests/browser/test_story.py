"""The main job, played through at the width of a telephone."""

import re
from functools import partial

import pytest

from tests.browser.visitors import Visitor
from youthvoice.entrance.wrote import WROTE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]

_TITLE = "县城图书馆周末能不能开到晚上九点"


def pulse(reader: Visitor) -> tuple[int, int, int]:
    """Questions, participants and reads as the page of numbers shows them."""
    # A page of numbers isn't drawn anew for reads alone, but for who has just written something.
    reader.context.add_cookies([{"name": WROTE, "value": "1", "url": reader.base}])
    # This house writes reads within a second, if the machine has time: until no more come.
    said = ""
    while (now := reader.context.request.get(f"{reader.base}/pulse/").text()) != said:
        said = now
        reader.page.wait_for_timeout(1600)
    reader.go("/pulse/")
    found = []
    for anchor in ("questions", "participants", "reads"):
        text = reader.page.locator(f"#{anchor}").inner_text()
        number = re.search(r"[\d,]+", text)
        assert number, text
        found.append(int(number[0].replace(",", "")))
    return found[0], found[1], found[2]


def test_a_question_from_asking_to_solved(visitor):
    # Reads are counted: everybody has a browser of their own from its beginning.
    visitor = partial(visitor, fresh=True)
    counter = visitor("counter")
    counter.go("/")
    counter.settle()
    before = pulse(counter)

    # A visitor reads.
    asker = visitor("asker")
    asker.go("/")
    asker.page.locator("a[href^='/q/']").first.click()
    asker.page.locator("h1").wait_for()
    asker.settle()

    # They ask without an account and keep the receipt.
    page = asker.page
    asker.go("/ask/")
    page.locator("[name=title]").fill(_TITLE)
    page.locator("label:has([name=field][value=study])").click()
    page.locator("label:has([name=kind][value=suggest])").click()
    page.locator("[name=text]").fill("下班赶到都关门了。\n\n周末也行，想有个安静的地方看书。")
    page.locator("[name=region]").select_option("410122")
    page.locator("[data-submit]").click()
    page.locator("#receipt-code").wait_for()
    receipt = page.locator("#receipt-code").inner_text().strip()
    assert re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", receipt)
    assert "已转给 团中牟县委" in page.locator("main").inner_text()
    asker.context.clear_cookies()

    # A member of the holder signs in, finds it waiting, takes it, and answers officially.
    staff = visitor("staff")
    staff.tap_in_as("county")
    staff.settle()  # with the fragments comes the mark that staff are counted apart by
    staff.go("/desk/tuan-410122/")
    staff.page.get_by_role("link", name=_TITLE).click()
    staff.page.get_by_role("button", name="接手").click()
    staff.page.get_by_text("小孟 在办").wait_for()
    staff.page.locator("#reply_text").fill("从下周六起，县图书馆自习区开到 21:00。")
    staff.page.get_by_role("button", name="发出回答").click()
    staff.page.get_by_text("回答了，等提问者说解决没有").wait_for()
    staff.page.get_by_role("link", name=_TITLE).click()
    staff.page.get_by_text("从下周六起").wait_for()
    path = "/" + staff.page.url.split("/", 3)[3].split("#")[0]
    assert "团中牟县委" in staff.page.locator("[id^=answer-]").first.inner_text()
    staff.page.get_by_text("小孟 写的").wait_for()  # colleagues see who wrote

    # A peer comments on the answer.
    peer = visitor("peer")
    peer.tap_in_as("youth")
    peer.go(path)
    peer.page.locator("[id^=me-answer-] a", has_text="评论").first.click()
    peer.page.locator("[name=text]").fill("那我周六就去占座。")
    peer.page.locator("form:has([name=text]) button").last.click()
    peer.page.get_by_text("那我周六就去占座").wait_for()
    peer.settle()

    # The asker comes back on another device with the receipt and says that it is solved.
    back = visitor("back")
    back.go("/receipt/")
    back.page.locator("[name=code]").fill(receipt.replace(" ", ""))
    back.page.locator("form:has([name=code]) button").click()
    back.page.locator("button[value=solved]").click()
    back.page.get_by_text("你说：解决了").wait_for()
    back.settle()
    # The page around it says the same, without being asked for again.
    assert "提问者说：解决了" in back.page.locator(".stands").inner_text()
    assert "还没解决" not in back.page.locator("main").inner_text()

    reader = visitor("reader")
    reader.go_for(path, "提问者说")
    reader.settle()
    assert "解决了" in reader.page.locator("main").inner_text()
    assert "小孟" not in reader.page.content()
    # On a telephone the answer is on the first screen, and the ring folded below it.
    first = reader.page.locator(".answer").first.bounding_box()
    assert reader.page.viewport_size == {"width": 390, "height": 844}
    assert first["y"] <= 700
    assert reader.page.locator(".compass").is_hidden()
    reader.page.get_by_text("回声与办理经过").click()
    assert reader.page.locator(".compass").is_visible()

    # One question more; one nameless asker and no other new person; and these reads: the
    # asker's of the home page and of a question, the peer's and the reader's of this one. Staff
    # count apart, and who has its receipt not at all.
    after = pulse(counter)
    assert after[0] - before[0] == 1
    assert after[1] - before[1] == 1
    assert after[2] - before[2] == 4
