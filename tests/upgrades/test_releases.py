"""What says which version this is says the same, and what a release's command does to it."""

import re
import runpy
from datetime import date
from types import SimpleNamespace

import pytest

from tests.architecture import tree
from tests.upgrades import houses
from youthvoice import cli

release = SimpleNamespace(**runpy.run_path(str(tree.ROOT / "scripts/release.py")))
CHANGES = """# Changelog

## [Unreleased]

### Fixed

- New.

### Added

- Newer.

## [0.2.0] - unreleased

### Added

- Old.

## [0.1.0] - 2026-11-30

### Added

- Oldest.
"""


def test_the_newest_heading_the_version_and_the_newest_house_are_one(capsys):
    text = (tree.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"(?m)^## \[([\d.]+)\] - (.*)$", text)

    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"youthvoice {headings[0][0]}\n"
    assert [version for version, _day in headings] == houses.releases()[::-1]
    assert all(date.fromisoformat(day) for _version, day in headings)


def test_a_release_weighs_little():
    for name in houses.releases():
        assert sum(path.stat().st_size for path in (houses.KEPT / name).iterdir()) < 400_000


def test_what_is_unreleased_goes_under_the_version_and_again_changes_nothing():
    told = release.release_changelog(CHANGES, "0.2.0", "2027-01-04")

    assert told == (
        "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2027-01-04\n\n### Fixed\n\n- New.\n"
        "\n### Added\n\n- Newer.\n- Old.\n\n## [0.1.0] - 2026-11-30\n\n### Added\n\n- Oldest.\n"
    )
    assert release.release_changelog(told, "0.2.0", "2027-01-04") == told


def test_an_older_version_is_not_made_any_more(capsys):
    assert release.main("0.0.9", "2026-01-01") == 1
    assert "can't be made" in capsys.readouterr().err


def test_a_folder_of_this_machine_in_a_house_is_found(tmp_path):
    (tmp_path / "facts.json").write_text(f'"{tree.ROOT}/var"')

    with pytest.raises(SystemExit, match=r"facts\.json names a folder"):
        release.tidy(tmp_path)


def test_a_dump_is_told_in_words_of_any_server():
    dump = (
        "--\n-- PostgreSQL\n--\n\\restrict abc\nSET transaction_timeout = 0;\nCREATE TABLE a ();\n"
        "COPY a (b) FROM stdin;\n-- a row\n\nSET it\n\\.\n\n\\unrestrict abc\n"
    )

    assert houses.plain(dump) == (
        "CREATE TABLE a ();\nCOPY a (b) FROM stdin;\n-- a row\n\nSET it\n\\.\n"
    )
