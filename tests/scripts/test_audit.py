"""What scripts/audit.py makes of pip-audit's words."""

import json
import runpy
import subprocess

import pytest

from tests.scripts.house import ROOT

main = runpy.run_path(str(ROOT / "scripts/audit.py"))["main"]
KNOWN = {"name": "django", "version": "5.2.0", "vulns": []}
HOLE = KNOWN | {"vulns": [{"id": "CVE-1", "fix_versions": ["5.2.1"]}]}
UNKNOWN = {"name": "nh3", "skip_reason": "not found"}


@pytest.fixture
def says(monkeypatch):
    """Give pip-audit these words to say."""

    def say(words):
        done = subprocess.CompletedProcess([], 0, words, "ConnectionError: no way out\n")
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)

    return say


@pytest.mark.parametrize(
    ("found", "status", "told"),
    [
        ([KNOWN], 0, "1 packages looked up, 0 holes known"),
        ([KNOWN, HOLE], 1, "django 5.2.0: CVE-1, mended in: 5.2.1"),
        ([HOLE, UNKNOWN], 1, "nh3: not found"),
        ([UNKNOWN, UNKNOWN], 0, "Skipped, nothing could be looked up: not found"),
    ],
)
def test_known_holes_fail_and_what_is_not_looked_up_is_told(says, capsys, found, status, told):
    says(json.dumps({"dependencies": found}))

    assert main("requirements/base.txt") == status
    assert told in capsys.readouterr().out


def test_without_a_source_it_is_skipped_with_the_reason(says, capsys):
    says("")

    assert main("requirements/base.txt") == 0
    assert "ConnectionError: no way out" in capsys.readouterr().out


def test_it_does_not_wait_for_ever(monkeypatch, capsys):
    def wait(*words, timeout, **kept):
        raise subprocess.TimeoutExpired(words, timeout)

    monkeypatch.setattr(subprocess, "run", wait)

    assert main("requirements/base.txt") == 0
    assert "60 s" in capsys.readouterr().out
