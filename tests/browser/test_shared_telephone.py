"""One telephone, several people and several tabs: what is written belongs to its writer and tab."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

_MINE = {"title": "合租室友半夜外放音乐", "text": "说过三次了，他说睡不着。"}
_OTHERS = {"title": "夜市收摊以后满地竹签", "text": "早上骑车扎了两次胎。"}
_RECEIPT = re.compile(r'id="receipt-code">([\d ]{19})<')


def write(page, words):
    for name, value in words.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("label:has([name=field][value=life])").click()
    page.locator(".draft-line").wait_for()
    # What is kept a moment later is kept.
    page.wait_for_function(
        "words => Object.values({...localStorage, ...sessionStorage})"
        ".some(one => one.includes(words))",
        arg=words["text"],
    )


def written(page):
    return {name: page.locator(f"[name={name}]").input_value() for name in _MINE}


def nothing(page):
    return not any(written(page).values()) and page.locator(".draft-line").is_hidden()


def end_session(visitor):
    """As an idle one ends: by itself."""
    visitor.context.clear_cookies(name="sessionid")


def sign_out(visitor):
    visitor.go("/accounts/logout/")
    visitor.page.locator("main form button").click()
    visitor.page.wait_for_url(lambda url: "logout" not in url)


def kept(page):
    return page.evaluate(
        "() => Object.keys({...localStorage, ...sessionStorage})"
        ".filter(name => name.startsWith('youthvoice.draft.'))"
    )


def send(page):
    page.locator("[data-submit]").click()
    return page.locator("#receipt-code").inner_text()


def test_a_draft_is_shown_to_its_account_alone_until_an_own_sign_out(visitor):
    shared = visitor("shared")
    page = shared.page
    shared.sign_in_as("youth")
    shared.go("/ask/")
    write(page, _MINE)

    end_session(shared)
    shared.go("/ask/")
    assert nothing(page)
    shared.sign_in_as("expert")
    shared.go("/ask/")
    assert nothing(page)

    shared.sign_in_as("youth")
    shared.go("/ask/")
    page.get_by_text("已恢复上次没写完的内容").wait_for()
    assert written(page) == _MINE

    other = shared.context.new_page()
    other.goto(shared.base + "/accounts/logout/")
    other.locator("main form button").click()
    other.wait_for_url(lambda url: "logout" not in url)
    # The tab that stood open beside it shows nobody's words any more.
    page.wait_for_function("() => document.querySelector('[name=text]')?.value === ''")
    assert nothing(page)
    assert (kept(page), kept(other)) == ([], [])
    other.close()
    shared.go("/")
    page.go_back()
    assert nothing(page)
    shared.sign_in_as("youth")
    shared.go("/ask/")
    assert nothing(page)


def test_going_back_shows_nobody_what_another_account_was_writing(visitor):
    """The browser keeps forms by itself, and may keep whole pages."""
    shared = visitor("goes-back")
    page = shared.page
    shared.sign_in_as("youth")
    shared.go("/ask/")
    write(page, _MINE)
    shared.go("/about/")
    end_session(shared)
    shared.sign_in_as("expert")
    page.go_back()
    page.wait_for_function("() => document.readyState === 'complete'")
    assert nothing(page)

    # As it comes out of the browser's memory, with the words of whoever was here before.
    page.evaluate("words => { document.querySelector('[name=text]').value = words; }", "别人的话")
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert nothing(page)
    shared.sign_in_as("youth")
    shared.go("/ask/")
    assert written(page) == _MINE
    sign_out(shared)


def test_whoever_sends_next_gets_their_own_receipt_when_an_answer_was_lost(visitor):
    shared = visitor("lost-answer")
    page = shared.page
    shared.sign_in_as("youth")
    shared.go("/ask/")
    write(page, _MINE)
    page.locator("label:has([name=name_choice][value=nameless])").click()
    lost = []

    def lose(route):
        if route.request.method != "POST":
            route.continue_()
            return
        lost.append(_RECEIPT.search(route.fetch().text())[1])
        route.abort()

    page.route("**/ask/", lose)
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        page.locator("[data-submit]").click(no_wait_after=True)
    page.unroute("**/ask/")
    shared.complaints.clear()
    end_session(shared)

    shared.sign_in_as("expert")
    shared.go("/ask/")
    assert nothing(page)
    write(page, _OTHERS)
    page.locator("label:has([name=name_choice][value=nameless])").click()
    assert send(page) not in lost
    assert page.locator(".sent__title").inner_text() == _OTHERS["title"]

    shared.sign_in_as("youth")
    shared.go("/ask/")
    assert written(page) == _MINE
    assert [send(page)] == lost
    assert kept(page) == []
    sign_out(shared)


def test_questions_in_two_tabs_are_two(visitor):
    asker = visitor("two-tabs")
    first, second = asker.page, asker.context.new_page()
    asker.go("/ask/")
    write(first, _MINE)
    second.goto(asker.base + "/ask/")
    assert nothing(second)
    write(second, _OTHERS)
    first.reload()
    assert written(first) == _MINE

    assert send(first) != send(second)
    titles = [one.locator(".sent__title").inner_text() for one in (first, second)]
    assert titles == [_MINE["title"], _OTHERS["title"]]
    second.close()


def test_a_tab_that_was_duplicated_keeps_words_of_its_own(visitor):
    writer = visitor("duplicated")
    writer.sign_in_as("youth")
    first, second = writer.page, writer.context.new_page()
    writer.go("/ask/")
    write(first, _MINE)
    # A duplicate begins with what the first tab's own storage held.
    second.goto(writer.base + "/static/img/favicon.svg")
    name = first.evaluate("sessionStorage.getItem('youthvoice.tab')")
    second.evaluate("name => sessionStorage.setItem('youthvoice.tab', name)", name)
    second.goto(writer.base + "/ask/")
    assert written(second) == _MINE
    write(second, _OTHERS)

    for page, words in ((first, _MINE), (second, _OTHERS)):
        page.reload()
        assert written(page) == words
    second.close()
    sign_out(writer)


def test_words_of_a_closed_tab_are_offered_to_their_account(visitor):
    writer = visitor("closed-tab")
    writer.sign_in_as("youth")
    other = writer.context.new_page()
    other.goto(writer.base + "/ask/")
    write(other, _MINE)
    other.close()

    writer.go("/ask/")
    assert not any(written(writer.page).values())
    writer.page.get_by_role("button", name="拿到这里接着写").click()
    assert written(writer.page) == _MINE
    assert len(kept(writer.page)) == 1
    writer.page.get_by_role("button", name="不要了，重新写").click()
    writer.page.wait_for_function("() => document.querySelector('[name=text]')?.value === ''")
    assert kept(writer.page) == []


def test_signing_in_from_the_form_takes_the_words_along_and_nothing_else_does(visitor):
    writer = visitor("signs-in")
    page = writer.page
    writer.go("/ask/")
    write(page, _MINE)
    writer.go("/")
    writer.sign_in_as("expert")
    writer.go("/ask/")
    assert nothing(page)

    end_session(writer)
    writer.go("/ask/")
    assert written(page) == _MINE
    page.get_by_role("link", name="想用昵称，先登录").click()
    page.wait_for_url(lambda url: "login" in url)
    writer.sign_in_as("youth")
    writer.go("/ask/")
    assert written(page) == _MINE
    assert page.locator("[name=name_choice][value=named]").is_checked()
    # In the hands of the account alone from now on.
    end_session(writer)
    writer.go("/ask/")
    assert nothing(page)


def test_words_without_an_account_end_after_hours(visitor):
    writer = visitor("hours")
    page = writer.page
    writer.go("/ask/")
    write(page, _MINE)
    writer.go("/")
    page.evaluate(
        """() => { for (const name of Object.keys(sessionStorage)) {
          if (!name.startsWith("youthvoice.draft.")) continue;
          const draft = JSON.parse(sessionStorage[name]);
          draft.at -= 4 * 3600 * 1000 + 1;
          sessionStorage[name] = JSON.stringify(draft);
        } }"""
    )
    page.reload()
    assert kept(page) == []
    writer.go("/ask/")
    assert nothing(page)
