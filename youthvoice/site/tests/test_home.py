"""The home page's lists: which questions, in which order, narrowed to what."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.orgs.choices import Field
from youthvoice.questions import actions
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.questions.queries import Filters
from youthvoice.site.views.home import ways

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def shown(client, **query):
    response = client.get("/", query)
    assert response.status_code == 200
    return response.context["questions"]


def mark(question, outcome, *, at):
    actions.mark_outcome(question=question, outcome=outcome, by=asker_of(question), at=at)


@pytest.fixture
def four(house):
    """Asked one hour after the other: waiting, answered by a peer, solved late, solved early."""
    names = ["waiting", "answered", "solved_late", "solved_early"]
    questions = {name: ask(at=MONDAY + n * HOUR) for n, name in enumerate(names)}
    answer(questions["answered"], by=PersonFactory())
    mark(questions["solved_late"], "solved", at=MONDAY + 20 * HOUR)
    mark(questions["solved_early"], "solved", at=MONDAY + 10 * HOUR)
    return questions


def test_the_newest_first(client, four):
    assert shown(client) == list(four.values())[::-1]
    assert shown(client, show="new") == shown(client, show="nonsense") == shown(client)


def test_the_hottest_first(client, four):
    assert shown(client, show="hot")[0] == four["answered"]
    for _ in range(9):
        actions.follow(question=four["waiting"], by=Viewer(PersonFactory()), at=MONDAY)
    assert shown(client, show="hot")[0] == four["waiting"]


def test_who_waits_longest_first(client, four):
    assert shown(client, show="waiting") == [
        four["waiting"],
        four["solved_late"],
        four["solved_early"],
    ]


def test_what_was_solved_last_first(client, four):
    assert shown(client, show="solved") == [four["solved_late"], four["solved_early"]]
    mark(Question.objects.get(pk=four["solved_late"].pk), "open", at=MONDAY + 30 * HOUR)
    assert shown(client, show="solved") == [four["solved_early"]]


@pytest.mark.parametrize("show", ["new", "hot", "waiting", "solved"])
def test_what_was_taken_back_is_in_no_list(client, four, show):
    for question in four.values():
        question.refresh_from_db()
        actions.delete_question(question=question, by=asker_of(question), at=MONDAY)

    assert shown(client, show=show) == []
    assert client.get("/").context["echoed"] == client.get("/").context["waiting"] == []


# --- Filters -----------------------------------------------------------------------------


@pytest.fixture
def places(house):
    return {
        "county": ask(region="410122", field="work", kind="help", at=MONDAY),
        "city": ask(region="410100", field="life", kind="talk", at=MONDAY + HOUR),
        "kaifeng": ask(region="410200", field="work", kind="talk", at=MONDAY + 2 * HOUR),
        "nowhere": ask(region=None, field="work", kind="help", at=MONDAY + 3 * HOUR),
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"field": "work"}, ["nowhere", "kaifeng", "county"]),
        ({"kind": "talk"}, ["kaifeng", "city"]),
        ({"region": "410122"}, ["county"]),
        ({"region": "410100"}, ["city", "county"]),
        ({"region": "410000"}, ["kaifeng", "city", "county"]),
        ({"region": "410100", "field": "work", "kind": "help"}, ["county"]),
        ({"region": "410200", "field": "life"}, []),
        ({"field": "war"}, ["nowhere", "kaifeng", "city", "county"]),
        ({"region": "999999", "kind": "'"}, ["nowhere", "kaifeng", "city", "county"]),
        ({"region": "410100", "show": "waiting"}, ["county", "city"]),
    ],
)
def test_a_list_is_narrowed_to_field_kind_and_region_with_all_below(client, places, query, names):
    assert shown(client, **query) == [places[name] for name in names]


def test_only_the_front_has_the_doors_and_the_echoes(client, four):
    front = client.get("/").context
    assert front["is_front"] is True
    assert [q.pk for q in front["echoed"]] == [four["answered"].pk]
    assert [q.pk for q in front["waiting"]] == [
        four[name].pk for name in ("waiting", "solved_late", "solved_early")
    ]

    for query in ({"show": "hot"}, {"field": "work"}, {"after": "1~1"}):
        other = client.get("/", query).context
        assert (other["is_front"], other["echoed"], other["waiting"], other["fields"]) == (
            False,
            [],
            [],
            [],
        )


def test_the_doors_tell_how_many_wait_in_each_field(client, places):
    answer(places["county"], by=PersonFactory())

    doors = {d["code"]: d["waiting"] for d in client.get("/").context["fields"]}
    assert doors == dict.fromkeys(Field.values, 0) | {"work": 2, "life": 1}


def test_links_keep_what_was_chosen_and_leave_out_what_is_usual(client, house):
    chosen = {"field": "work", "region": "410122"}
    context = client.get("/", {"show": "hot", **chosen}).context
    context = {"tabs": context["tabs"], **ways("hot", Filters(**chosen))}

    assert {t["code"]: t["url"] for t in context["tabs"]} == {
        "new": "/?field=work&region=410122",
        "hot": "/?show=hot&field=work&region=410122",
        "waiting": "/?show=waiting&field=work&region=410122",
        "solved": "/?show=solved&field=work&region=410122",
    }
    assert [t["code"] for t in context["tabs"] if t["current"]] == ["hot"]
    assert [c["code"] for c in context["field_links"] if c["current"]] == ["work"]
    assert [c["code"] for c in context["kind_links"] if c["current"]] == [""]
    cities, counties = context["places"]
    assert cities["links"][0]["url"] == "/?show=hot&field=work"
    current = [link["url"] for link in counties["links"] if link["current"]]
    assert current == ["/?show=hot&field=work&region=410122"]


# --- Paging ------------------------------------------------------------------------------


def test_a_link_to_the_next_page_stays_true_while_questions_arrive(client, house):
    questions = [ask(at=MONDAY + n * HOUR) for n in range(45)][::-1]
    first = client.get("/").context
    for n in range(3):
        ask(at=MONDAY + (50 + n) * HOUR)

    second = client.get(first["next_url"]).context
    third = client.get(second["next_url"]).context

    assert list(first["questions"]) == questions[:20]
    assert list(second["questions"]) == questions[20:40]
    assert list(third["questions"]) == questions[40:]
    assert (first["first_url"], second["first_url"], third["next_url"]) == ("", "/", "")
    assert second["is_front"] is False


@pytest.mark.parametrize("show", ["new", "hot", "waiting", "solved"])
def test_questions_of_one_moment_are_each_on_one_page(client, house, show):
    made = [ask(at=MONDAY) for _ in range(25)]
    if show == "solved":
        for question in made:
            mark(question, "solved", at=MONDAY)

    first = client.get("/", {"show": show, "field": "work"}).context
    second = client.get(first["next_url"]).context

    both = [*first["questions"], *second["questions"]]
    assert (len(both), set(both)) == (25, set(made))
    chosen = "" if show == "new" else f"show={show}&"
    assert second["first_url"] == f"/?{chosen}field=work"


@pytest.mark.parametrize(
    "after",
    ["x", "~", "1~", "~1", "1~-1", "9" * 40 + "~1", "1~" + "9" * 40, "nan~1", "inf~1", "1~1~1"],
)
@pytest.mark.parametrize("show", ["new", "hot"])
def test_a_place_that_is_not_ours_is_no_error(client, house, show, after):
    ask()

    assert client.get("/", {"show": show, "after": after}).status_code == 200


# --- Rows --------------------------------------------------------------------------------


def test_a_row_tells_the_holder_while_nobody_answered(client, house):
    question = ask(region="410122", title="路灯坏了三天")
    page = client.get("/").content.decode()
    assert "路灯坏了三天" in page
    assert "团中牟县委" in page
    assert f'href="/q/{question.pk}/"' in page

    answer(question, by=member(house.county), organisation=house.county)
    assert "团中牟县委" not in client.get("/", {"show": "new", "field": "work"}).content.decode()


def test_an_empty_house_invites_to_ask(client, house):
    for show in ("new", "hot", "waiting", "solved"):
        page = client.get("/", {"show": show}).content.decode()
        assert 'href="/ask/"' in page
