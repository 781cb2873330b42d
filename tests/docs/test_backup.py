"""The recipe of backing up and restoring, as both pages of operating show it, on a new house."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.test_docs import OPERATING, ROOT, blocks
from youthvoice.kit.sqlite.library import sqlite3

CHINESE = ROOT / "docs/operating.zh-CN.md"
KEYS = ("django", "receipts", "phones", "factors", "sealed/xiaoqin.pub")


def recipes(page):
    """What backs up and what restores."""
    found = [block for block in blocks(page, "sh") if block.startswith("house=")]
    back, restore = found
    return back, restore


@pytest.fixture
def project(tmp_path):
    """A project's folder with a new house in it: no picture yet, and a row still in its -wal."""
    for name, target in {".venv": sys.prefix, "youthvoice": str(ROOT / "youthvoice")}.items():
        (tmp_path / name).symlink_to(target)
    keys = tmp_path / "var/keys"
    for name in (*KEYS, "reads/2026-11-30"):
        (keys / name).parent.mkdir(parents=True, exist_ok=True)
        (keys / name).write_text(f"key {name}")
    house = sqlite3.connect(tmp_path / "var/youthvoice.sqlite3")
    house.execute("PRAGMA journal_mode=WAL")
    house.execute("CREATE TABLE told (words)")
    house.execute("INSERT INTO told VALUES ('问过的')")
    house.commit()
    yield tmp_path
    house.close()


def shell(recipe, folder):
    done = subprocess.run(["sh"], input=recipe, cwd=folder, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", [OPERATING, CHINESE], ids=lambda page: page.name)
@pytest.mark.parametrize("pictures", [False, True])
def test_what_the_page_shows_brings_a_new_house_back(project, page, pictures):
    back, restore = recipes(page)
    picture = Path("media/pictures/1/a.jpg")
    if pictures:
        (project / "var" / picture).parent.mkdir(parents=True)
        (project / "var" / picture).write_text("drawn")

    shell(back, project)
    (project / "var").rename(project / "lost")
    shell(restore, project)

    house = sqlite3.connect(project / "var/youthvoice.sqlite3")
    assert house.execute("SELECT words FROM told").fetchall() == [("问过的",)]
    house.close()
    keys = project / "var/keys"
    assert [(keys / name).read_text() for name in KEYS] == [f"key {name}" for name in KEYS]
    assert not (keys / "reads").exists()
    assert (project / "var" / picture).exists() is pictures


def test_keys_lie_apart_and_nobody_else_reads_either(project):
    shell(recipes(OPERATING)[0], project)

    apart = sorted(p.name.partition(".")[2] for p in (project / "backup-keys").iterdir())
    assert apart == ["tar"]
    assert not [p for p in (project / "backup").rglob("*") if "key" in p.name]
    assert {(project / name).stat().st_mode & 0o077 for name in ("backup", "backup-keys")} == {0}


def test_both_pages_show_the_same_recipe():
    assert recipes(OPERATING) == recipes(CHINESE)


def test_the_quick_path_is_one_page_of_five_steps():
    text = CHINESE.read_text(encoding="utf-8")

    heads = re.findall(r"^## .、(.+)$", text, re.MULTILINE)
    assert heads == ["装", "域名与证书", "管理员", "成员", "备份"]
    assert len(re.sub(r"[^\u4e00-\u9fff]", "", text)) < 2200
