"""What one app may use of another. The floors and rooms themselves are contracts in
pyproject.toml, checked by lint-imports."""

import grimp
import pytest

#: The rooms that an app opens to the others.
OPEN = {"actions", "queries", "policy", "choices", "models"}
#: Doors that an app opens besides, each for a reason.
ALSO_OPEN = {
    ("journal", "admin"): "the base of every editable admin page, so that none forgets its entry",
    ("people", "factor"): "whether a second factor was used is told from the session",
    ("reads", "visitors"): "who is reading is told from a request, which only pages have",
    ("questions", "viewers"): "who holds a receipt is told from a request, which only pages have",
    ("questions", "forms"): "asking for somebody else takes what asking takes",
    ("questions", "pictures"): "drawing comes before asking, outside its transaction",
}
#: For all, from everywhere: it has no models and belongs to nobody.
FREE = {"kit"}
#: Rooms that tie apps together and so may look further than their own app.
TYING = {"apps", "tests", "factories", "migrations"}
NOT_APPS = {"__main__", "cli", "supervisor"}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("youthvoice", cache_dir=None)


def test_an_app_uses_only_the_open_rooms_of_another(graph):
    assert sorted(strangers(graph)) == []


def test_the_rule_would_find_a_stranger():
    graph = grimp.ImportGraph()
    graph.add_import(importer="youthvoice.cases.views", imported="youthvoice.people.forms")
    graph.add_import(importer="youthvoice.cases.views", imported="youthvoice.people.policy")
    graph.add_import(importer="youthvoice.cases.views", imported="youthvoice.kit.text")
    graph.add_import(importer="youthvoice.cases.views", imported="youthvoice.cases.forms")

    assert list(strangers(graph)) == ["youthvoice.cases.views uses youthvoice.people.forms"]


def strangers(graph):
    for importer in sorted(graph.modules):
        app, room = app_and_room(importer)
        if not app or app in NOT_APPS or room in TYING:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            other, open_room = app_and_room(imported)
            if not other or other == app or other in FREE or (other, open_room) in ALSO_OPEN:
                continue
            if open_room not in OPEN:
                yield f"{importer} uses {imported}"


def app_and_room(module):
    """("people", "forms") of "youthvoice.people.forms.signup"; "" where there is none."""
    parts = [*module.split("."), "", ""]
    return parts[1], parts[2]
