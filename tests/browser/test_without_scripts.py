"""Everything of the main job works with scripts turned off."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

_TITLE = "租的房子漏水房东不管怎么办"


def test_asking_answering_and_solving_without_scripts(visitor):
    asker = visitor("plain-asker", scripts=False)
    page = asker.page
    asker.go("/")
    page.get_by_role("link", name="我要问").first.click()
    page.locator("[name=title]").fill(_TITLE)
    page.locator("[name=field][value=life]").check(force=True)
    page.locator("[name=kind][value=help]").check(force=True)
    page.locator("[name=text]").fill("漏了两周了。")
    page.locator("[name=region]").select_option("410122")
    page.locator("[data-submit]").click()
    receipt = page.locator("#receipt-code").inner_text().strip()
    assert re.fullmatch(r"[\d ]{19}", receipt)
    page.get_by_role("link", name=_TITLE).click()
    path = "/" + page.url.split("/", 3)[3]

    peer = visitor("plain-peer", scripts=False)
    peer.tap_in_as("youth")
    peer.go(path)
    peer.page.locator("#me-question a", has_text="我也想问").click()
    peer.page.locator("form[action$='/follow/'] button").click()
    assert peer.page.locator("form[action$='/follow/'] [name=undo]").count() == 1
    peer.page.locator("#me-question a", has_text="回答").click()
    peer.page.locator("[name=text]").fill("先拍照留证,再发消息给房东限期。")
    peer.page.locator("form:has([name=text]) button").last.click()
    peer.page.get_by_text("先拍照留证").wait_for()

    # The receipt is still open in the asker's browser: accept it, and say it is solved.
    asker.go("/receipt/")
    page.get_by_role("link", name=_TITLE).click()
    page.locator("#me-question").get_by_role("link", name="更多").click()
    assert "这是你问的" in page.locator("main").inner_text()
    page.locator("form[action$='/accept/'] button").click()
    page.locator("button[value=solved]").click()
    asker.go(path)
    main = page.locator("main").inner_text()
    assert "提问者采纳了这个回答" in main
    assert "提问者说：解决了" in main


def test_a_draft_survives_a_lost_connection_and_is_sent_once(visitor):
    asker = visitor("draft")
    page = asker.page
    asker.go("/ask/")
    page.locator("[name=title]").fill("夜班宿舍太吵睡不着")
    page.locator("label:has([name=field][value=work])").click()
    page.locator("label:has([name=kind][value=talk])").click()
    page.locator("[name=text]").fill("白天装修,晚上打牌。")
    key = page.locator("[name=key]").input_value()
    page.wait_for_timeout(1000)

    asker.context.set_offline(True)
    page.locator("[data-submit]").click(no_wait_after=True)
    page.wait_for_timeout(500)
    asker.context.set_offline(False)
    asker.go("/ask/")

    page.get_by_text("已恢复上次没写完的内容").wait_for()
    assert page.locator("[name=title]").input_value() == "夜班宿舍太吵睡不着"
    assert page.locator("[name=key]").input_value() == key
    page.locator("[data-submit]").click()
    first = page.locator("#receipt-code").inner_text()
    # Gone back and sent again: the same question, the same receipt.
    page.go_back()
    asker.complaints.clear()
    page.locator("[name=key]").evaluate("(field, key) => { field.value = key }", key)
    page.locator("[name=title]").fill("夜班宿舍太吵睡不着")
    page.locator("label:has([name=field][value=work])").click()
    page.locator("label:has([name=kind][value=talk])").click()
    page.locator("[name=text]").fill("白天装修,晚上打牌。")
    page.locator("[data-submit]").click()
    page.locator("#receipt-code").wait_for()
    assert page.locator("#receipt-code").inner_text() == first
    asker.go("/?field=work")
    assert page.get_by_role("link", name="夜班宿舍太吵睡不着").count() == 1
