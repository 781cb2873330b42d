"""The log of requests: enough to mend by, nothing to recognise anybody by."""

import pytest
import structlog
from django.http import HttpResponse
from django.urls import include, path

from youthvoice.kit import middleware
from youthvoice.kit.context import site


@pytest.fixture
def lines(monkeypatch):
    """Everything that structlog writes during the test."""
    with structlog.testing.capture_logs() as caught:
        # The module's logger may have been bound to the real output by an earlier test.
        monkeypatch.setattr(middleware, "_log", structlog.get_logger("youthvoice.web"))
        yield caught


def shown(request, secret):
    return HttpResponse("well")


def not_found(request, exception):
    return HttpResponse(status=404)


def server_error(request):
    return HttpResponse(status=500)


def broken(request):
    raise ValueError("张三 13800001111")


house = ([path("kept/<str:secret>/", shown, name="shown")], "house")
urlpatterns = [
    path("house/", include(house)),
    path("broken/", broken, name="broken"),
    path("healthz", shown, {"secret": ""}, name="healthz"),
    path("site/", include(([path("healthz", shown, {"secret": ""}, name="healthz")], "site"))),
]
handler404, handler500 = not_found, server_error

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def test_a_request_is_one_line_that_names_nobody(client, lines):
    client.get(
        "/house/kept/my-secret/?q=words-i-typed",
        headers={"user-agent": "my-own-browser", "referer": "http://testserver/?from=here"},
        REMOTE_ADDR="203.0.113.77",
    )

    (line,) = lines
    ms = line.pop("ms")
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "view": "house:shown",
        "status": 200,
    }
    assert 0 <= ms < 60_000


def test_an_invented_method_is_not_repeated(client, lines):
    client.generic("MY-NAME-IS-LI", "/house/kept/x/")

    assert [line["method"] for line in lines] == ["OTHER"]


def test_health_checks_and_unknown_paths_are_not_logged(client, lines):
    client.get("/site/healthz")
    client.get("/nobody/knows/this")

    assert lines == []


def test_a_failure_is_logged_where_it_happened_but_without_its_message(client, lines):
    client.raise_request_exception = False

    response = client.get("/broken/?q=words-i-typed")

    failed, request = lines
    assert (response.status_code, request["status"]) == (500, 500)
    assert (failed["event"], failed["view"], failed["error"]) == (
        "request.failed",
        "broken",
        "ValueError",
    )
    assert "in broken" in failed["where"][-1]
    assert "13800001111" not in str(failed | {"where": ""})
    assert "words-i-typed" not in str(lines)


def test_templates_know_the_site_and_nothing_of_the_reader(rf, settings):
    assert site(rf.get("/")) == {
        "site_name": settings.SITE_NAME,
        "contact": settings.CONTACT,
        "organiser": "",
        "icp_record": "",
        "police_record": "",
        "police_code": "",
        "sealed_days": 0,
    }
