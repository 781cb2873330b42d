"""docs/changing.md names what is there: every path, and every name in it."""

import re

import pytest

from tests.architecture import tree

LINES = [
    line
    for line in (tree.ROOT / "docs/changing.md").read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| to change")
]


def test_the_page_has_lines():
    assert len(LINES) > 20


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split(" | ")[0].strip("| "))
def test_what_a_line_names_is_there(line):
    assert missing(line) == []


def test_each_line_has_its_three_cells():
    assert [line for line in LINES if line.strip("| ").count(" | ") != 2] == []


def test_what_is_not_there_is_found():
    line = "| x | `youthvoice/orgs/choices.py` (`Field`, `Nothing`), `youthvoice/no/where.py` |"

    assert missing(line) == ["Nothing in youthvoice/orgs/choices.py", "youthvoice/no/where.py"]


def missing(line):
    """The paths of a line that are nowhere, and the names that their files don't have."""
    found = []
    for path, brackets in re.findall(r"`([\w.-]+/[\w./-]+)`(?: \(([^)]*)\))?", line):
        place = tree.ROOT / path
        if not place.exists():
            found.append(path)
            continue
        text = place.read_text() if place.is_file() else ""
        names = re.findall(r"`([^`]+)`", brackets)
        found += [f"{name} in {path}" for name in names if text and name not in text]
    return found
