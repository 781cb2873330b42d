"""The command `youthvoice`."""

import os

import django
import pytest

from tests.scripts.house import COMMAND, run
from youthvoice import cli


@pytest.fixture(autouse=True)
def real_settings(monkeypatch, tmp_path):
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    monkeypatch.setenv("YOUTHVOICE_DATA", str(tmp_path / "elsewhere"))


def test_help_lists_our_commands():
    done = run(COMMAND, "--help")

    assert done.returncode == 0
    assert all(name in done.stdout for name in cli.COMMANDS)
    assert run(COMMAND).stdout == done.stdout


def test_every_listed_command_is_there():
    from django.core.management import get_commands

    wanted = {command for command, _ in cli.COMMANDS.values() if command}

    assert wanted - set(get_commands()) == set()


def test_the_data_folder_is_set_before_the_settings_are_read(tmp_path):
    data = tmp_path / "here"

    done = run(COMMAND, "check", "--data", str(data))

    assert done.returncode == 0, done.stderr
    assert (data / "keys").is_dir()
    assert not (tmp_path / "elsewhere").exists()


@pytest.fixture
def set_up(monkeypatch):
    """Django is set up in this process already, and its logging is the tests' own."""
    monkeypatch.setattr(django, "setup", lambda: None)


@pytest.mark.parametrize("name", ["verify-journal", "verify_journal"])
def test_dashes_and_underscores_name_the_same_command(set_up, capsys, name):
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])

    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("usage: youthvoice verify_journal")


def test_an_unknown_command_is_told_in_a_sentence(set_up, capsys):
    assert cli.main(["no-such-thing"]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert "no-such-thing" in said.err


def test_data_without_a_folder_is_told_in_a_sentence():
    done = run(COMMAND, "check", "--data")

    assert done.returncode == 2
    assert "--data" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://x"),
        ("TIME_ZONE", "Mars/Base"),
        ("HTTPS", "perhaps"),
    ],
)
def test_wrong_settings_are_told_in_a_sentence(name, value):
    done = run(COMMAND, "check", env={**os.environ, name: value})

    assert (done.returncode, done.stdout) == (1, "")
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreachable_database_is_told_in_a_sentence():
    nobody = "postgresql://nobody@127.0.0.1:1/none"

    done = run(COMMAND, "migrate", env={**os.environ, "DATABASE_URL": nobody})

    assert done.returncode == 1
    assert "The database can't be used" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "data", "rest"),
    [
        (["a", "--data", "d", "b"], "d", ["a", "b"]),
        (["--data=d"], "d", []),
        (["--data"], "", []),
        (["a", "--", "--data", "d"], None, ["a", "--", "--data", "d"]),
        ([], None, []),
    ],
)
def test_without_data_takes_only_our_option(words, data, rest):
    assert cli.without_data(words) == (data, rest)
