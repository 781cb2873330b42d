"""The check of the chain finds whatever was done to it."""

import pytest
import structlog
from django.core.management import CommandError, call_command

from tests.factories import MONDAY
from youthvoice.clock import registry
from youthvoice.journal import actions, queries
from youthvoice.journal.models import GENESIS, Entry, Head
from youthvoice.journal.tests.writing import chain_again, write

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def faults(**kwargs):
    return [(fault.seq, fault.kind) for fault in queries.faults(**kwargs)]


def move(seq, *, to):
    Entry.objects.filter(seq=seq).update(seq=to)


@pytest.mark.parametrize("many", [0, 1, 5])
def test_an_untouched_journal_holds(many, capsys):
    write(many)
    seq, head = queries.head()

    call_command("verify_journal")

    assert (seq, faults()) == (many, [])
    assert capsys.readouterr().out == f"The journal holds: {many} entries, head {many}:{head}\n"


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "tests.other"},
        {"subject": "people.user:999"},
        {"actor": None},
        {"at": MONDAY},
        {"data": {"number": 77}},
        {"hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_is_named(change):
    write(5)

    Entry.objects.filter(seq=3).update(**change)

    found = faults()
    assert found[0] == (3, "changed")
    # A forged hash also breaks the link that the next entry holds.
    assert found[1:] == ([(4, "re-ordered")] if "hash" in change else [])


def test_a_changed_last_entry_is_named():
    write(3)

    Entry.objects.filter(seq=3).update(verb="tests.other")

    assert faults() == [(3, "changed")]


def test_an_entry_changed_together_with_its_hash_breaks_the_link():
    write(4)
    entry = Entry.objects.get(seq=2)
    entry.verb = "tests.other"
    entry.hash = entry.digest()
    entry.save()

    assert faults() == [(3, "re-ordered")]


def test_a_last_entry_changed_together_with_its_hash_is_not_the_head():
    write(3)
    entry = Entry.objects.get(seq=3)
    entry.verb = "tests.other"
    entry.hash = entry.digest()
    entry.save()

    assert faults() == [(3, "head")]


@pytest.mark.parametrize("gone", [[1], [3], [2, 3], [5], [4, 5], [1, 5], [1, 2, 3, 4, 5]])
def test_each_missing_entry_is_named(gone):
    write(5)

    Entry.objects.filter(seq__in=gone).delete()

    assert faults() == [(seq, "missing") for seq in gone]


def test_two_entries_that_changed_places_are_found():
    write(5)
    move(2, to=99)
    move(4, to=2)
    move(99, to=4)

    assert faults() == [(seq, "re-ordered") for seq in (2, 3, 4, 5)]


def test_neighbours_that_changed_places_are_found():
    write(4)
    move(2, to=99)
    move(3, to=2)
    move(99, to=3)

    assert faults() == [(2, "re-ordered"), (3, "re-ordered"), (4, "re-ordered")]


def test_a_row_moved_to_the_end_is_missing_there_and_too_much_here():
    write(4)

    move(2, to=5)

    assert faults() == [(2, "missing"), (5, "re-ordered"), (5, "head")]


def test_an_entry_without_its_chain_is_found():
    """As if somebody added a row by hand behind the last one."""
    write(2)
    forged = Entry(seq=3, at=MONDAY, verb="x", subject="y:1", prev_hash="0" * 64)
    forged.hash = forged.digest()
    forged.save()

    assert faults() == [(3, "re-ordered"), (3, "head")]


def test_a_chain_rewritten_up_to_its_end_is_found_by_an_anchor_only(capsys):
    write(5)
    anchor = queries.head()
    Entry.objects.filter(seq=3).update(verb="tests.other")
    chain_again(since=3)

    assert faults() == []
    assert faults(anchor=anchor) == [(5, "head")]
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_journal", anchor=f"{anchor[0]}:{anchor[1]}")
    assert capsys.readouterr().err == (
        "entry 5: head (the chain does not end, or pass, where it was noted)\n"
    )


def test_a_journal_emptied_and_begun_anew_is_found_by_an_anchor_only():
    write(5)
    anchor = queries.head()
    Entry.objects.all().delete()
    Head.objects.all().delete()
    write(2)

    assert (faults(), faults(anchor=anchor)) == ([], [(5, "head")])


@pytest.mark.parametrize("noted", [0, 1, 3])
def test_a_chain_that_grew_passes_its_older_anchors(noted, capsys):
    write(noted)
    anchor = queries.head()
    write(4)

    assert faults(anchor=anchor) == []
    call_command("verify_journal", anchor=f"{anchor[0]}:{anchor[1]}")
    assert capsys.readouterr().out.startswith(f"The journal holds: {noted + 4} entries")


@pytest.mark.parametrize("anchor", ["", "12", "12:", "x:" + GENESIS, "²:" + GENESIS, "-1:0", ":"])
def test_what_is_no_anchor_is_told(anchor):
    with pytest.raises(CommandError, match="--anchor must look like 120:HASH"):
        call_command("verify_journal", anchor=anchor)


def test_the_command_names_what_it_found_and_fails(capsys):
    write(4)
    Entry.objects.filter(seq=2).update(verb="tests.other")
    Entry.objects.filter(seq=4).delete()

    with pytest.raises(CommandError, match="The journal does not hold: 2 faults"):
        call_command("verify_journal")

    assert capsys.readouterr().err == (
        "entry 2: changed (its content does not match its hash)\nentry 4: missing (it is missing)\n"
    )


def test_the_command_does_not_list_without_end(capsys):
    Head.objects.create(pk=1, seq=10**12, hash="a" * 64)

    with pytest.raises(CommandError, match="at least 51 faults"):
        call_command("verify_journal")

    assert len(capsys.readouterr().err.splitlines()) == 50


def test_acts_during_the_walk_are_no_faults(monkeypatch):
    write(3)
    real, walks = queries.head, []

    def head():
        if not walks:
            write(2)
        walks.append(Entry.objects.count())
        return real()

    monkeypatch.setattr(queries, "head", head)

    assert faults() == []
    assert walks == [5, 5]


def test_what_was_forged_during_the_walk_is_found(monkeypatch):
    write(3)
    real, walks = queries.head, []

    def head():
        if not walks:
            write(2)
            Entry.objects.filter(seq=5).update(verb="tests.other")
        walks.append(1)
        return real()

    monkeypatch.setattr(queries, "head", head)

    assert faults() == [(5, "changed")]


def test_the_log_is_told_an_anchor(monkeypatch):
    write(3)
    with structlog.testing.capture_logs() as lines:
        monkeypatch.setattr(actions, "_log", structlog.get_logger("youthvoice.journal"))
        actions.tell_head(at=MONDAY)
    write(2)

    (line,) = lines
    assert (line["event"], line["log_level"]) == ("journal.head", "info")
    call_command("verify_journal", anchor=line["head"])
    assert actions.tell_head in [step.work for step in registry.steps()]
