"""Somebody who is too fast is told on the spot how long to wait."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_refused_tap_says_how_long_to_wait(visitor):
    youth = visitor("fast")
    youth.sign_in_as("youth")
    youth.go("/?state=answered")
    youth.page.locator("a[href^='/q/']").first.click()
    youth.settle()
    youth.page.route("**/follow/", lambda route: route.fulfill(
        status=429, headers={"Retry-After": "700"}, body="先等一等"))  # fmt: skip

    youth.page.locator("form[action$='/follow/'] button").first.click()

    youth.page.get_by_text("没有发出去。请 12 分钟后再试。").wait_for()
    # The browser itself notes the status of what it fetched.
    assert all("429" in complaint for complaint in youth.complaints)
    youth.complaints.clear()
