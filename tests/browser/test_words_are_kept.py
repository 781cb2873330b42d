"""Whatever form takes words keeps them until they are taken, on a telephone's width."""

import pytest

from tests.browser.test_shared_telephone import end_session, kept

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
_WORDS = "先去街道登记，带上身份证和合同。\n当天就能开证明。"


def _question(visitor):
    """The address of a question that waits at the county where one works."""
    visitor.go("/desk/")
    found = visitor.page.locator("a[href*='/cases/']").first.get_attribute("href")
    return found.split("#")[0]


def _kept(page, words):
    page.wait_for_function(
        "words => Object.values({...localStorage, ...sessionStorage})"
        ".some(one => one.includes(words))",
        arg=words.split("\n")[0],
    )


def test_a_reply_outlives_the_session(visitor):
    staff = visitor("staff")
    page = staff.page
    staff.sign_in_as("county")
    case = _question(staff)
    staff.go(case)
    act = page.locator(".reply form[method=post]").get_attribute("action")
    page.locator(".reply textarea[name=text]").fill(_WORDS)
    _kept(page, _WORDS)
    end_session(staff)

    page.locator(".reply .form__end button").click()
    page.get_by_role("heading", name="没有发出去，先登录").wait_for()
    assert page.locator(".given-back textarea").input_value() == _WORDS
    staff.complaints.clear()
    page.get_by_role("link", name="去登录").click()
    page.wait_for_url(lambda url: "/accounts/login/?next=%2Fcases%2F" in url)
    staff.sign_in_as("county")
    # The address of the act itself is none to open; its page is one tap away.
    staff.go(act)
    staff.complaints.clear()
    page.get_by_role("link", name="去那一页").click()
    page.get_by_text("已恢复上次没写完的内容").wait_for()
    assert page.locator(".reply textarea[name=text]").input_value() == _WORDS
    # It is the same lane; the words for one are not those for another of the same case.
    lane = page.locator(".reply [name=lane]").first.input_value()
    assert (act.split("?")[1], page.url.split("?")[1]) == (f"lane={lane}", f"lane={lane}")

    def as_another(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(f"?lane={lane}", "?lane=9"))

    page.route("**/cases/*/?lane=*", as_another)
    page.reload()
    assert page.locator(".reply textarea[name=text]").input_value() == ""
    page.unroute_all()
    page.reload()
    page.get_by_text("已恢复上次没写完的内容").wait_for()

    # Two forms of one page don't take each other's words.
    note = page.locator(".notes-side textarea[name=text]")
    assert note.input_value() == ""
    note.fill("窗口周六也开。")
    _kept(page, "窗口周六也开。")
    page.locator(".notes-side .form__end button").click()
    page.locator(".note", has_text="窗口周六也开。").wait_for()
    assert note.input_value() == ""
    assert page.locator(".reply textarea[name=text]").input_value() == _WORDS
    assert len(kept(page)) == 1
    page.get_by_role("button", name="不要了，重新写").click()
    assert page.locator(".reply textarea[name=text]").input_value() == ""
    assert kept(page) == []


def test_a_sign_in_in_another_tab_loses_no_word(visitor):
    asker = visitor("other-tab")
    page = asker.page
    asker.go("/ask/")
    page.locator("[name=title]").fill("居住证到期怎么续")
    page.locator("label:has([name=field][value=life])").click()
    page.locator("[name=text]").fill(_WORDS)
    _kept(page, _WORDS)
    asker.sign_in_as("youth")

    page.locator("[data-submit]").click()
    page.get_by_text("你写的字都在下面，没有丢。").wait_for()
    given = page.locator(".given-back textarea")
    assert [given.nth(at).input_value() for at in range(2)] == ["居住证到期怎么续", _WORDS]
    asker.complaints.clear()
    page.get_by_role("link", name="回到那一页").click()
    page.get_by_text("已恢复上次没写完的内容").wait_for()
    assert page.locator("[name=text]").input_value() == _WORDS
    assert page.locator("[name=title]").input_value() == "居住证到期怎么续"


def test_words_are_given_back_without_scripts(visitor):
    staff = visitor("plain-staff", scripts=False)
    staff.sign_in_as("county")
    staff.go(_question(staff))
    staff.page.locator(".reply textarea[name=text]").fill(_WORDS)
    end_session(staff)

    staff.page.locator(".reply .form__end button").click()

    assert staff.page.locator(".given-back textarea").input_value() == _WORDS
    staff.complaints.clear()


def test_what_is_too_long_for_a_title_goes_on_in_the_text(visitor):
    """Nothing of what is typed on the home page is cut off, and no form is refused for it."""
    first = "三个月的工资一直不给，问他要就说等到下个月，再问就不让我去上班了，合同也没签过"
    # Its first stop lies beyond what a title holds.
    rest = "这样一直拖下去的话我这三个月的工资到底还能不能要回来，要先去找谁"
    for typed, title, text in [
        (f"{first}，{rest}", first, rest),
        ("长" * 70, "长" * 59 + "…", "…" + "长" * 11),
    ]:
        writer = visitor(f"writer of {len(typed)} signs")
        page = writer.page
        writer.go("/")
        page.get_by_role("textbox", name="有什么想说的？").fill(typed)
        page.get_by_role("button", name="说出来").click()
        page.wait_for_url(lambda url: url.endswith("/ask/"))
        page.wait_for_function("document.querySelector('[name=title]').value")
        assert page.locator("[name=title]").input_value() == title
        assert page.locator("[name=text]").input_value() == text
