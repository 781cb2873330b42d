"""A member of staff, their telephone and a passkey: the second factor in a real browser."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.browser.conftest import OPERATOR_PASSWORD as PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def fits(one):
    """No page is wider than the telephone."""
    one.settle()
    wide = one.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, one.page.url


def sign_in(one, name, wanted="/desk/"):
    one.go(f"/accounts/login/?next={wanted}")
    one.page.locator("[name=login]").fill(name)
    one.page.locator("[name=password]").fill(PASSWORD)
    one.page.locator("main form button").first.click()
    one.page.wait_for_url(lambda url: "/login/" not in url)


def sign_out(one):
    one.go("/accounts/logout/")
    one.page.locator("main form button").first.click()
    one.page.wait_for_url(lambda url: "logout" not in url)


def give_code(one, code):
    one.page.locator("[name=code]").fill(code)
    one.page.locator("main form button[type=submit]").first.click()


def again(one):
    """The password once more, before something that concerns the account's safety."""
    one.page.locator("[name=password]").fill(PASSWORD)
    one.page.locator("main form button").first.click()


def code_of(secret, step):
    return format_hotp_value(hotp_value(secret, step))


def now():
    return int(time.time()) // 30


def test_a_member_of_staff_sets_up_an_app_and_signs_in_with_it(visitor):
    operator = "op-app"
    one = visitor("staff")
    sign_in(one, operator)
    one.page.get_by_text("办理和后台要多一步验证").wait_for()
    fits(one)
    one.page.get_by_role("link", name="设置验证应用").click()
    fits(one)
    again(one)

    picture = one.page.locator("img.code-picture")
    assert picture.evaluate("image => image.naturalWidth") > 0
    fits(one)
    one.page.locator("summary").click()
    secret = one.page.locator("#secret").inner_text()
    fits(one)
    first = now()
    give_code(one, code_of(secret, first))

    codes = one.page.locator("#codes").inner_text().split()
    assert len(codes) == 10
    fits(one)
    one.page.get_by_role("link", name="抄好了，继续").click()
    one.page.wait_for_url("**/desk/")
    assert one.page.request.get(one.base + "/admin/").url.endswith("/admin/")
    sign_out(one)

    # The next day: a new code, good once.
    code = code_of(secret, first + 1)
    sign_in(one, operator)
    fits(one)
    give_code(one, code)
    one.page.wait_for_url("**/desk/")
    sign_out(one)
    sign_in(one, operator)
    give_code(one, code)
    one.page.locator("#errors").wait_for()
    assert "已经用过了" in one.page.locator("#errors").inner_text()
    fits(one)

    # Without the telephone: a code from the paper, good once.
    give_code(one, codes[0])
    one.page.wait_for_url("**/desk/")
    sign_out(one)
    sign_in(one, operator)
    give_code(one, codes[0])
    one.page.locator("#errors").wait_for()

    give_code(one, codes[1])
    one.page.wait_for_url("**/desk/")
    one.go("/accounts/sessions/")
    assert "平板 · Chrome" in one.page.locator("main").inner_text()
    fits(one)
    one.go("/accounts/2fa/")
    fits(one)


def test_a_member_of_staff_signs_in_with_a_passkey(visitor):
    operator = "op-passkey"
    one = visitor("passkey", width=390)
    # A passkey belongs to a name, and 127.0.0.1 is none.
    one.base = re.sub(r"127\.0\.0\.1", "localhost", one.base)
    devtools = one.context.new_cdp_session(one.page)
    devtools.send("WebAuthn.enable")
    device = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(one, operator)
    one.page.get_by_role("link", name="添加通行密钥").click()
    again(one)
    one.page.locator("[name=name]").wait_for()
    fits(one)
    one.page.locator("[name=name]").fill("我的手机")
    one.page.get_by_role("button", name="添加", exact=True).click()
    one.page.get_by_role("link", name="抄好了，继续").click()
    one.page.wait_for_url("**/desk/")
    sign_out(one)

    sign_in(one, operator)
    fits(one)
    one.page.get_by_role("button", name="用通行密钥").click()
    one.page.wait_for_url("**/desk/")

    # Another device, which has none: it is said, and a code would still do.
    sign_out(one)
    devtools.send("WebAuthn.clearCredentials", {"authenticatorId": device["authenticatorId"]})
    sign_in(one, operator)
    one.page.get_by_role("button", name="用通行密钥").click()
    one.page.get_by_text("没有成功").wait_for()
    assert one.page.locator("[name=code]").is_visible()


def test_the_pages_work_without_scripts(visitor):
    operator = "op-plain"
    one = visitor("plain-factor", scripts=False)
    sign_in(one, operator)
    one.page.get_by_role("link", name="添加通行密钥").click()
    again(one)
    one.page.get_by_text("可以用验证应用").wait_for()
    assert one.page.locator("[data-passkey]").is_hidden()
