"""The check of headers, in test_matrix.py's walk, would find each that is missing or wrong."""

import pytest
from django.conf import settings
from django.test import override_settings

from tests.access import matrix, walk
from tests.access.rowing import read_table

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("access"),
]
ROWS = read_table(matrix.TABLE)
CSP = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]


def wrong(world, *routes, role="nobody"):
    """What is wrong with the headers of some addresses, without where."""
    rows = [row for row in ROWS if row.route in routes and row.method == "GET"]
    found = walk.walk(world, rows, [role]).headers
    return {line.partition("): ")[2] for line in found}


def without(name):
    return override_settings(MIDDLEWARE=[m for m in settings.MIDDLEWARE if not m.endswith(name)])


def test_with_all_guards_in_place_nothing_is_wrong(world):
    assert wrong(world, "about/", "ask/", "q/<int:pk>/history/", role="receipt") == set()


@pytest.mark.parametrize(
    ("guard", "missing"),
    [
        ("CSPMiddleware", "CSP's frame-ancestors is None"),
        ("XFrameOptionsMiddleware", "X-Frame-Options is None"),
        ("BrowserRules", "Cross-Origin-Resource-Policy is None"),
        ("BrowserRules", "Permissions-Policy leaves camera"),
        ("django.middleware.security.SecurityMiddleware", "X-Content-Type-Options is None"),
        ("django.middleware.security.SecurityMiddleware", "Referrer-Policy is None"),
        ("django.middleware.security.SecurityMiddleware", "Cross-Origin-Opener-Policy is None"),
    ],
)
def test_a_guard_that_is_gone_is_found(world, guard, missing):
    with without(guard):
        assert missing in wrong(world, "about/")


@pytest.mark.parametrize(
    "directives",
    [
        {"script-src": ["'self'", "'unsafe-inline'"]},
        {"script-src": ["'self'", "'unsafe-eval'"]},
        {"img-src": ["*"]},
    ],
)
def test_a_policy_with_a_hole_is_found(world, directives):
    with override_settings(CONTENT_SECURITY_POLICY={"DIRECTIVES": CSP | directives}):
        assert any(what.startswith("CSP is open") for what in wrong(world, "about/"))


def test_frames_of_other_sites_are_found(world):
    with override_settings(
        CONTENT_SECURITY_POLICY={"DIRECTIVES": CSP | {"frame-ancestors": ["'self'"]}}
    ):
        assert wrong(world, "about/") == {"CSP's frame-ancestors is 'self'"}


def test_a_private_page_that_caches_may_keep_is_found(world):
    """A receipt opens it without any session: the middleware must not wait for one."""
    with without("PrivatePages"):
        found = wrong(world, "q/<int:pk>/history/", role="receipt")

    assert "200 with Cache-Control ''" in found


def test_a_public_page_with_a_cookie_is_found(world, monkeypatch):
    from django.http import HttpResponse

    from youthvoice.site.views import pages

    def shown(request, template):
        response = HttpResponse()
        response.set_cookie("who", "you")
        return response

    monkeypatch.setattr(pages, "render", shown)

    assert wrong(world, "about/") == {"a public page sets who"}
