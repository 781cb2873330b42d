"""Somebody takes their data along, leaves, stays after all, and leaves for good."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PASSWORD = "kaifeng-baozi-7"
TITLE = "注销以后我的提问会怎么样"
#: As the worker's step runs, but a week and a day later.
WORK = """
import django; django.setup()
from datetime import timedelta
from youthvoice.kit import clock
from youthvoice.yours import actions
print(actions.erase_due(at=clock.now() + timedelta(days=8)))
"""


def a_week_later(house):
    environ = {**os.environ, **house.environ, "YOUTHVOICE_DATA": str(house.data)}
    done = subprocess.run(
        [sys.executable, "-c", WORK], env=environ, capture_output=True, text=True, check=True
    )
    return done.stdout.strip().splitlines()[-1]


def prove(youth):
    """Give the password again where it is asked for."""
    if "/reauthenticate/" in youth.page.url:
        youth.page.locator("[name=password]").fill(PASSWORD)
        youth.page.locator("main form button").first.click()
        youth.page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def sign_in(youth):
    youth.go("/accounts/login/")
    youth.page.locator("[name=login]").fill("leaver-1")
    youth.page.locator("[name=password]").fill(PASSWORD)
    youth.page.locator("main form button").first.click()
    youth.page.wait_for_url(lambda url: "/login/" not in url)
    # What comes after the page may move what is pressed next from under the finger.
    youth.settle()


def leave(youth):
    youth.go("/accounts/data/leave/")
    prove(youth)
    youth.settle()
    youth.page.get_by_role("button", name="注销我的账号").click()
    youth.page.get_by_role("heading", name="账号关上了").wait_for()


def test_export_leaving_and_staying(visitor, demo_house, tmp_path):
    youth = visitor("leaver")
    page = youth.page
    youth.go("/accounts/signup/")
    for name, value in {
        "nickname": "要走的人",
        "username": "leaver-1",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }.items():
        page.locator(f"[name={name}]").fill(value)
    for choice in ("[name=age_band][value='18']", "[name=agree_rules]", "[name=agree_privacy]"):
        page.locator(choice).check()
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "/signup/" not in url)
    youth.go("/ask/")
    page.locator("[name=title]").fill(TITLE)
    page.locator("label:has([name=field][value=life])").click()
    page.locator("label:has([name=kind][value=consult])").click()
    page.locator("[name=text]").fill("想知道注销账号之后，这里还留着什么。")
    page.locator("[name=region]").select_option("410122")
    page.locator("label:has([name=name_choice][value=named])").click()
    page.locator("[data-submit]").click()
    page.get_by_role("link", name=TITLE).click()
    asked = page.url.removeprefix(youth.base)

    # They take a copy along, once.
    youth.go("/accounts/data/")
    prove(youth)
    page.get_by_role("button", name="导出我的数据").click()
    for _try in range(60):
        if page.get_by_role("button", name="取走").count():
            break
        page.wait_for_timeout(500)
        youth.go("/accounts/data/")
    with page.expect_download() as coming:
        page.get_by_role("button", name="取走").click()
    coming.value.save_as(tmp_path / "mine.zip")
    with zipfile.ZipFile(tmp_path / "mine.zip") as packet:
        told = json.loads(packet.read("全部.json"))
    assert [q["标题"] for q in told["提问"]] == [TITLE]
    assert told["账号"][0]["登录名"] == "leaver-1"
    youth.go("/accounts/data/")
    page.get_by_text("上一份已经取走").wait_for()

    # They leave, think again, and stay.
    leave(youth)
    youth.go("/mine/")
    assert "/login/" in page.url
    youth.go(asked)
    assert TITLE in page.locator("h1").inner_text()
    sign_in(youth)
    page.get_by_role("button", name="我不注销了").click()
    page.get_by_text("账号还是你的").wait_for()
    sign_in(youth)
    youth.go("/mine/")
    page.get_by_role("link", name=TITLE).wait_for()
    assert a_week_later(demo_house) == "0"

    # They leave for good.
    leave(youth)
    assert a_week_later(demo_house) == "1"
    reader = visitor("reader")
    reader.page.goto(youth.base + asked)
    assert "已注销用户的内容" in reader.page.locator("main").inner_text()
    assert TITLE not in reader.page.content()
    # The browser itself notes the status of a page that is gone.
    assert all("410" in complaint for complaint in reader.complaints)
    reader.complaints.clear()
    youth.go("/accounts/login/")
    page.locator("[name=login]").fill("leaver-1")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.locator(".errors, .errorlist, [role=alert]").first.wait_for()
