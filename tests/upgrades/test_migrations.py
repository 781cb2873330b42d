"""From the first release on a migration only adds, and one that is out stays as it is."""

import re

import pytest
from django.db import models
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations import operations as ops
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.upgrades import houses, rules
from youthvoice.floors import APPS

#: What a rule forbids and is right all the same, with its reason: for instance that the release
#: before (its number) no longer has the column in its models. `app.0007_name: Operation what`.
ALLOWED: dict[str, str] = {
    "questions.0002_lists_and_counts: RunSQL": "fills a table of its own that 0.1.0 doesn't know",
}


def file_of(migration: Migration) -> str:
    return f"{type(migration).__module__.replace('.', '/')}.py"


def found_in(loader: MigrationLoader, first: set[str]) -> dict[str, str]:
    """Each fault of the migrations that came after the first release."""
    state = ProjectState(real_apps=loader.unmigrated_apps)
    found = {}
    for key in plan(loader):
        migration = loader.graph.nodes[key]
        if key[0] not in APPS or file_of(migration) in first:
            state = migration.mutate_state(state, preserve=False)
            continue
        for fault in rules.faults(key[0], migration.operations, state):
            found[f"{'.'.join(key)}: {fault}"] = fault
    return found


def plan(loader: MigrationLoader) -> list[tuple[str, str]]:
    seen: dict[tuple[str, str], None] = {}
    for leaf in sorted(loader.graph.leaf_nodes()):
        seen |= dict.fromkeys(loader.graph.forwards_plan(leaf))
    return list(seen)


def without_reason(found: dict[str, str]) -> list[str]:
    return [line for line in found if line.rpartition(": ")[0] not in ALLOWED]


def test_migrations_after_a_release_only_add():
    loader = MigrationLoader(None)
    found = found_in(loader, set(houses.kept_migrations(houses.releases()[0])))

    assert without_reason(found) == []
    assert ALLOWED.keys() <= {line.rpartition(": ")[0] for line in found}


@pytest.mark.parametrize("release", houses.releases())
def test_migrations_of_a_release_stay_as_they_are(release):
    now = houses.migrations()
    kept = houses.kept_migrations(release)

    assert {path: now.get(path) for path in kept} == kept


def test_another_hash_is_found(tmp_path):
    (tmp_path / "0001_initial.py").write_text("one")
    before = houses.hash_of(tmp_path / "0001_initial.py")
    (tmp_path / "0001_initial.py").write_text("two")

    assert houses.hash_of(tmp_path / "0001_initial.py") != before


# --- Controls: what each rule lets through, and what it doesn't ---------------------------

CHECK = models.CheckConstraint(condition=models.Q(state__in=["a", "b"]), name="checked")
WIDER = models.CheckConstraint(condition=models.Q(state__in=["a", "b", "c"]), name="checked")
NARROWER = models.CheckConstraint(condition=models.Q(state__in=["a"]), name="checked")
UNIQUE = models.UniqueConstraint(fields=["state"], name="once")
APART = ops.SeparateDatabaseAndState


def char(**kwargs):
    return models.CharField(**{"max_length": 10} | kwargs)


def before(*, constraints=(CHECK, UNIQUE)) -> ProjectState:
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("state", char()),
        ("maybe", char(null=True)),
        ("filled", char(db_default="x")),
    ]
    state.add_model(
        ModelState("shop", "Thing", fields, {"constraints": list(constraints), "indexes": []})
    )
    return state


def told(*operations) -> list[str]:
    return list(rules.faults("shop", list(operations), before()))


GOOD = {
    "a table": [ops.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))])],
    "a column without": [ops.AddField("thing", "new", char(null=True))],
    "a column with a default of the database": [ops.AddField("thing", "new", char(db_default=""))],
    "links to many": [ops.AddField("thing", "new", models.ManyToManyField("shop.thing"))],
    "an index": [ops.AddIndex("thing", models.Index(fields=["state"], name="i"))],
    "longer": [ops.AlterField("thing", "state", char(max_length=20))],
    "text for letters": [ops.AlterField("thing", "state", models.TextField())],
    "null too": [ops.AlterField("thing", "state", char(null=True))],
    "other words": [ops.AlterField("thing", "state", char(verbose_name="x", choices=[("a", "b")]))],
    "a choice more": [ops.RemoveConstraint("thing", "checked"), ops.AddConstraint("thing", WIDER)],
    "no longer checked": [ops.RemoveConstraint("thing", "checked")],
    "gone from the models, empty": [APART([], [ops.RemoveField("thing", "maybe")])],
    "gone from the models, filled": [APART([], [ops.RemoveField("thing", "filled")])],
    "a table gone from the models": [APART([], [ops.DeleteModel("thing")])],
}
BAD = {
    "a column gone": [ops.RemoveField("thing", "maybe")],
    "a table gone": [ops.DeleteModel("thing")],
    "a column's name": [ops.RenameField("thing", "state", "status")],
    "a table's name": [ops.RenameModel("thing", "things")],
    "another table": [ops.AlterModelTable("thing", "elsewhere")],
    "a column that must be filled": [ops.AddField("thing", "new", char())],
    "filled by Python alone": [ops.AddField("thing", "new", char(default="x"))],
    "filled alike, but unique": [ops.AddField("thing", "new", char(db_default="x", unique=True))],
    "shorter": [ops.AlterField("thing", "state", char(max_length=5))],
    "no null": [ops.AlterField("thing", "maybe", char())],
    "unique": [ops.AlterField("thing", "state", char(unique=True))],
    "no default": [ops.AlterField("thing", "filled", char())],
    "a number for letters": [ops.AlterField("thing", "state", models.IntegerField())],
    "letters for text": [
        ops.AlterField("thing", "state", models.TextField()),
        ops.AlterField("thing", "state", char()),
    ],
    "a choice less": [
        ops.RemoveConstraint("thing", "checked"),
        ops.AddConstraint("thing", NARROWER),
    ],
    "a new check": [
        ops.AddConstraint(
            "thing", models.CheckConstraint(condition=models.Q(state="a"), name="new")
        )
    ],
    "unique together no more": [ops.RemoveConstraint("thing", "once")],
    "rows by Python": [RunPython(RunPython.noop)],
    "SQL": [RunSQL("SELECT 1")],
    "gone from the models, but must be filled": [APART([], [ops.RemoveField("thing", "state")])],
    "gone from the database apart": [APART([ops.RemoveField("thing", "maybe")], [])],
    "added to the models alone": [APART([], [ops.AddField("thing", "new", char(null=True))])],
}


@pytest.mark.parametrize("name", GOOD)
def test_what_only_adds_is_let_through(name):
    assert told(*GOOD[name]) == []


@pytest.mark.parametrize("name", BAD)
def test_what_would_break_the_release_before_is_found(name):
    assert len(told(*BAD[name])) == 1


def test_a_planted_migration_is_found_and_a_reason_lets_it_through(monkeypatch):
    """In the tree's own graph, after its newest."""
    loader = MigrationLoader(None)
    [leaf] = loader.graph.leaf_nodes("questions")
    planted = type("Migration", (Migration,), {"dependencies": [leaf]})("9999_planted", "questions")
    planted.operations = [ops.RemoveField("question", "title")]
    key = ("questions", "9999_planted")
    loader.graph.add_node(key, planted)
    loader.graph.add_dependency(planted, key, leaf)

    found = found_in(loader, set(houses.migrations()))

    [line] = found
    assert re.match(r"questions\.9999_planted: RemoveField question\.title: ", line)
    assert without_reason(found) == [line]
    monkeypatch.setitem(ALLOWED, line.rpartition(": ")[0], "no longer in the models of 0.2.0")
    assert without_reason(found) == []
