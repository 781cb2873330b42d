"""Rules for every file of ours."""

import re
import shutil
import subprocess

from tests.architecture import tree
from youthvoice.floors import APPS

MOST_LINES = 400
APP_LINES = 4000
COUNTED = {".py", ".html", ".css", ".js", ".sh", ""}
# The brackets keep these patterns from finding themselves.
UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E])\b|raise NotImplemente[d]Error")
ELSEWHERE = re.compile(
    r"https?://[^\s'\"]*(py[p]i\.|python[h]osted\.|npm[j]s\.|npm[m]irror\.|/simpl[e]\b)"
    r"|(?<![\w.])/(roo[t]|hom[e]/\w+|User[s]/\w+|wor[k])/"
)


def test_no_file_is_longer_than_400_lines():
    long = {
        tree.name(path): lines
        for path in tree.files()
        if path.suffix in COUNTED and (lines := lines_of(path)) > MOST_LINES
    }

    assert long == {}


def test_no_app_is_larger_than_4000_lines():
    """Of Python, without tests and migrations: beyond that it is two subjects."""
    large = {app: lines for app in APPS if (lines := sum(map(lines_of, code_of(app)))) > APP_LINES}

    assert large == {}


def code_of(app):
    for path in (tree.ROOT / "youthvoice" / app).rglob("*.py"):
        if not {"tests", "migrations"} & set(path.parts):
            yield path


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_names_a_registry_or_somebodys_home():
    assert found(ELSEWHERE) == []


def test_nothing_is_left_unfinished():
    assert found(UNFINISHED) == []


def test_every_shell_script_parses():
    broken = {}
    for path in filter(tree.is_script, tree.files()):
        bash = b"bash" in path.read_bytes().partition(b"\n")[0]
        shell = "bash" if bash else shutil.which("dash") or "sh"
        done = subprocess.run([shell, "-n", path], capture_output=True, text=True, check=False)
        if done.returncode or done.stderr:
            broken[tree.name(path)] = done.stderr

    assert broken == {}


def test_the_two_commands_can_be_run():
    assert [name for name in ("run", "test") if not (tree.ROOT / name).stat().st_mode & 0o111] == []


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{tree.name(path)}:{number}: {line.strip()}"
        for path in tree.files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


#: For what people call 匿名 (不留名 is how one praises good deeds) and 大家在聊.
WORDS_OF_BEFORE = re.compile("不留名|没有留名[的，]|正热")
#: It refuses both as a nickname.
NAMES = "youthvoice/people/names.py"


def test_no_word_of_before_is_read():
    """Tests may write what a page does not."""
    read = [line for line in found(WORDS_OF_BEFORE) if "/tests/" not in f"/{line.split(':')[0]}"]

    assert [line for line in read if not line.startswith(NAMES)] == []
