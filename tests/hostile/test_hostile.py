"""Thousands of requests that no page of ours sends; the whole run is `bench/hostile.py`."""

import os
import sys

import pytest
from django.urls import get_resolver

from tests.access.walker import patterns
from tests.hostile import run as running
from tests.hostile.forms import Fields
from tests.hostile.sending import Sent, send
from youthvoice.questions.actions import answering, asking
from youthvoice.questions.forms import AskForm
from youthvoice.questions.models import Tally

# One process builds the house for all of them.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("hostile"),
]


@pytest.mark.databases
def test_nothing_fails_and_nothing_is_stored_by_halves(world, request, capsys):
    aims = running.targets(world)
    many = 2 * len(aims)
    if request.config.getoption("--second-database"):
        # One thing of each address, once.
        aims = list({aim.route: aim for aim in reversed(aims)}.values())
        many = len(aims)
    many = max(int(os.environ.get("HOSTILE_POSTS", "0")), many)
    found = running.run(world, many=many, aims=aims)

    with capsys.disabled():
        sys.stdout.write(f"\n{found}\n")
    assert dict(found.failures) == {}
    assert dict(found.halves) == {}
    assert found.routes == set(patterns(get_resolver()))
    assert found.sent == many
    # Else they would all have been turned away at the door.
    assert found.acts > many / 100


def test_a_page_tells_what_it_asks_for():
    page = Fields(
        '<a href="/?show=hot&after=1">x</a><form><input name=a value=1><input type=file name=f>'
        "<input type=radio name=r value=x><input type=radio name=r value=y checked>"
        "<textarea name=t>\nwords</textarea>"
        "<select name=s><option value=1>1<option value=2 selected>2</select></form>"
    )

    assert page.values == {"a": "1", "r": "y", "t": "words", "s": "2"}
    assert (page.files, page.queries) == ({"f"}, {"show", "after"})


# --- Each eye is real: what goes wrong is seen --------------------------------------------


def test_a_form_that_breaks_is_found(world, monkeypatch):
    def clean(form):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(AskForm, "clean", clean)

    found = running.run(world, many=30, only=["ask/"])

    assert any("broken on purpose" in sentence for sentence in found.failures)


def test_an_answer_that_nobody_is_told_of_is_found(world, monkeypatch):
    monkeypatch.setattr(answering, "record", lambda *args, **kwargs: None)

    found = running.run(world, many=60, only=["q/<int:pk>/answer/"])

    assert any(": no entry ('question.answered',)" in sentence for sentence in found.halves)


def test_a_tally_that_is_not_kept_is_found(world, monkeypatch):
    monkeypatch.setattr(asking.tallies, "bump", lambda *args, **kwargs: None)

    found = running.run(world, many=40, only=["ask/"])

    assert any(sentence.startswith("questions is kept as") for sentence in found.halves)


def test_a_refusal_that_changes_rows_is_found(world, monkeypatch):
    def clean(form):
        Tally.objects.update_or_create(name="left", defaults={"value": 1})
        form.add_error(None, "refused")

    monkeypatch.setattr(AskForm, "clean", clean)

    found = running.run(world, many=30, only=["ask/"])

    assert any("was refused and changed ['questions_tally" in s for s in found.halves)


def test_an_entrance_that_breaks_down_is_found(monkeypatch):
    def broken(request, meta):
        raise ValueError("broken on purpose")

    monkeypatch.setattr("youthvoice.entrance.door.Request._set_content_type_params", broken)

    got = send(Sent("GET", "/robots.txt"))

    assert (got.status, "broken on purpose" in got.problem) == (599, True)
