"""What one app may use of another. The floors and rooms themselves are contracts in
pyproject.toml, checked by lint-imports."""

import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.architecture import tree
from youthvoice.floors import APPS, BESIDE

#: The rooms that an app opens to the others.
OPEN = {"actions", "queries", "policy", "choices", "models"}
#: Doors that an app opens besides, each for a reason.
ALSO_OPEN = {
    ("entrance", "surrogates"): "what an act changes on kept pages is said to it by higher floors",
    ("entrance", "nonces"): "whose own pieces an act changes is said to it by higher floors",
    ("journal", "admin"): "the base of every editable admin page, so that none forgets its entry",
    ("counts", "registry"): "what questions count for is joined there, as steps are to the clock's",
    ("people", "factors.factor"): "whether a second factor was used is told from the session",
    ("limits", "networks"): "who sends is told from a request, which only pages have",
    ("people", "names"): "what higher floors know of names is joined there, as holdings are",
    ("orgs", "names"): "what bodies are called is the same for bearing a name and for judging",
    ("reads", "visitors"): "who is reading is told from a request, which only pages have",
    ("safety", "signs"): "rules over words: they ask for no row and belong to no other room",
    ("safety", "guard"): "what forms of words in every app begin with",
    ("safety", "personal"): "rules over words, as the signs are",
    ("orgs", "widgets"): "the control for a region is the same in every form",
    ("orgs", "fields"): "the words of a field are the same for asking, sorting and routing",
    ("questions", "viewers"): "who holds a receipt is told from a request, which only pages have",
    ("questions", "forms"): "asking for somebody else takes what asking takes",
    ("pictures", "fields"): "forms of every app may take pictures",
    ("pictures", "holding"): "what waits for a form is told from a request, which only pages have",
    ("pictures", "serving"): "who may see a picture knows only the app whose picture it is",
}
#: For all, from everywhere: they have no models and belong to nobody.
FREE = {"kit", "readymade"}
#: Rooms that tie apps together and so may look further than their own app.
TYING = {"apps", "tests", "factories", "migrations"}


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


def test_the_rule_would_find_a_stranger_in_a_room_of_rooms():
    graph = grimp.ImportGraph()
    for room in ("factor", "actions", "forms.fields"):
        imported = f"youthvoice.people.factors.{room}"
        graph.add_import(importer="youthvoice.cases.views", imported=imported)
    graph.add_import(importer="youthvoice.people.admin", imported="youthvoice.people.factors.forms")

    assert sorted(strangers(graph)) == [
        "youthvoice.cases.views uses youthvoice.people.factors.actions",
        "youthvoice.cases.views uses youthvoice.people.factors.forms.fields",
    ]


def strangers(graph):
    for importer in sorted(graph.modules):
        app, room = app_and_room(importer)
        if not app or app in BESIDE or room in TYING:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            other, open_room = app_and_room(imported)
            if not other or other == app or other in FREE:
                continue
            if open_room not in OPEN and not has_door(imported):
                yield f"{importer} uses {imported}"


def has_door(module):
    """Whether it is one of the doors, in the app itself or in a room of rooms, or behind one."""
    _house, app, *rooms = module.split(".")
    return any((app, ".".join(rooms[:deep])) in ALSO_OPEN for deep in (1, 2))


def app_and_room(module):
    """("people", "forms") of "youthvoice.people.forms.signup"; "" where there is none."""
    parts = [*module.split("."), "", ""]
    return parts[1], parts[2]


@pytest.mark.parametrize("app", APPS)
def test_each_app_says_what_it_holds_and_what_it_leaves_to_others(app):
    holds, *leaves = (importlib.import_module(f"youthvoice.{app}").__doc__ or "").split("\n\n")

    assert holds.strip()
    assert len(leaves) == 1


# --- The floors and rooms, in a house of empty rooms ---------------------------------------


@pytest.fixture
def empty_house(tmp_path):
    """The contracts and floors as they are, with nothing in any app."""
    for name in ("pyproject.toml", "tests/architecture/contracts.py", "youthvoice/floors.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tree.ROOT / name, tmp_path / name)
    for name in (*(f"youthvoice/{app}" for app in (*APPS, "supervisor")), "config"):
        (tmp_path / name).mkdir()
    for package in ("config", "youthvoice", *(f"youthvoice/{app}" for app in APPS)):
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "youthvoice/supervisor/__init__.py").touch()
    (tmp_path / "youthvoice/cli.py").touch()
    return tmp_path


def test_adding_an_app_is_one_folder_and_one_line(empty_house):
    wells = empty_house / "youthvoice" / "wells"
    wells.mkdir()
    (wells / "__init__.py").touch()
    (wells / "models.py").write_text("from youthvoice.people import models\n")
    (empty_house / "youthvoice/people/models.py").touch()

    assert "wells" in broken(empty_house)

    floors = empty_house / "youthvoice" / "floors.py"
    words = floors.read_text()
    floors.write_text(
        words.replace('    ("questions",),\n', '    ("wells",),\n    ("questions",),\n')
    )
    assert floors.read_text() != words
    assert broken(empty_house) == ""


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("people/models.py", "from youthvoice.cases import models"),
        ("orgs/models.py", "from youthvoice.workdays import models"),
        ("cases/queries.py", "from youthvoice.cases import actions"),
        ("people/phones/models.py", "from youthvoice.people.phones import views"),
        ("cli.py", "from youthvoice.cases import models"),
        ("cases/models.py", "import config.settings"),
    ],
)
def test_each_contract_finds_what_breaks_it(empty_house, path, words):
    house = empty_house / "youthvoice"
    (house / "people/phones").mkdir()
    (house / "people/phones/__init__.py").touch()
    (empty_house / "config/settings.py").touch()
    for name in ("cases/models.py", "cases/actions.py", "workdays/models.py"):
        (house / name).touch()
    (house / "people/phones/views.py").touch()
    (house / path).write_text(f"{words}\n")

    assert "BROKEN" in broken(empty_house)


def broken(house):
    """What lint-imports has against it, "" if nothing."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr
