"""A house that seals: told before asking, opened by two with their files, told afterwards."""

import pytest

from tests.sealing import REASON, WORDS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_record_is_opened_by_two_and_its_asker_is_told(visitor, demo_house, sealing_keys):
    youth = visitor("youth")
    youth.sign_in_as("youth")
    youth.go("/ask/")
    told = youth.page.locator(".namewords").inner_text()
    assert "加密封存 184 天" in told
    assert "不登录就问，什么也不封存" in told
    youth.page.locator("[name=title]").fill("想问一件不敢留名的事")
    youth.page.locator("label:has([name=field][value=life])").click()
    youth.page.locator("[name=text]").fill("不知道该找谁。")
    youth.page.locator("label:has([name=name_choice][value=nameless])").click()
    youth.page.locator("[data-submit]").click()
    youth.page.locator("#receipt-code").wait_for()
    path = youth.page.locator(".sent__title a").get_attribute("href")

    lead = visitor("lead")
    lead.sign_in_as("lead")
    lead.go("/sealed/")
    lead.settle()
    lead.page.get_by_role("link", name="提出打开一条").click()
    lead.page.locator("[name=question]").fill(path.strip("/").split("/")[1])
    lead.page.locator("label:has([name=ground][value=crime])").click()
    lead.page.locator("[name=reason]").fill(REASON)
    lead.page.get_by_role("button", name="提出").click()
    lead.page.get_by_text("现在轮到另一位").wait_for()

    operator = visitor("operator", scripts=False)
    operator.sign_in_as("operator")
    operator.go("/sealed/")
    operator.page.locator(".opening a").click()
    operator.page.get_by_role("button", name="同意打开", exact=True).click()
    operator.page.get_by_text("现在轮到另一位").wait_for()

    lead.settle()
    lead.page.reload()
    lead.settle()
    lead.page.locator("[name=key_file]").set_input_files(sealing_keys["operator"])
    lead.page.locator("[name=passphrase]").fill(WORDS["first"])
    lead.page.get_by_role("button", name="解开外层").click()
    lead.page.get_by_text("这不是要用的那把钥匙").wait_for()
    lead.page.locator("[name=key_file]").set_input_files(sealing_keys["lead"])
    lead.page.locator("[name=passphrase]").fill(WORDS["first"])
    lead.page.get_by_role("button", name="解开外层").click()
    lead.page.get_by_text("现在轮到另一位").wait_for()

    operator.page.reload()
    operator.page.locator("[name=key_file]").set_input_files(sealing_keys["operator"])
    operator.page.locator("[name=passphrase]").fill(WORDS["second"])
    operator.page.get_by_role("button", name="打开，只看这一次").click()
    operator.page.get_by_text("demo-youth", exact=True).wait_for()
    operator.go("/sealed/")
    assert "demo-youth" not in operator.page.content()

    youth.settle()
    youth.go(path)
    youth.page.get_by_text("你的身份记录在").wait_for()
    assert REASON in youth.page.locator("#me-asker").inner_text()
    assert "demo-youth" not in demo_house.log()
    assert not any(words in demo_house.log() for words in WORDS.values())
    youth.settle()
    lead.settle()
    # The browser itself notes the status of the page with the wrong key, when it comes to it.
    lead.complaints[:] = [c for c in lead.complaints if "422" not in c]
