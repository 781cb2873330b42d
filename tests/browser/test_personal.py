"""Numbers that lead to a person are noticed while typing, and hidden with one tap."""

import pytest

from youthvoice.safety.tests.disguises import DISGUISED, ORDINARY

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


def test_the_hint_looks_through_disguises_and_leaves_what_is_none(visitor):
    """What the script misses the server finds: here stands what most people write."""
    asker = visitor("disguised")
    asker.go("/ask/")
    text = asker.page.locator("[name=text]")
    hint = asker.page.locator("[data-personal-hint]")
    beyond = {"138OO001234", "l38 0000 1234", "1、3、8、0、0、0、0、1、2、3、4"}

    for said in [said for said in DISGUISED["phone"][:24] if said not in beyond]:
        text.fill("无事。")
        assert hint.is_hidden(), said
        text.fill(f"请看：{said}。")
        assert hint.is_visible(), said
    for said in ORDINARY:
        text.fill(f"请看：{said}。")
        assert hint.is_hidden(), said


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
