"""What a page costs is counted in work, not in time: SQL made, nodes walked, addresses reversed."""

from collections import Counter

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.template.base import Node
from django.urls.resolvers import URLResolver

from tests.factories import answer, ask, member
from youthvoice.counts import actions
from youthvoice.kit import clock
from youthvoice.readymade.compiling.loader import Made
from youthvoice.readymade.prepared import Prepared

pytestmark = pytest.mark.django_db

#: SQL that is made anew, nodes that Django draws, addresses that it looks for.
BARS = {
    "question": {"sql": 0, "nodes": 5, "addresses": 3},
    "list": {"sql": 0, "nodes": 2, "addresses": 3},
    "front": {"sql": 0, "nodes": 2, "addresses": 3},
    "orgs": {"sql": 3, "nodes": 2, "addresses": 3},
    "ask": {"sql": 0, "nodes": 4, "addresses": 3},
    "fragment": {"sql": 0, "nodes": 2, "addresses": 3},
}


@pytest.fixture
def pages(house, client):
    """For each kind of page one that was drawn, and one like it that wasn't."""
    asked = [ask() for _ in range(2)]
    for question in asked:
        answer(question, by=member(house.county), organisation=house.county)
    actions.settle(at=clock.now())
    first, second = (question.pk for question in asked)
    return {
        "question": (f"/q/{first}/", f"/q/{second}/"),
        "list": ("/?show=hot&field=work", "/?show=hot&field=life"),
        "front": ("/", "/"),
        "orgs": ("/orgs/", "/orgs/"),
        "ask": ("/ask/", "/ask/"),
        "fragment": (f"/me/q/{first}/", f"/me/q/{second}/"),
    }


@pytest.fixture
def work(monkeypatch):
    found = Counter()

    def counting(owner, name, what):
        plain = getattr(owner, name)

        def counted(self, *args, **kwargs):
            found[what] += 1
            return plain(self, *args, **kwargs)

        monkeypatch.setattr(owner, name, counted)

    counting(SQLCompiler, "as_sql", "sql")
    counting(Node, "render_annotated", "nodes")
    counting(URLResolver, "_reverse_with_prefix", "addresses")
    return found


@pytest.mark.parametrize("kind", BARS)
def test_a_page_not_drawn_before_makes_nothing_anew(client, pages, work, kind):
    drawn, fresh = pages[kind]
    assert client.get(drawn).status_code == 200
    work.clear()
    assert client.get(fresh).status_code == 200

    assert {what: most for what, most in BARS[kind].items() if work[what] > most} == {}, work


def test_what_was_counted_can_be_seen(client, pages, work, monkeypatch):
    """The control: the same page without what is kept."""
    drawn, fresh = pages["question"]
    client.get(drawn)
    work.clear()
    monkeypatch.setattr(Made, "part", lambda self, key: None)
    monkeypatch.setattr(
        Prepared, "_rows", lambda self, build, given, kind: list(build(**given)), raising=True
    )
    assert client.get(fresh).status_code == 200

    assert work["sql"] >= 10
    assert work["nodes"] > 200
