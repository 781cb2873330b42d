"""Signing up young, and being asked again before writing, in a real browser."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_only_the_youngest_are_asked_for_a_guardian(visitor):
    newcomer = visitor("newcomer")
    page = newcomer.page
    newcomer.go("/accounts/signup/")
    guardian = page.locator("[name=guardian]")
    assert guardian.is_hidden()

    page.get_by_role("radio", name="未满 14 岁").check()
    guardian.wait_for()
    page.get_by_role("radio", name="18 岁以上").check()
    guardian.wait_for(state="hidden")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_what_was_written_is_not_lost_by_being_asked(visitor, scripts):
    youth = visitor("youth", scripts=scripts)
    page = youth.page
    youth.sign_in_as("youth")
    youth.go("/accounts/consents/")
    page.locator("#privacy button[value=withdraw]").click()
    page.locator("#privacy button[value=give]").wait_for()

    title = "自习室能不能晚点关门" + ("" if scripts else "，真的想知道")
    youth.go("/ask/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=field][value=study]").check(force=True)
    page.locator("[name=text]").fill("九点就关了。\n\n想学到十点。")
    page.locator("[data-submit]").click()
    page.get_by_label("我同意隐私说明").check()
    page.get_by_role("button", name="同意，发出去").click()
    page.get_by_role("link", name=title).first.click()

    assert "想学到十点。" in page.locator("main").inner_text()
    youth.complaints[:] = [c for c in youth.complaints if "403" not in c]
