"""The access matrix holds: what each role is answered, and whose words it reads."""

import sys
from collections import defaultdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, include, path
from django.urls.resolvers import RegexPattern, URLResolver

from tests.access import matrix, sampling, walk, walker
from tests.access.rowing import read_table
from tests.access.walker import address
from tests.access.world import ROLES
from youthvoice.cases import policy as cases_policy
from youthvoice.people import policy as people_policy
from youthvoice.questions import policy
from youthvoice.questions.actions import withheld_words_given
from youthvoice.questions.models import Answer
from youthvoice.site.consent_first import ConsentFirst

# One process builds the house, and walks the table for all of them.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("access")]
ROWS = read_table(matrix.TABLE)
#: A number that no row has.
NEVER = 999_999


@pytest.fixture(scope="module")
def walked(world, choice):
    return walk.walk(world, ROWS, choice=choice)


# --- The table and the addresses ---------------------------------------------------------


def test_every_address_is_in_the_table_and_every_row_leads_somewhere():
    assert walker.unlisted(get_resolver(), {row.route for row in ROWS}) == []


def test_every_address_is_asked_for_and_posted_to():
    asked = {(row.method, row.route) for row in ROWS}

    assert [
        r for r in {row.route for row in ROWS} for m in ("GET", "POST") if (m, r) not in asked
    ] == []


def test_no_row_stands_twice():
    assert len({(row.method, row.route, row.thing) for row in ROWS}) == len(ROWS)


def test_every_row_reaches_its_own_address(world):
    assert walk.astray(world, ROWS) == []


def test_the_walker_finds_what_the_table_forgot():
    def view(request):
        raise AssertionError("nobody asks")

    inner = [path("known/", view), path("new/<int:pk>/", view)]
    resolver = URLResolver(
        RegexPattern(r"^/"), [path("a/", include(inner)), path("a/known/", view)]
    )

    assert walker.unlisted(resolver, {"a/known/", "old/"}) == [
        "a/new/<int:pk>/ is not in the table",
        "old/ is in the table but leads nowhere",
        "a/known/ stands 2 times",
    ]


def test_a_row_that_speaks_of_no_role_is_refused():
    with pytest.raises(ValueError, match="nobdy is no role"):
        read_table("GET about/ - 200 nobdy=404")


def test_enough_are_sent_between_two_whole_walks():
    came, might = set(), set()
    for row, sent in zip(ROWS, sampling.enough(ROWS), strict=True):
        assert {row.expected[role] for role in sent} == set(row.expected.values())
        came |= {(row.method, row.route, row.expected[role], role) for role in sent}
        for answer in set(row.expected.values()):
            if sampling.looks_at_nobody(row, answer):
                continue
            alike = {role for role in ROLES if row.expected[role] == answer}
            assert answer != "200" or alike <= sent
            assert all(sent & alike & set(kind) for kind in sampling.KINDS if alike & set(kind))
            if answer in ("403", "404"):
                might |= {(row.method, row.route, answer, role) for role in alike}

    # Each role is refused at each address, though not for each thing.
    assert {(method, route, role) for method, route, answer, role in might} <= {
        (method, route, role) for method, route, answer, role in came if answer in ("403", "404")
    }


@pytest.mark.databases
def test_on_the_second_database_every_answer_that_is_no_refusal_is_tried():
    sent = sampling.for_the_database(ROWS)

    for row, roles in zip(ROWS, sent, strict=True):
        more = set(row.expected.values()) - {"403", "404", "405", "door", "login"}
        assert {row.expected[role] for role in roles} >= more
    assert set().union(*sent) == set(ROLES)


#: An address of one question, or of what hangs on one.
_OF_ONE = ("q/<", "me/q/<", "a/<", "c/<", "cases/<", "answers/<", "report/<", "moderation/item/<")


def test_each_address_of_a_question_is_tried_with_one_that_is_withheld():
    """Words can only be told where somebody asks for them."""
    rows = [row for row in ROWS if row.method == "GET" and "405" not in row.expected.values()]
    asked = {row.route for row in rows if "withheld" in row.thing or row.thing == "danger"}
    of_one = {row.route for row in rows if row.route.startswith((*_OF_ONE, "media/private/"))}

    assert sorted(of_one - asked) == []


# --- The walk ----------------------------------------------------------------------------


@pytest.mark.databases
def test_every_role_is_answered_as_the_table_says(walked, capsys):
    with capsys.disabled():
        sys.stdout.write(f"\n{walked}\n")
    assert walked.statuses == []


@pytest.mark.databases
def test_nobody_reads_what_is_anothers(walked):
    assert walked.told == []


@pytest.mark.databases
def test_who_reads_what_is_withheld_is_in_the_journal(walked):
    assert walked.unrecorded == []


def test_what_is_withheld_answers_as_what_never_was(world):
    """The same bytes and headers, after as many queries."""
    rows = [
        r
        for r in ROWS
        if r.method == "GET" and "withheld" in r.thing and "404" in r.expected.values()
    ]
    tried = 0
    for role in ("nobody", "peer", "duty"):
        client = world.client(role)
        for row in rows:
            if row.expected[role] != "404":
                continue
            *place, last = world.objects[row.thing]
            never = f"{'f' * 32}.jpg" if isinstance(last, str) else NEVER
            there, nowhere = (
                _answer(world, client, role, address(row.route, (*place, name)))
                for name in (last, never)
            )
            assert there == nowhere, f"{role}: {row.route}"
            tried += 1
    assert tried > 30


def _answer(world, client, role, path):
    world.dress(client, role)
    with walk.undone(), CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    heads = {name: value for name, value in response.items() if name != "Expires"}
    return response.status_code, response.content, heads, len(asked)


def test_whoever_may_read_a_secret_does(world, walked, choice):
    """Else the test above would look for words that no page holds."""
    if choice is sampling.for_the_database:
        pytest.skip("not every role went everywhere")
    unread = {s.word: set(s.may - walked.read[s.word]) for s in world.secrets}

    assert {word: roles for word, roles in unread.items() if roles} == {}


@pytest.mark.databases
def test_every_answer_has_its_headers(walked):
    assert walked.headers == []


def test_a_refusal_is_the_same_page_for_everybody(world):
    """Therefore the walk draws it once a role (refusals.drawn_once)."""
    pages = defaultdict(set)
    for role in ROLES:
        client = world.client(role)
        for page in ("/q/999999/", "/q/999999/edit/", "/no/such/page", "/admin/people/user/add/"):
            world.dress(client, role)
            response = client.get(page)
            pages[response.status_code].add(response.content)
        world.dress(client, role)
        pages["forged"].add(client.post("/ask/").content)

    assert {kind: len(found) for kind, found in pages.items() if kind != 302} == {
        403: 1,
        404: 1,
        "forged": 1,
    }


# --- Each guard is real: without it the walk speaks ---------------------------------------


def rows_of(*routes):
    return [row for row in ROWS if row.route in routes]


def test_withheld_words_that_pass_by_the_door_are_found(world, monkeypatch):
    """What the test above finds, where a page, a form that came back or a picture forgets it."""
    monkeypatch.setattr(withheld_words_given, "send", lambda **kwargs: None)
    routes = ["q/<int:pk>/answer/", "report/<str:kind>/<int:pk>/", "cases/<int:pk>/"]
    routes += ["media/private/<str:file_name>", "moderation/item/<int:pk>/", "q/<int:pk>/private/"]

    found = walk.walk(world, rows_of(*routes), ["asker", "lead"])

    for route in routes:
        assert any(f"lead: GET {route}" in line for line in found.unrecorded), route
    assert not [line for line in found.unrecorded if line.startswith("asker")]


def test_a_question_that_everybody_may_edit_is_found(world, monkeypatch):
    monkeypatch.setattr(policy, "may_edit_question", lambda viewer, question: True)

    found = walk.walk(world, rows_of("q/<int:pk>/edit/"), ["peer"])

    assert "peer: GET q/<int:pk>/edit/ (named) answers 200, not 403" in found.statuses
    assert "peer: POST q/<int:pk>/edit/ (nameless) answers done, not 403" in found.statuses


def test_a_desk_that_everybody_may_see_is_found(world, monkeypatch):
    monkeypatch.setattr(cases_policy, "may_see_queue", lambda user, organisation_id: True)

    found = walk.walk(world, rows_of("desk/<slug:slug>/"), ["asker", "other"])

    assert found.statuses == [
        "asker: GET desk/<slug:slug>/ (city) answers 200, not 403",
        "asker: GET desk/<slug:slug>/ (line) answers 200, not 403",
        "other: GET desk/<slug:slug>/ (city) answers 200, not 403",
    ]


def test_earlier_words_that_everybody_may_read_are_found(world, monkeypatch):
    monkeypatch.setattr(policy, "may_see_history", lambda viewer, target: True)

    found = walk.walk(world, rows_of("q/<int:pk>/history/"), ["operator"])

    assert "operator: GET q/<int:pk>/history/ (named) tells 13812345678" in found.told
    assert "operator: GET q/<int:pk>/history/ (nameless) tells 我的学校" in found.told


def test_writing_that_asks_for_no_consent_is_found(world, monkeypatch):
    monkeypatch.setattr(ConsentFirst, "process_view", lambda self, *args: None)

    found = walk.walk(world, rows_of("q/<int:pk>/answer/", "a/<int:pk>/useful/"), ["child"])

    assert "child: POST q/<int:pk>/answer/ (named) answers done, not 403" in found.statuses
    assert "child: POST a/<int:pk>/useful/ (peer) answers done, not 403" in found.statuses


def test_a_list_that_tells_minors_names_is_found(world, monkeypatch):
    monkeypatch.setattr(people_policy, "is_protected", lambda person: False)

    found = walk.walk(world, rows_of("admin/people/user/"), ["operator"])

    assert "operator: GET admin/people/user/ (-) tells minor-login" in found.told


def test_a_look_at_a_minor_without_an_entry_is_found(world, monkeypatch):
    monkeypatch.setattr(people_policy, "is_protected", lambda person: False)

    route = "admin/people/user/<path:object_id>/change/"
    found = walk.walk(world, rows_of(route), ["operator"])

    assert found.statuses == [f"operator: GET {route} (young) answers 200, not made"]


def test_a_page_that_names_the_colleague_who_wrote_is_found(world, monkeypatch):
    monkeypatch.setattr(Answer, "signature", property(lambda answer: answer.author.nickname))

    found = walk.walk(world, rows_of("q/<int:pk>/"), ["nobody"])

    assert found.told == ["nobody: GET q/<int:pk>/ (named) tells 室内写手"]


def test_an_act_on_a_page_that_only_shows_is_found(world, monkeypatch):
    """Rows that change on GET, or behind a refusal, are seen whatever the status."""
    from youthvoice.people.models import User
    from youthvoice.site.views import pages

    def shown(request, *args, **kwargs):
        User.objects.filter(pk=request.user.pk).update(nickname="改了")
        return real(request, *args, **kwargs)

    real = pages.render
    monkeypatch.setattr(pages, "render", shown)

    found = walk.walk(world, rows_of("me/bar/"), ["peer"])

    assert found.statuses == ["peer: GET me/bar/ (-) answers made, not 200"]
