"""Key files: the passphrase opens them, and nothing else does."""

import getpass
import io

import pytest
from django.core.management import CommandError, call_command

from config.keys import read_public
from youthvoice.sealed import keyfiles

WORDS = "一把只有我知道的钥匙，很长"


@pytest.fixture(scope="module")
def pair():
    return keyfiles.make(WORDS)


def test_the_passphrase_opens_the_file(pair):
    file = pair.private_text.encode()
    key = keyfiles.unlock(file, WORDS)

    assert bytes(key.public_key).hex() == pair.public_text.strip()
    assert keyfiles.public_in(file) == bytes(key.public_key)
    assert keyfiles.id_of(bytes(key.public_key)) == pair.id
    assert bytes(key).hex() not in pair.private_text


def test_the_same_words_in_another_form_open_it_too(pair):
    wide = WORDS.replace("，", ",")

    assert keyfiles.unlock(pair.private_text.encode(), wide)


@pytest.mark.parametrize("words", ["", WORDS + " ", WORDS[:-1]], ids=["none", "more", "less"])
def test_another_passphrase_opens_nothing(pair, words):
    with pytest.raises(keyfiles.BadPassphrase):
        keyfiles.unlock(pair.private_text.encode(), words)


def test_a_file_that_was_changed_opens_nothing(pair):
    other = keyfiles.make(WORDS).public_text.strip()
    first, public, salt, box = pair.private_text.split()
    flipped = box[:-1] + ("0" if box[-1] != "0" else "1")

    for parts in ((public, salt, flipped), (other, salt, box), (public, "0" * 32, box)):
        with pytest.raises(keyfiles.BadPassphrase):
            keyfiles.unlock(" ".join([first, *parts]).encode(), WORDS)


@pytest.mark.parametrize("file", [b"", b"\xff\x00", b"[" * 2000, b"youthvoice-sealed-key-1 0 0 0"])
def test_what_is_no_key_file_is_told_from_a_wrong_passphrase(file):
    with pytest.raises(keyfiles.BadKeyFile):
        keyfiles.unlock(file, WORDS)


# --- The command -------------------------------------------------------------------------


@pytest.fixture
def typed(monkeypatch):
    def set_words(*words):
        left = iter(words)
        monkeypatch.setattr(getpass, "getpass", lambda prompt: next(left))

    return set_words


def make(folder, name="xiaoqin"):
    said = io.StringIO()
    call_command("seal_keys", name, to=folder, stdout=said)
    return said.getvalue()


def test_the_command_writes_one_half_for_the_house_and_one_for_the_person(tmp_path, typed):
    typed(WORDS, WORDS)

    said = make(tmp_path)

    private = tmp_path / "xiaoqin.key"
    assert private.stat().st_mode & 0o777 == 0o600
    key = keyfiles.unlock(private.read_bytes(), WORDS)
    assert keyfiles.id_of(bytes(key.public_key)) in said
    assert WORDS not in said
    typed(WORDS, WORDS)
    make(tmp_path, "laoli")
    assert read_public(tmp_path, ["xiaoqin", "laoli"])[0] == bytes(key.public_key)


def test_no_key_is_overwritten(tmp_path):
    (tmp_path / "xiaoqin.pub").write_text("old")

    with pytest.raises(CommandError, match="no key is ever overwritten"):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["xiaoqin.pub"]


@pytest.mark.parametrize(
    ("words", "said"),
    [(("short",), "At least 12"), ((WORDS, WORDS + "?"), "not the same")],
    ids=["short", "different"],
)
def test_a_passphrase_that_does_not_do_is_refused(tmp_path, typed, words, said):
    typed(*words)

    with pytest.raises(CommandError, match=said):
        make(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_passphrase_that_no_form_could_send_is_refused(tmp_path, typed):
    broken = "\udcff" * 12
    typed(broken, broken)

    with pytest.raises(CommandError, match="can't be read"):
        make(tmp_path)


def test_a_name_that_leads_elsewhere_is_refused(tmp_path):
    with pytest.raises(CommandError, match="sign-in name"):
        make(tmp_path, "../xiaoqin")


def test_a_folder_that_is_not_there_is_told(tmp_path, typed):
    typed(WORDS, WORDS)

    with pytest.raises(CommandError, match="No such file"):
        make(tmp_path / "nowhere")
