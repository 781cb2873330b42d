"""The log: one object a line, nothing of the request in it."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

_PROGRAM = """
import logging, sys
from config import logs
logs.configure(level=sys.argv[1], pretty=sys.argv[2] == "pretty")
import structlog
ours = structlog.get_logger("youthvoice.tests")

class Request:
    def __repr__(self):
        return "GET /q/1/?words=i-typed 203.0.113.7"

ours.debug("detail")
ours.info("request", view="site:home", status=200)
ours.error("问题")
try:
    1 / 0
except ZeroDivisionError:
    ours.exception("step.failed", step="digest")
django = logging.getLogger
django("django.request").error("Internal Server Error: /q/1/", extra={"request": Request()})
django("django.request").warning("Not Found: %s", "/nobody/")
django("django.security.csrf").warning("Forbidden (%s): %s", "no token", "/reset/my-key/")
django("django.server").info('"GET /?words=i-typed HTTP/1.1" 200')
django("django_tasks").info("task %s", "enqueued")
django("django.security.DisallowedModelAdminToField").error("The field my-key cannot be used.")
django("django.security.DisallowedHost").error(
    "Invalid host %s", "evil.example", extra={"request": Request(), "status_code": 400}
)
django("somebody.else").warning("careful")
"""


def said(level="INFO", form="lines"):
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, level, form],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == ""
    return done.stderr


def test_each_line_is_an_object_and_holds_only_what_was_named():
    text = said()

    lines = [json.loads(line) for line in text.splitlines()]
    assert [(line["event"], line["level"], line["logger"]) for line in lines] == [
        ("request", "info", "youthvoice.tests"),
        ("问题", "error", "youthvoice.tests"),
        ("step.failed", "error", "youthvoice.tests"),
        ("careful", "warning", "somebody.else"),
    ]
    for line in lines:
        assert line.pop("timestamp").endswith("Z")
    assert lines[0] == {
        "event": "request",
        "level": "info",
        "logger": "youthvoice.tests",
        "view": "site:home",
        "status": 200,
    }
    assert "ZeroDivisionError" in lines[2]["exception"]
    assert set(lines[3]) == {"event", "level", "logger"}
    for secret in ("i-typed", "my-key", "203.0.113.7", "/q/1/", "evil.example"):
        assert secret not in text


@pytest.mark.parametrize(("level", "lines"), [("DEBUG", 5), ("WARNING", 3), ("ERROR", 2)])
def test_the_level_decides_what_is_said(level, lines):
    assert len(said(level).splitlines()) == lines


def test_for_human_eyes_it_can_be_plain_lines():
    first = said(form="pretty").splitlines()[0]

    assert "request" in first
    assert "view=site:home" in first
    assert not first.startswith("{")
