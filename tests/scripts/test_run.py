"""./run before anything is started: its options, and what it says on a bare machine."""

import os
import shutil
import socket
from pathlib import Path

import pytest

from tests.scripts.house import COMMAND, ROOT, RUN, run

TOOLS = ("cat", "chmod", "cmp", "cp", "dirname", "flock", "mv", "readlink", "rm", "sh")


def test_help_lists_every_option():
    done = run(RUN, "--help")

    assert done.returncode == 0
    assert all(f"--{option}" in done.stdout for option in ("port", "host", "data", "no-demo"))
    assert run(COMMAND, "serve", "--help").stdout == done.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--prot", "80"], "--prot"),
        (["--port", "many"], "'many'"),
        (["--port", "0"], "'0'"),
        (["--port", "65536"], "'65536'"),
        (["--port"], "--port"),
        (["here"], "here"),
    ],
)
def test_a_mistyped_option_is_told_in_a_sentence(words, sentence):
    done = run(RUN, *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_told_with_another_one(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(RUN, "--port", port, "--data", str(tmp_path))

    assert done.returncode == 1
    assert port in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_host_is_told_in_a_sentence(tmp_path):
    done = run(RUN, "--host", "192.0.2.1", "--data", str(tmp_path))

    assert done.returncode == 1
    assert "192.0.2.1" in done.stderr


def test_a_data_folder_that_is_a_file_is_told_in_a_sentence(tmp_path):
    file = tmp_path / "data"
    file.touch()

    done = run(RUN, "--data", str(file))

    assert done.returncode == 1
    assert str(file) in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_settings_stop_the_start_with_a_sentence(tmp_path):
    done = run(
        RUN, "--data", str(tmp_path), "--port", "1", env={**os.environ, "DATABASE_URL": "mysql://x"}
    )

    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def bare(tmp_path):
    """A copy of the project without its .venv, and a PATH without any Python."""
    project, tools = tmp_path / "project", tmp_path / "tools"
    for name in ("scripts", "youthvoice/supervisor"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "run", project)
    shutil.copy(ROOT / "youthvoice/__init__.py", project / "youthvoice")
    (project / "requirements").mkdir()
    (project / "requirements/base.txt").touch()
    tools.mkdir()
    for tool in TOOLS:
        if path := shutil.which(tool):
            (tools / tool).symlink_to(path)

    def start(*words: str, python: str | None = None):
        if python is not None:
            (tools / "python3").write_text(f"#!/bin/sh\n{python}\n")
            (tools / "python3").chmod(0o755)
        return run(str(project / "run"), *words, env={**os.environ, "PATH": str(tools)})

    start.project = project
    return start


def test_help_needs_nothing_installed(bare):
    done = bare("--help")

    assert done.returncode == 0
    assert "--port" in done.stdout


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        (None, "No Python was found"),
        ("exit 1", "No Python was found"),
        # Answers like a Python 3.9: it runs, but not when asked for 3.11.
        ('case $2 in *version*) exit 1;; esac; [ "$1" = -c ] || echo Python 3.9.2', "Python 3.9.2"),
        # Like a Debian without python3-venv.
        ("case $2 in *venv*) exit 1;; esac", "apt install python3-venv"),
    ],
)
def test_a_machine_without_the_right_python_is_told_what_to_install(bare, python, sentence):
    done = bare(python=python)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert not (bare.project / ".venv").exists()


def test_the_first_start_makes_the_environment_and_only_what_failed_is_done_again(bare):
    # Nothing to install, so that no index is needed; the launcher then finds no Django.
    python = f'exec "{real_python()}" "$@"'
    lock = bare.project / "requirements/base.txt"
    lock.write_text(f"./nothing-here.whl --hash=sha256:{'0' * 64}\n")

    failed = bare(python=python)
    lock.write_text("")
    mended = bare()
    launcher = bare.project / ".venv/bin/youthvoice"
    made = [path.stat().st_mtime_ns for path in (launcher, bare.project / ".venv/pyvenv.cfg")]
    again = bare()

    assert failed.returncode == 1
    assert "Installing did not succeed" in failed.stderr
    assert "Installing requirements/base.txt" in mended.stderr
    assert (bare.project / ".venv/installed-base.txt").exists()
    assert "Installing" not in again.stderr
    assert made == [
        path.stat().st_mtime_ns for path in (launcher, bare.project / ".venv/pyvenv.cfg")
    ]


def real_python() -> Path:
    """The interpreter under our own environment."""
    home = (ROOT / ".venv/pyvenv.cfg").read_text().split("home = ")[1].splitlines()[0]
    return Path(home) / "python3"
