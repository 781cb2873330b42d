"""Pages fit a small telephone and large type, stand in one frame on a desk, and can be printed."""

import re

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    # The same bytes come from either database, and a browser takes its time with each.
    pytest.mark.skipif(connection.vendor != "sqlite", reason="shown with SQLite"),
]

PUBLIC = [
    "/",
    "/?region=410122&field=work&show=waiting",
    "/about/",
    "/orgs/",
    "/orgs/?kind=government",
    "/orgs/tuan-410122/",
    "/pulse/",
    "/rates/",
    "/rates/?by=month",
    "/rates/excluded/",
    "/ledger/",
    "/promises/",
    "/topics/",
    "/moderation/",
    "/rules/",
    "/privacy/",
    "/ask/",
    "/receipt/",
    "/accounts/login/",
    "/accounts/signup/",
    "/nowhere/",
]
#: By how much the page is wider than the screen.
_OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Where the page's first words begin, and where those of the header do.
_LEFT = "(what) => document.querySelector(what).getBoundingClientRect().left"
#: What a number stands in; those that help are called by a tap.
_UNCALLED = """
() => {
  // What people wrote and organisations are called is no sentence of the house's.
  const left = "script, a, .question__body, .answer__body, .comment__body";
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let one; (one = walk.nextNode()); ) {
    if (one.parentElement.closest(left)) continue;
    if (/(?<![0-9.-])(110|119|120|12355|12356|12338|12348)(?![0-9.-])/.test(one.data))
      found.push(one.data.trim());
  }
  return found;
}
"""


def questions(visitor):
    """Some of every kind: new, waiting, talked of, solved."""
    found = {}
    for show in ("new", "hot", "waiting", "solved"):
        visitor.go(f"/?show={show}")
        for link in visitor.page.locator(".rows a[href^='/q/']").all()[:2]:
            found[link.get_attribute("href")] = None
    return list(found)


@pytest.mark.parametrize(("width", "size"), [(320, "normal"), (390, "large")])
def test_nothing_scrolls_sideways(visitor, width, size):
    reader = visitor(width=width)
    reader.go("/about/")
    reader.page.evaluate(f"localStorage.setItem('youthvoice.size', '{size}')")

    over = {}
    for path in [*PUBLIC, *questions(reader)]:
        reader.go(path)
        reader.settle()
        for more in reader.page.locator("details[data-more] summary").all():
            more.click()
            over[path] = max(over.get(path, 0), reader.page.evaluate(_OVER))
            more.click()
        over[path] = max(over.get(path, 0), reader.page.evaluate(_OVER))
    reader.complaints[:] = [c for c in reader.complaints if "404" not in c]

    assert {path: by for path, by in over.items() if by} == {}


def test_one_frame_at_1280_and_each_number_that_helps_is_called_by_a_tap(visitor):
    reader = visitor(width=1280)
    lefts, uncalled = {}, {}
    for path in [*PUBLIC, *questions(reader)[:2]]:
        reader.go(path)
        if path != "/nowhere/":
            lefts[path] = round(reader.page.evaluate(_LEFT, "main h1"))
        uncalled[path] = reader.page.evaluate(_UNCALLED)
    logo = round(reader.page.evaluate(_LEFT, ".logo"))
    reader.complaints[:] = [c for c in reader.complaints if "404" not in c]

    assert {path: left for path, left in lefts.items() if left != logo} == {}
    assert {path: words for path, words in uncalled.items() if words} == {}


@pytest.mark.parametrize("ending", ["Escape", "a tap beside it"])
def test_what_folded_out_ends_with_esc_and_with_a_tap_beside_it(visitor, ending):
    reader = visitor()
    reader.go("/")
    reader.page.locator(".rows a[href^='/q/']").first.click()
    reader.settle()
    more = reader.page.locator("details.more")
    more.locator("summary").click()
    assert more.get_attribute("open") is not None

    if ending == "Escape":
        reader.page.keyboard.press("Escape")
    else:
        reader.page.locator("main h1").click(position={"x": 2, "y": 2})

    assert more.get_attribute("open") is None
    if ending == "Escape":
        assert reader.page.evaluate("document.activeElement.textContent").strip() == "更多"


def test_on_paper_stand_the_words_and_not_what_is_tapped(visitor):
    reader = visitor()
    reader.go("/")
    reader.page.locator(".rows a[href^='/q/']").first.click()
    reader.settle()
    reader.page.emulate_media(media="print")

    shown = {what: reader.page.locator(what).first.is_visible() for what in
             ("main h1", ".question__body", ".top__nav", ".act", ".bottom ul")}  # fmt: skip
    reader.page.emulate_media(media="screen")

    assert shown == {
        "main h1": True,
        ".question__body": True,
        ".top__nav": False,
        ".act": False,
        ".bottom ul": False,
    }


@pytest.mark.parametrize("picture", ["路灯坏了", "二食堂能不能", "石磨面粉", "停车架"])
def test_the_first_answer_begins_on_the_first_screen_beneath_a_picture(visitor, picture):
    reader = visitor()
    reader.go("/?show=new")
    while not (found := reader.page.locator(".rows a", has_text=picture)).count():
        reader.go("/" + reader.page.locator("a[rel=next]").get_attribute("href").lstrip("/"))
    reader.go(found.first.get_attribute("href"))
    reader.settle()

    assert reader.page.locator("#question .pictures img").count() == 1
    assert reader.page.viewport_size == {"width": 390, "height": 844}
    assert reader.page.locator(".answer").first.bounding_box()["y"] <= 700
    small = reader.page.locator("#question .pictures a").bounding_box()
    assert min(small["width"], small["height"]) >= 44


def _above(page):
    title = re.search(r'class="question__title">([^<]*)<', page)[1]
    has = ('href="/topics/' in page.split("question__title")[0], 'class="pictures' in page)
    return sum(has) + (len(title.strip()) > 15)


def test_a_long_question_leaves_its_answer_on_the_first_screen(visitor):
    reader = visitor(scripts=False)
    found = {}

    def get(path):
        return reader.context.request.get(reader.base + path).text()

    for show in ("solved", "hot", "new"):
        for number in re.findall(r'href="/q/(\d+)/"', get(f"/?show={show}")):
            page = get(f"/q/{number}/")
            if "is-long" in page and 'class="answer' in page:
                found[number] = page
    assert len(found) > 2
    # Those with the most above the words first: topics, pictures, a title of two lines.
    found = sorted(found, key=lambda one: -_above(found[one]))
    for number in found[:6]:
        reader.go(f"/q/{number}/")
        assert reader.page.locator(".answer").first.bounding_box()["y"] <= 700, number
    body = reader.page.locator("#whole")
    assert body.bounding_box()["height"] < body.evaluate("one => one.scrollHeight") - 1
    reader.page.get_by_role("link", name="看全文").click()
    assert abs(body.bounding_box()["height"] - body.evaluate("one => one.scrollHeight")) < 1
    assert not reader.page.locator(".question__whole").is_visible()


def test_six_fields_stand_in_one_line(visitor):
    for width in (390, 1280):
        reader = visitor(width=width)
        reader.go("/?show=new")
        chips = reader.page.locator(".filters__group").first.locator(".chip")
        tops = {round(chip.bounding_box()["y"]) for chip in chips.all()}
        assert len(tops) == 1, width
        right = chips.last.bounding_box()
        assert right["x"] + right["width"] <= width, width


def test_a_county_is_found_from_its_city(visitor):
    reader = visitor()
    reader.go("/?field=work")
    place = reader.page.locator("details.place")
    place.first.locator("summary").click()
    place.first.get_by_role("link", name="郑州", exact=True).click()
    place.nth(1).locator("summary").click()
    place.nth(1).get_by_role("link", name="中牟", exact=True).click()

    assert re.fullmatch(r"中牟县 · 工作 · .*", reader.page.title())
    assert place.all_inner_texts() == ["郑州市", "中牟县"]
    assert "region=410122" in reader.page.url
