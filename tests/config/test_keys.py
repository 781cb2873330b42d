"""Keys: made once, the same for every process, and never silently another."""

import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.keys import read_or_make, read_public


def test_a_key_is_made_once_for_its_owner_only(tmp_path):
    folder = tmp_path / "data" / "keys"

    first = read_or_make(folder, "django")

    assert re.fullmatch(r"[\w-]{86}", first)
    assert read_or_make(folder, "django") == first
    assert (folder / "django").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == ["django"]


def test_each_name_and_each_house_has_its_own(tmp_path):
    found = {
        read_or_make(tmp_path / house, name)
        for house in ("one", "two")
        for name in ("django", "receipts")
    }
    assert len(found) == 4


def test_a_key_copied_with_a_line_end_is_the_same(tmp_path):
    key = read_or_make(tmp_path, "django")
    (tmp_path / "django").write_text(f"{key}\n")

    assert read_or_make(tmp_path, "django") == key


@pytest.mark.parametrize("content", [b"", b"short", b"\n" * 90, b"\xff\xfe" * 60, b"k" * 49])
def test_a_damaged_key_stops_the_start_and_is_not_replaced(tmp_path, content):
    (tmp_path / "django").write_bytes(content)

    with pytest.raises(ImproperlyConfigured) as refusal:
        read_or_make(tmp_path, "django")

    assert str(refusal.value) == (
        f"The key {tmp_path / 'django'} is damaged: restore it from the backup."
    )
    assert (tmp_path / "django").read_bytes() == content


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "keys"

    with pytest.raises(ImproperlyConfigured) as refusal:
        read_or_make(folder, "django")

    assert str(refusal.value) == f"The key folder {folder} can't be written: Not a directory."


def test_a_key_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "django").mkdir()

    with pytest.raises(ImproperlyConfigured) as refusal:
        read_or_make(tmp_path, "django")

    assert str(refusal.value) == f"The key {tmp_path / 'django'} can't be read: Is a directory."


_PROGRAM = """
import sys
from pathlib import Path
from config.keys import read_or_make, read_public
sys.stdin.readline()
print(read_or_make(Path(sys.argv[1]), "django"))
"""


def test_processes_that_start_at_once_agree(tmp_path):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(tmp_path / "keys")],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()

    made = {process.communicate(timeout=60)[0] for process in processes}

    assert len(made) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["django"]
    assert made == {read_or_make(tmp_path / "keys", "django") + "\n"}


# --- The public keys of the two who may open sealed records --------------------------------


def public_keys(folder, **keys):
    for name, text in keys.items():
        (folder / f"{name}.pub").write_text(text)
    return read_public(folder, ["xiaoqin", "laoli"])


def test_the_two_public_keys_are_read_in_their_order(tmp_path):
    found = public_keys(tmp_path, xiaoqin="ab" * 32 + "\n", laoli="cd" * 32)

    assert found == [b"\xab" * 32, b"\xcd" * 32]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("ab" * 32, "damaged, or the other person's"),
        ("cd" * 31, "damaged"),
        ("", "damaged"),
        ("钥匙", "damaged"),
    ],
    ids=["twice", "short", "empty", "words"],
)
def test_a_public_key_that_does_not_do_stops_the_start(tmp_path, second, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        public_keys(tmp_path, xiaoqin="ab" * 32, laoli=second)


def test_a_missing_public_key_stops_the_start(tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"laoli\.pub can't be read"):
        public_keys(tmp_path, xiaoqin="ab" * 32)


def test_sealing_without_the_two_names_stops_the_start(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="set SEALED_OPENERS"):
        read_public(tmp_path, [])
