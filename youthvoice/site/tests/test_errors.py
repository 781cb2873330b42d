"""What can't be done is said on a page, with a sentence and a way home."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.factories import PersonFactory, ask
from youthvoice.limits.choices import What
from youthvoice.limits.tests.filling import fill_up

pytestmark = pytest.mark.django_db


def page(response, status, title):
    """An error's page: whole, in Chinese, with a heading, a sentence and a way home."""
    assert response.status_code == status
    assert response["Content-Type"] == "text/html; charset=utf-8"
    shown = response.content.decode()
    assert shown.startswith("<!doctype html>")
    assert shown.count("<h1") == 1
    assert title in shown
    assert 'href="/"' in shown
    assert "Traceback" not in shown
    return shown


def test_no_such_page(client, house):
    page(client.get("/nowhere/"), 404, "没有这一页")
    page(client.post("/nowhere/"), 404, "没有这一页")
    page(client.get("/q/99/"), 404, "没有这一页")


def test_no_entry(client, house):
    client.force_login(PersonFactory())

    page(client.get("/desk/"), 403, "进不去")


def test_a_form_without_its_token(house):
    client = Client(enforce_csrf_checks=True)
    client.force_login(PersonFactory())

    for path in ("/ask/", "/receipt/", "/receipt/close/"):
        page(client.post(path, {"title": "没有令牌"}), 403, "没有发出去")


def test_too_many_tries_by_our_own_limits(client, house):
    person = PersonFactory()
    client.force_login(person)
    fill_up(What.FOLLOW, person.pk)

    response = client.post(f"/q/{ask().pk}/follow/")

    assert "你刚才点得太快，请 1 小时" in page(response, 429, "先等一等")
    assert 3600 <= int(response["Retry-After"]) <= 3660
    assert "no-store" in response["Cache-Control"]


def test_too_many_tries_by_the_limits_of_allauth(client):
    responses = [client.post("/accounts/login/", {}) for _ in range(121)]

    assert [r.status_code for r in responses] == [200] * 120 + [429]
    assert "请 1 分钟后再试" in page(responses[-1], 429, "先等一等")
    assert responses[-1]["Retry-After"] == "60"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "a b", "testserver@evil"])
def test_a_request_for_another_site(client, house, host):
    page(client.get("/", headers={"host": host}), 400, "看不懂")


def test_a_form_of_too_many_fields(client, house, settings):
    fields = {f"field{n}": "x" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}

    page(client.post("/ask/", fields), 400, "看不懂")


def test_a_form_of_too_many_bytes(client, house, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    page(client.post("/ask/", {"text": "x" * 2000}), 400, "看不懂")


def test_a_view_that_fails_tells_nothing_of_why(house, settings):
    settings.ROOT_URLCONF = "youthvoice.site.tests.failing_urls"
    client = Client(raise_request_exception=False)

    shown = page(client.get("/fail/"), 500, "出错了")

    assert "ZeroDivision" not in shown
    assert "what somebody wrote" not in shown


def test_a_house_without_its_database_still_says_so(house, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(PersonFactory())

    def broken(*args, **kwargs):
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", broken)
        responses = [client.get(path) for path in ("/", "/mine/", "/me/bar/")]

    for response in responses:
        page(response, 500, "出错了")


def test_robots_are_told_what_is_personal(client):
    response = client.get("/robots.txt")

    assert (response.status_code, response["Content-Type"]) == (200, "text/plain")
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    for path in ("/me/", "/accounts/", "/desk/", "/admin/"):
        assert f"Disallow: {path}" in lines
    assert "Disallow: /" not in lines
