"""A report, a stone, an appeal, and the words are back: each step by another person."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

_TITLE = "夜市摊位费一年涨了三回"
_TEXT = "隔壁摊主说再涨就不干了，我也在想要不要退租。"


def test_a_report_a_stone_an_appeal_and_the_words_are_back(visitor):
    asker = visitor("moderated")
    page = asker.page
    asker.go("/ask/")
    page.locator("[name=title]").fill(_TITLE)
    page.locator("label:has([name=field][value=startup])").click()
    page.locator("label:has([name=kind][value=talk])").click()
    page.locator("[name=text]").fill(_TEXT)
    page.locator("[data-submit]").click()
    receipt = page.locator("#receipt-code").inner_text()
    assert re.fullmatch(r"[\d ]{19}", receipt)
    page.get_by_role("link", name=_TITLE).click()
    page.wait_for_url(re.compile(r"/q/\d+/$"))
    path = "/" + page.url.split("/", 3)[3]

    # A youth reports it.
    youth = visitor("reporter")
    youth.sign_in_as("youth")
    youth.go(path)
    youth.page.locator("#me-question summary").click()
    youth.page.get_by_role("link", name="举报提问").click()
    youth.page.locator("label:has([name=reason][value=abuse])").click()
    youth.page.locator("[name=note]").fill("像是在骂人")
    youth.page.locator("form:has([name=reason]) button").click()
    youth.page.get_by_role("heading", name="收到了").wait_for()

    # A member on duty hides it.
    duty = visitor("hider")
    duty.sign_in_as("duty")
    duty.go("/desk/")
    duty.page.get_by_role("link", name=re.compile("举报处理")).click()
    duty.page.locator(".case__title a", has_text=_TITLE).click()
    duty.page.get_by_text("像是在骂人").wait_for()
    duty.page.get_by_role("link", name="隐藏……").click()
    duty.page.locator("label:has([name=reason][value=abuse])").click()
    duty.page.locator("label:has([name=sure])").click()
    duty.page.locator("form:has([name=sure]) button").click()
    duty.page.get_by_role("heading", name="已隐藏").wait_for()

    # The nameless asker comes back with the receipt, reads why, and appeals.
    back = visitor("appealing")
    back.go("/receipt/")
    back.page.locator("[name=code]").fill(receipt)
    back.page.locator("form:has([name=code]) button").click()
    back.page.locator("#me-asker").get_by_text("按规则隐藏了你的话").wait_for()
    stone = back.page.locator("main").inner_text()
    assert _TEXT not in stone
    assert _TITLE not in stone
    back.page.get_by_role("link", name="看原话，可以申诉").click()
    back.page.get_by_text(_TEXT).wait_for()
    assert "值班的小秦" not in back.page.content()
    back.page.locator("[name=text]").fill("我没有骂任何人。")
    back.page.get_by_role("button", name="申诉").click()
    back.page.get_by_text("已经收到。由另外的人来看").wait_for()

    # Who hid it can't decide; an operator restores it.
    duty.go("/moderation/queue/?show=appeals")
    assert duty.page.get_by_text("没有等着复核的申诉").count() == 1
    operator = visitor("operator")
    operator.sign_in_as("operator")
    operator.go("/moderation/queue/?show=appeals")
    operator.page.locator(".case__title a").click()
    operator.page.get_by_text("我没有骂任何人").wait_for()
    operator.page.get_by_role("link", name="复核……").click()
    operator.page.locator("label:has([name=decision][value=restore])").click()
    operator.page.locator("[name=answer]").fill("通篇没有一句骂人的话。")
    operator.page.locator("form:has([name=decision]) button").click()
    operator.page.get_by_role("heading", name="申诉后恢复").wait_for()

    # The words are back, and the asker reads why.
    back.page.reload()
    back.page.get_by_text("结果：恢复显示").wait_for()
    back.page.get_by_text("通篇没有一句骂人的话").wait_for()
    reader = visitor("reader-of-restored")
    reader.go(path)
    assert _TEXT in reader.page.locator("main").inner_text()
    youth.go("/moderation/mine/?tab=reports")
    youth.page.get_by_text("隐藏过，后来恢复了").wait_for()
    reader.go("/moderation/")
    assert "团河南省委" in reader.page.locator("main").inner_text()


def test_a_comment_is_reported_without_scripts_and_without_an_account(visitor):
    somebody = visitor("plain-reporter", scripts=False)
    somebody.go("/?field=life")
    somebody.page.get_by_role("link", name="一个人吃饭，你们会坐靠墙还是靠窗").click()
    somebody.page.get_by_role("link", name="举报这条评论").first.click()
    somebody.page.locator("[name=reason][value=spam]").check(force=True)
    somebody.page.locator("form:has([name=reason]) button").click()

    assert "没法单独告诉你结果" in somebody.page.locator("main").inner_text()
