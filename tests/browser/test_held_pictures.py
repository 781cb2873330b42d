"""Pictures stay with their form on a telephone: with scripts and without, in two tabs, after an
answer that was lost, and after a sign-in in between."""

import pytest

from youthvoice.pictures.tests.photos import photo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
_NUMBER = "房东电话 13800001234，不接。"


def _file(name, colour):
    content = photo((60, 80), colour=colour).getvalue()
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


_RED, _BLUE = _file("red.jpg", (200, 30, 30)), _file("blue.jpg", (30, 30, 200))


def _fill(page, title, text=_NUMBER, files=(_RED, _BLUE)):
    page.locator("[name=title]").fill(title)
    page.locator("[name=field][value=life]").check(force=True)
    page.locator("[name=text]").fill(text)
    page.locator("input[type=file]").set_input_files(list(files))


def _held(page):
    """What waits and is drawn: each small picture has come out of the page itself."""
    shown = page.locator(".held img")
    assert all(
        image.evaluate("image => image.complete && image.naturalWidth > 0") for image in shown.all()
    )
    return shown.count()


def _published(visitor, title):
    visitor.page.locator("#receipt-code").wait_for()
    visitor.complaints.clear()  # the browser had told of what came back
    visitor.page.get_by_role("link", name=title).click()
    visitor.page.wait_for_url(lambda url: "/q/" in url)
    return visitor.page.locator("main .pictures img").count()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_warning_loses_no_picture_and_one_can_be_left_out(visitor, scripts):
    asker = visitor(f"pictured-{scripts}", scripts=scripts)
    page, title = asker.page, f"墙面发霉谁来修 {scripts}"
    asker.go("/ask/")
    _fill(page, title)
    page.locator("[data-submit]").click()

    beside = page.locator(".personal--asked")
    beside.wait_for()
    assert "13800001234" in beside.inner_text()
    assert page.locator("#f-text.field--wrong, #f-text .field__errors").count() > 0
    assert _held(page) == 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".held input[name=held]").first.uncheck()
    page.locator("button[name=personal][value=mask]").click()

    assert _published(asker, title) == 1


def test_two_tabs_hold_their_own(visitor):
    asker = visitor("two-forms")
    page, other = asker.page, asker.context.new_page()
    asker.go("/ask/")
    other.goto(asker.base + "/ask/")
    _fill(page, "第一张表的图", files=[_RED])
    _fill(other, "第二张表的图")
    page.locator("[data-submit]").click()
    page.locator(".personal--asked").wait_for()
    other.locator("[data-submit]").click()
    other.locator(".personal--asked").wait_for()

    assert (_held(page), _held(other)) == (1, 2)
    page.locator("button[name=personal][value=mask]").click()
    assert _published(asker, "第一张表的图") == 1
    other.locator("button[name=personal][value=mask]").click()
    other.locator("#receipt-code").wait_for()
    other.get_by_role("link", name="第二张表的图").click()
    other.wait_for_url(lambda url: "/q/" in url)
    assert other.locator("main .pictures img").count() == 2
    other.close()
    asker.complaints.clear()


def test_a_lost_answer_and_a_sign_in_lose_none(visitor):
    asker = visitor("lost-answer")
    page = asker.page
    asker.go("/ask/")
    _fill(page, "答复丢在路上的图")
    page.locator("[data-submit]").click()
    page.locator(".personal--asked").wait_for()
    # As if this page had never come: the cookie is the form's own, not this answer's.
    asker.go("/ask/")
    page.locator(".held img").nth(1).wait_for()
    assert page.locator("[name=text]").input_value() == _NUMBER
    assert _held(page) == 2

    page.locator("[data-login-kept], a[href*='/accounts/login/']").first.wait_for()
    page.locator("main a[href*='/accounts/login/']").first.click()
    page.wait_for_url("**/accounts/login/**")
    asker.sign_in_as("youth")
    asker.go("/ask/")
    page.locator(".held img").nth(1).wait_for()
    page.locator("[name=text]").fill("房东一直不接电话。")
    page.locator("[name=name_choice][value=nameless]").check(force=True)
    page.locator("[data-submit]").click()

    assert _published(asker, "答复丢在路上的图") == 2
