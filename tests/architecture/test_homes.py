"""What hangs on a code is told wherever it must be: for a new one, these name what is missing."""

import json
import re

import pytest

from tests.architecture import tree
from youthvoice.cases.choices import STEP_WORDS, StepKind
from youthvoice.demo import actions as demo
from youthvoice.importing.sorting import KIND_WORDS
from youthvoice.orgs.choices import OF_KIND, Field, OrgKind
from youthvoice.orgs.fields import OF_FIELD
from youthvoice.questions.choices import Kind

TOKENS = (tree.ROOT / "static/css/tokens.css").read_text()
_DAY, _NIGHT = TOKENS.split("@media (prefers-color-scheme: dark)")


@pytest.mark.parametrize("field", Field.values)
def test_a_field_has_all_that_hangs_on_it(field):
    assert missing(field) == []


def test_what_a_new_field_lacks_is_named():
    assert missing("sport") == [
        "its advice and words in orgs/fields.py",
        "its drawing in questions/templates/questions/fields/sport.html",
        "its colour by day in tokens.css",
        "its colour by night in tokens.css",
        "its .hue in tokens.css",
        "its questions in demo/content/questions-sport.json",
    ]


def missing(field):
    questions = demo._CONTENT / f"questions-{field}.json"
    drawing = tree.ROOT / f"youthvoice/questions/templates/questions/fields/{field}.html"
    has = {
        "its advice and words in orgs/fields.py": field in OF_FIELD,
        f"its drawing in questions/templates/questions/fields/{field}.html": drawing.is_file(),
        "its colour by day in tokens.css": f"--field-{field}: #" in _DAY,
        "its colour by night in tokens.css": f"--field-{field}: #" in _NIGHT,
        "its .hue in tokens.css": re.search(rf"\.hue-{field} \{{", TOKENS),
        f"its questions in demo/content/{questions.name}": (
            questions.is_file() and json.loads(questions.read_text())
        ),
    }
    return [what for what, there in has.items() if not there]


def test_a_kind_of_organisation_has_all_that_hangs_on_it():
    assert set(OF_KIND) == set(OrgKind)
    assert sorted(of.referred for of in OF_KIND.values()) == list(range(1, len(OrgKind) + 1))


def test_a_line_of_the_trail_has_its_words():
    told = set(STEP_WORDS) | {StepKind.ANSWERED}

    assert told == set(StepKind)


def test_a_kind_of_question_is_found_by_words_or_is_what_is_left():
    assert {kind for kind, _words in KIND_WORDS} | {Kind.HELP} == set(Kind)
