"""Somebody in danger: help while they type, nothing in public, and a person who looks."""

import pytest

from youthvoice.safety import signs
from youthvoice.safety.tests.measuring import HERE, read

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def send(page, title, text):
    page.locator("[name=title]").fill(title)
    page.locator("[name=field][value=life]").check(force=True)
    page.locator("[name=text]").fill(text)
    page.locator("[data-submit]").click()
    page.locator("#receipt-code").wait_for()


def no_wider_than_the_window(page):
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_help_while_typing_and_nothing_leaves_the_browser_for_it(visitor):
    asker = visitor("danger-typing")
    page = asker.page
    asker.go("/ask/")
    asker.settle()
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    help_ = page.locator("[data-crisis-help]")
    assert page.locator("p.crisis a[href='tel:12356']").is_visible()

    page.locator("[name=text]").fill("加班累死了，想死你们了。")
    assert help_.is_hidden()
    page.locator("[name=text]").fill("其实我不 想 活了")
    help_.wait_for()

    assert help_.locator("a[href='tel:12356']").is_visible()
    assert sent == []
    assert no_wider_than_the_window(page)


#: What a browser might cut or fold otherwise than the server.
ODD = [
    "",
    "。。。",
    "𠮷𠮷，我 不 想 活 了",
    "我想自\u200b杀",
    "a@ $b 5b 我想ｚｉｓｈａ",
    "①②③ ½ ﷺ ㋋ ﬃ Ǆ ß İ е́",
    "字" * 300,
    "我被他打了" * 40,
    "一\t二\x0b三\u2028四\x85五\r\n六",
    "constructor __proto__ toString 活着",
]


def test_the_script_weighs_as_the_server_does(visitor):
    asker = visitor("danger-weighing")
    asker.go("/ask/")
    texts = [text for part in ("dev", "test") for _kind, text in read(HERE / f"{part}.jsonl")]
    texts = [*texts[::3], *ODD]

    weighed = asker.page.evaluate("texts => texts.map(signsOfDanger.weigh)", texts)
    found = asker.page.evaluate("texts => texts.map(signsOfDanger.found)", texts)

    assert weighed == [signs.strongest(text).score for text in texts]
    assert found == [bool(signs.find(text)) for text in texts]
    assert 0 < sum(found) < len(texts)


def test_from_asking_to_an_outcome_and_a_false_alarm(visitor):
    asker = visitor("danger", scripts=False)
    asker.go("/ask/")
    send(asker.page, "晚上睡不着的时候", "我不想活了，不知道跟谁说。")
    assert "先不公开" in asker.page.locator("main").inner_text()
    asker.page.locator("main .sent__title a").click()
    asker.page.wait_for_url("**/private/")
    private = asker.page.url
    assert asker.page.get_by_role("button", name="这是误会").is_visible()
    public = visitor("public")
    public.go("/?show=new")
    assert "晚上睡不着的时候" not in public.page.content()
    assert public.context.request.get(private).status == 404

    lead = visitor("lead", width=1280)
    lead.sign_in_as("operator")
    lead.go("/crisis/")
    page = lead.page
    page.locator(".records a").click()
    assert "我不想活了" in page.locator("main").inner_text()
    page.locator("[name=to]").select_option("12355")
    page.locator("[name=note]").fill("打了 12355，值班老师接了。")
    page.get_by_role("button", name="记下来").click()
    page.get_by_text("值班老师接了").wait_for()
    assert no_wider_than_the_window(page)
    page.locator("[data-false-alarm]").click()
    page.get_by_text("原来的提问照常公开").wait_for()
    lead.settle()

    public.go_for("/?show=new", "晚上睡不着的时候")
    asker.go("/ask/")
    send(asker.page, "再说一次", "我真的不想活了。")
    lead.go("/crisis/")
    page.locator(".records a").first.click()
    page.locator("[name=outcome][value=safe]").check(force=True)
    page.get_by_role("button", name="结束这条记录").click()
    page.get_by_role("heading", name="要不要公开").wait_for()
    lead.settle()
    public.go("/?show=new")
    assert "再说一次" not in public.page.content()
