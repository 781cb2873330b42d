"""Numbers that lead to a person are noticed while typing, and hidden with one tap."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_number_is_noticed_while_typing_and_hidden_with_one_tap(visitor):
    asker = visitor("typing")
    asker.go("/ask/")
    text = asker.page.locator("[name=text]")
    hint = asker.page.locator("[data-personal-hint]")
    text.fill("中介说加他微信再谈。")
    assert hint.is_hidden()

    text.fill("中介电话 13800001234，微信 zhongjie_88。")
    hint.wait_for()
    hint.locator("button").click()

    assert text.input_value() == "中介电话 138••••••••，微信 zho••••••••。"
    assert hint.is_hidden()


def test_without_scripts_the_server_asks_before_it_publishes(visitor):
    asker = visitor("plain-number", scripts=False)
    page = asker.page
    asker.go("/ask/")
    page.locator("[name=title]").fill("押金不退怎么办")
    page.locator("[name=field][value=life]").check(force=True)
    page.locator("[name=text]").fill("房东电话１３８００００１２３４。")
    page.locator("[data-submit]").click()

    page.locator("button[name=personal][value=mask]").click()
    page.locator("#receipt-code").wait_for()
    asker.complaints.clear()  # the browser had told of the 422
    page.get_by_role("link", name="押金不退怎么办").click()

    assert "房东电话１３８••••••••。" in page.locator("main").inner_text()
