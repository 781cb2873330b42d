"""The house's own pages never run into its content security policy, whoever walks them."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Error, Page

from tests.browser.visitors import FRAGMENTS_HAVE_COME, NOTE_FRAGMENTS
from tests.browser.watching import Watched, watch

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    # The same bytes come from either database, and a browser takes its time with each.
    pytest.mark.skipif(connection.vendor != "sqlite", reason="shown with SQLite"),
]

#: Where each walk begins; from there it follows links, one of each kind.
BEGIN = ["/", "/ask/", "/receipt/", "/pulse/", "/about/", "/orgs/", "/mine/", "/desk/", "/nowhere/"]
MOST = {"nobody": 16, "county": 10, "operator": 24}
#: The same bytes for everybody, but for what comes to these afterwards.
PERSONAL = {"/", "/q/…/"}
#: Addresses that differ in these only are of one kind.
_WHICH = re.compile(r"\d+|tuan-[\w-]+|line-[\w-]+|expert-[\w-]+|\?.*|#.*")

_TOUCH = """
() => {
  const all = (what) => document.querySelectorAll(what);
  for (const one of all("summary, button[type=button]")) one.click();
  for (const one of all("textarea, input[type=text]")) {
    one.focus();
    one.value = "电话 13800001234";
    one.dispatchEvent(new Event("input", {bubbles: true}));
  }
}
"""


def kind_of(path: str) -> str:
    return _WHICH.sub("…", path)


@pytest.fixture
def walker(browser, demo_house):
    context = browser.new_context(
        viewport={"width": 1100, "height": 900}, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    context.add_init_script(NOTE_FRAGMENTS)
    yield watch(context, f"http://127.0.0.1:{demo_house.port}")
    context.close()


def links_of(page) -> list[str]:
    found = page.evaluate("() => [...document.querySelectorAll('a[href]')].map(a => a.href)")
    parts = [urlsplit(link) for link in found if link.startswith(page.url.split("/", 3)[0])]
    here = urlsplit(page.url).netloc
    return [p.path + (f"?{p.query}" if p.query else "") for p in parts if p.netloc == here]


def _open(page: Page, url: str) -> bool:
    """Whether the page is public. A button pressed on the one before may be leading on still."""
    try:
        found = page.goto(url, wait_until="load")
    except Error as problem:
        if "interrupted by another navigation" not in str(problem):
            raise
        page.wait_for_load_state("load")
        found = page.goto(url, wait_until="load")
    return found is not None and found.headers.get("cache-control", "").startswith("public")


def test_no_page_of_ours_is_stopped_by_its_own_policy(walker):
    public: set[str] = set()
    for role, most in MOST.items():
        walker.page.context.clear_cookies()
        seen = walk(walker, role, most, public)
        assert len(seen) > most * 3 // 4, (role, seen)
    assert walker.reports == []
    assert walker.ran == []
    assert walker.strangers == []


def walk(walker: Watched, role: str, most: int, public: set[str]) -> set[str]:
    """So many kinds of pages; those that are `public` already only once for all roles."""
    page = walker.page
    if role != "nobody":
        page.goto(f"{walker.base}/demo/")
        page.locator(f"form:has([name=role][value={role}]) button").click()
        page.wait_for_url(lambda url: "/demo/" not in url)
    waiting = [*BEGIN, *(["/admin/"] if role == "operator" else [])]
    seen: set[str] = set()
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in seen or kind in public - PERSONAL or "/logout" in path:
            continue
        seen.add(kind)
        if _open(page, walker.base + path):
            public.add(kind)
        page.wait_for_function(FRAGMENTS_HAVE_COME)
        waiting += links_of(page)
        # What opens, is pressed or takes words does so.
        page.evaluate(_TOUCH)
        page.wait_for_timeout(100)  # one of the buttons may lead on
        page.wait_for_load_state("load")
    return seen


def test_a_page_that_breaks_the_policy_is_found(walker):
    walker.page.goto(f"{walker.base}/about/")
    walker.page.evaluate("() => document.body.setAttribute('onclick', 'x()')")
    walker.page.evaluate(
        "() => { document.body.append(Object.assign(new Image(), {src: '//a.test/'})) }"
    )
    walker.page.wait_for_timeout(200)  # the policy tells of it a little later

    assert any("script-src-attr" in report for report in walker.reports)
    assert any("img-src" in report for report in walker.reports)
