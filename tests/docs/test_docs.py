"""What the documentation says is so: settings, commands, options, links, apps, packages."""

import ast
import functools
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from tests.architecture import tree
from youthvoice.cli import COMMANDS
from youthvoice.floors import FLOORS

ROOT = tree.ROOT
OPERATING = ROOT / "docs/operating.md"
ARCHITECTURE = ROOT / "docs/architecture.md"
PAGES = sorted(path for path in tree.files() if path.suffix == ".md")
#: Where settings are read, besides Python.
SCRIPTS = [ROOT / "run", ROOT / "test", ROOT / "scripts/common.sh"]
#: Read by tools of others, or set by the scripts only for what they start.
NOT_OURS = {"CI", "PATH", "PWD", "PYTEST_XDIST_WORKER", "PYTHONPATH"}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text(path):
    return path.read_text(encoding="utf-8")


def prose(path):
    """A page without its blocks of code."""
    return FENCE.sub("", text(path))


def blocks(path, *languages):
    return [body for language, body in FENCE.findall(text(path)) if language in languages]


def code(path):
    """All that stands as code: blocks and words in backticks."""
    spans = re.findall(r"`([^`\n]+)`", prose(path))
    return [*(body for _, body in FENCE.findall(text(path))), *spans]


def tables(path):
    """The rows of every table as lists of cells, header first."""
    found = []
    for run in re.findall(r"(?:^\|.*\|\n)+", prose(path), re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in run.split("\n")]
        found.append([rows[0], *(row for row in rows[2:] if row != [""])])
    return found


def table(path, *header):
    """The one table whose header begins with `header`."""
    (rows,) = [
        t for t in tables(path) if tuple(c.strip(" |") for c in t[0])[: len(header)] == header
    ]
    return [[cell.strip(" |") for cell in row] for row in rows[1:]]


def bare(cell):
    return cell.strip("`")


# --- Settings ----------------------------------------------------------------------------


def calls(path):
    """Each reading of the environment in a Python file: name, and the default's node or None."""
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            holder = ast.unparse(node.func.value)
            reads = holder == "env" or (holder.endswith("environ") and node.func.attr == "get")
            if reads and node.args and isinstance(node.args[0], ast.Constant):
                default = [word.value for word in node.keywords if word.arg == "default"]
                yield node.args[0].value, default[0] if default else None


def settings_read():
    return dict(calls(ROOT / "config/settings.py"))


@functools.cache
def read_anywhere():
    """Every variable that something of ours reads."""
    names = {"DJANGO_SETTINGS_MODULE"}
    for folder in ("config", "youthvoice"):
        for path in (ROOT / folder).rglob("*.py"):
            names |= {name for name, _ in calls(path)}
    for path in SCRIPTS:
        names |= set(re.findall(r"\$\{([A-Z][A-Z0-9_]+)(?:[:=+-]|\})", text(path)))
    return names


def settings_told():
    return {bare(row[0]): row[1:] for row in table(OPERATING, "name", "default", "meaning")}


def told_elsewhere():
    return {bare(row[0]): row[1:] for row in table(OPERATING, "name", "default", "read by")}


def test_every_setting_is_told_once_and_every_told_one_exists():
    assert sorted(settings_told()) == sorted(settings_read())


def test_every_setting_says_what_it_means_and_how_to_mend_it():
    assert [name for name, cells in settings_told().items() if len(cells) != 3 or "" in cells] == []


def test_the_told_defaults_are_those_of_the_code():
    wrong = {}
    for name, node in settings_read().items():
        told = bare(settings_told()[name][0])
        if node is None:
            real = "(none)"
        elif isinstance(node, ast.Constant):
            real = str(node.value).lower() if isinstance(node.value, bool) else str(node.value)
        elif isinstance(node, ast.List):
            real = ",".join(map(str, ast.literal_eval(node)))
        else:
            real = "var/"
            assert ast.unparse(node) == "BASE_DIR / 'var'"
        if told != real:
            wrong[name] = (told, real)

    assert wrong == {}


def test_variables_read_elsewhere_are_told_too():
    elsewhere = read_anywhere() - set(settings_read()) - NOT_OURS

    assert sorted(told_elsewhere()) == sorted(elsewhere)


def test_variables_in_examples_are_read_by_somebody():
    known = read_anywhere() | NOT_OURS | {"PGSSLMODE", "PGSSLROOTCERT"}
    # Made up by the example itself, for the reader to fill in.
    known |= {"ANCHOR", "DUMP"}
    shown = {
        (tree.name(page), read or given)
        for page in PAGES
        for block in code(page)
        for read, given in re.findall(r"\$\{?([A-Z][A-Z_]+)|\b([A-Z][A-Z_]{3,})=", block)
    }

    assert {(page, name) for page, name in shown if name not in known} == set()


# --- Commands ----------------------------------------------------------------------------


def commands_shown():
    """Every `youthvoice COMMAND WORDS` in a page's code: page, command, its words."""
    for page in PAGES:
        for block in code(page):
            for line in block.splitlines():
                if found := re.search(r"(?:^|[ /])youthvoice ([a-z][a-z-]*)(.*)$", line):
                    yield tree.name(page), found[1], shlex.split(found[2], comments=True)


def test_every_command_shown_exists():
    known = set(COMMANDS) | {name.replace("_", "-") for name in get_commands()}

    assert [shown for shown in commands_shown() if shown[1] not in known] == []


def test_every_command_shown_knows_its_options():
    unknown = []
    for page, name, words in commands_shown():
        command = COMMANDS.get(name, (name.replace("-", "_"), ""))[0]
        if not command:
            continue
        parser = load_command_class(get_commands()[command], command).create_parser("", command)
        known = {"--data", *parser._option_string_actions}
        unknown += [(page, name, w) for w in words if w.startswith("--") and w not in known]

    assert unknown == []


def test_every_command_of_ours_is_told():
    told = {name for _, name, _ in commands_shown()} | {
        span for page in PAGES for span in re.findall(r"`([a-z-]+)`", prose(page))
    }

    assert set(COMMANDS) - {"shell", "migrate"} - told == set()


@pytest.fixture(scope="module")
def run_options():
    done = subprocess.run([ROOT / "run", "--help"], capture_output=True, text=True, check=True)
    return set(re.findall(r"^ +(--[a-z-]+)", done.stdout, re.MULTILINE))


def test_the_table_of_options_is_that_of_run(run_options):
    assert {bare(row[0]).split()[0] for row in table(OPERATING, "option")} == run_options


def test_every_option_shown_with_run_exists(run_options):
    shown = {
        (tree.name(page), option)
        for page in PAGES
        for block in code(page)
        for line in re.findall(r"(?:\./|/)run( [^\n]*)", block)
        for option in re.findall(r"(?<!\S)--[a-z-]+", line)
    }

    assert shown
    assert {(page, option) for page, option in shown if option not in run_options} == set()


def test_shell_blocks_parse():
    shell = shutil.which("dash") or "sh"
    broken = {}
    for page in PAGES:
        for block in blocks(page, "sh"):
            done = subprocess.run(
                [shell, "-n"], input=block, capture_output=True, text=True, check=False
            )
            if done.returncode or done.stderr:
                broken[tree.name(page), block] = done.stderr

    assert broken == {}


def test_no_shell_command_hides_in_a_block_of_another_name():
    other = {"sh", "text", "json", "nginx", "ini"}

    assert [
        (tree.name(p), n) for p in PAGES for n, _ in FENCE.findall(text(p)) if n not in other
    ] == []


# --- Links and pictures ------------------------------------------------------------------


def links(path):
    """Targets of links and pictures, both in Markdown and in HTML."""
    page = re.sub(r"`[^`\n]+`", "", prose(path))
    yield from re.findall(r"\]\(([^)\s]+)\)", page)
    yield from re.findall(r"(?:src|href)=\"([^\"]+)\"", page)


def anchors(path):
    """The anchors of a page's headings, as GitHub and others make them."""
    heads = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def leads_somewhere(page, link):
    if re.match(r"[a-z]+:", link):
        return True
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or anchor in anchors(target)


@pytest.mark.parametrize("page", PAGES, ids=tree.name)
def test_every_link_and_picture_is_there(page):
    assert [link for link in links(page) if not leads_somewhere(page, link)] == []


def test_every_picture_says_what_it_shows():
    bare_pictures = [
        (tree.name(page), found)
        for page in PAGES
        for found in re.findall(r"!\[\]\([^)]*\)|<img(?![^>]*alt=\"[^\"]+\")[^>]*>", prose(page))
    ]

    assert bare_pictures == []


def test_every_page_in_docs_can_be_reached_from_the_readme():
    seen, left = set(), [ROOT / "README.md"]
    while left:
        page = left.pop()
        if page in seen:
            continue
        seen.add(page)
        targets = [(page.parent / link.partition("#")[0]).resolve() for link in links(page)]
        for target in targets:
            left += [target] if target.suffix == ".md" else sorted(target.glob("*.md"))

    assert set(PAGES) - seen == set()


# --- What is in the tree -----------------------------------------------------------------


def test_every_app_is_in_the_architecture():
    apps = {path.parent.name for path in (ROOT / "youthvoice").glob("*/__init__.py")}

    assert {app for app in apps if f"`{app}/`" not in text(ARCHITECTURE)} == set()


def test_every_test_that_is_named_is_there():
    named = {
        (tree.name(page), found)
        for page in PAGES
        for found in re.findall(r"`((?:tests|youthvoice)/[\w/]+\.py)`", prose(page))
    }

    assert named
    assert {(page, name) for page, name in named if not (ROOT / name).exists()} == set()


def test_the_floors_told_are_the_floors_proved():
    proved = [set(floor) for floor in FLOORS]
    told = [bare(row[1]).rstrip("/") for row in table(ARCHITECTURE, "floor", "app")]
    told.remove("config")

    assert set().union(*proved) == set(told)
    place = {app: number for number, floor in enumerate(proved) for app in floor}
    assert [place[app] for app in told] == sorted(place[app] for app in told)


def test_the_picture_of_the_floors_is_drawn_from_them():
    drawn = "\n".join(" · ".join(floor) for floor in FLOORS)

    assert f"```text\n{drawn}\n```" in text(ARCHITECTURE)


def test_every_direct_package_has_its_reason():
    told = text(ROOT / "docs/decisions/0005-dependencies.md").lower()
    packages = [
        re.split(r"[\[~=<>;]", line)[0].strip().lower()
        for name in ("base.in", "dev.in")
        for line in text(ROOT / "requirements" / name).splitlines()
        if line and line[0] not in "#-"
    ]

    assert [name for name in packages if f"`{name}`" not in told] == []


def test_decisions_are_numbered_and_alike():
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    for number, page in enumerate(pages, start=1):
        lines = text(page).splitlines()
        parts = [line.split()[1].rstrip(":") for line in lines if line.startswith("## ")]

        assert page.name.startswith(f"{number:04d}-")
        assert lines[0].startswith(f"# {number}. ")
        assert (parts[0], parts[-1]) == ("Context", "Consequences")
        assert "Decision" in parts


def test_both_readmes_show_the_same_commands():
    english, chinese = ROOT / "README.md", ROOT / "README.zh-CN.md"

    assert blocks(english, "sh") == blocks(chinese, "sh")
    assert sorted(set(links(english)) - {"README.zh-CN.md"}) == sorted(
        set(links(chinese)) - {"README.md"}
    )


def test_the_changelog_knows_this_version():
    version = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]["version"]

    assert f"## [{version}]" in text(ROOT / "CHANGELOG.md")


def test_the_licence_is_the_one_that_is_named():
    licence = " ".join(text(ROOT / "LICENSE").split())

    assert licence.startswith("Apache License Version 2.0")
    assert Path(ROOT / "LICENSE").stat().st_size > 10_000
