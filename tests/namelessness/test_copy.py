"""A copy of the database, with its log of writes and without its keys, names nobody.

The suite gathers a few groups of ten, bench/nameless.py twenty and more. Where nothing leads to
an asker each guess is right once in ten: what chance exceeds once in 4,000 runs is found. The
controls are what the house once kept, in tables beside its own: there all ten are named.
"""

import os

import pytest
from django.db import connection

from tests.namelessness import copies, groups, replaying
from tests.namelessness.guesser import most_by_chance
from tests.walks import tell

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("store"),
    pytest.mark.databases,
]


def test_a_copy_with_its_log_and_without_keys_names_no_asker(held_reads, tmp_path, house, capsys):
    people = groups.settle(int(os.environ.get("NAMELESS_GROUPS", 1)))
    begun = copies.begin()
    gathered = groups.ask_all(people, held_reads)
    copy = copies.take(begun, tmp_path)

    found = replaying.name_askers(copy.without(groups.PLANTED), gathered)

    tell(
        capsys,
        f"{connection.vendor}: asker named among ten from a copy with {copy.log}, "
        f"{len(copy.commits):,} commits: {found}",
    )
    assert found.right <= most_by_chance(found.of)
    # The controls: it names them all where there is one thing in common, in rows or in the log.
    for planted in groups.PLANTED if copy.has_log else ("planted_marks",):
        others = tuple(name for name in groups.PLANTED if name != planted)
        caught = replaying.name_askers(copy.without(others), gathered)
        tell(capsys, f"  and with what the house once kept ({planted}): {caught}")
        assert caught.right >= 0.9 * caught.of
