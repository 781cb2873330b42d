"""What is refused is counted by what it cost."""

import pytest
from django.test import Client

from youthvoice.limits.choices import LIMITS, What
from youthvoice.limits.tests.filling import fill_up, used
from youthvoice.questions.models import Question
from youthvoice.site import refusals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
HERE, ELSEWHERE = "127.0.0.1", "203.0.113.5"
FORM = {
    "kind": "help",
    "field": "work",
    "title": "试用期工资怎么算",
    "text": "入职第二个月，想问清楚。",
    "region": "410122",
    "name_choice": "nameless",
}
#: The form of the break-in test, which lacks a title so that it is refused.
DEAR = FORM | {"text": "Q" * 5000, "title": "", "personal": "mask", "key": "a" * 32}


@pytest.fixture
def seconds(monkeypatch):
    """Each request takes as long as the test says."""
    took = {"each": 0.0, "now": 0.0}

    def thread_time():
        took["now"] += took["each"]
        return took["now"]

    monkeypatch.setattr(refusals.time, "thread_time", thread_time)
    return took


def test_a_form_that_is_refused_is_counted_by_its_time(client, seconds):
    seconds["each"] = 0.5

    assert client.post("/ask/", DEAR).status_code == 422
    assert used(What.REFUSED, HERE) == 1 + 0.5 * refusals.UNITS
    # The password of nobody: allauth's page comes back with 200.
    assert client.post("/accounts/login/", {"login": "x", "password": "y"}).status_code == 200
    assert used(What.REFUSED, HERE) == 2 * (1 + 0.5 * refusals.UNITS)


def test_what_is_taken_is_not(client, seconds):
    seconds["each"] = 0.5

    assert client.post("/ask/", FORM | {"key": "b" * 32}).status_code == 200
    assert client.get("/ask/?field=nonsense").status_code == 200
    assert client.get("/nothing/").status_code == 404
    assert used(What.REFUSED, HERE) == 0


def test_another_site_cannot_use_up_the_time_of_a_visitor(seconds):
    seconds["each"] = 0.5
    visitor = Client(enforce_csrf_checks=True)

    assert (
        visitor.post("/ask/", DEAR, headers={"Origin": "https://evil.example"}).status_code == 403
    )
    assert used(What.REFUSED, HERE) == 0


def test_a_page_of_ours_that_is_forbidden_is_counted(seconds):
    """An old token, again and again, with as many words as a form takes."""
    seconds["each"] = 0.5
    visitor = Client(enforce_csrf_checks=True)

    ours = {"Origin": "http://testserver"}
    assert visitor.post("/ask/", DEAR, headers=ours).status_code == 403
    assert used(What.REFUSED, HERE) == 1 + 0.5 * refusals.UNITS


def test_a_form_is_answered_where_nothing_can_be_counted(client, settings, tmp_path):
    """As on a full disk: what was typed comes back all the same."""
    settings.LIMITS_FILE = tmp_path / "nowhere" / "limits.sqlite3"

    shown = client.post("/ask/", DEAR)

    assert shown.status_code == 422
    assert shown.context["form"].data["text"] == DEAR["text"]


def test_whoever_has_used_up_the_time_waits_and_others_do_not(client, seconds):
    fill_up(What.REFUSED, HERE, left=1)
    seconds["each"] = 0.5
    # The one that goes too far is answered still.
    assert client.post("/ask/", DEAR).status_code == 422

    response = client.post("/ask/", FORM | {"key": "c" * 32})

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 660
    assert "没法收下" in response.content.decode()
    assert not Question.objects.exists()
    assert client.get("/ask/").status_code == 200
    other = client.post("/ask/", FORM | {"key": "c" * 32}, REMOTE_ADDR=ELSEWHERE)
    assert other.status_code == 200


def test_the_body_of_whoever_waits_is_not_read(client, seconds, monkeypatch):
    fill_up(What.REFUSED, HERE, left=0)
    seconds["each"] = 0.5
    client.post("/ask/", DEAR)

    def read(*args, **kwargs):
        raise AssertionError("It was read.")

    monkeypatch.setattr("django.http.HttpRequest._load_post_and_files", read)
    assert client.post("/ask/", DEAR).status_code == 429
    with pytest.raises(AssertionError, match="read"):
        client.post("/ask/", DEAR, REMOTE_ADDR=ELSEWHERE)


def test_another_process_learns_it_with_the_first_form(seconds):
    """The counts are shared; what each keeps in mind is only what they said."""
    fill_up(What.REFUSED, HERE, left=0)
    seconds["each"] = 0.01
    one = Client()

    assert [one.post("/ask/", DEAR).status_code for _ in range(3)] == [422, 429, 429]


def test_it_ends(client, seconds, monkeypatch):
    fill_up(What.REFUSED, HERE, left=0)
    client.post("/ask/", DEAR)
    assert client.post("/ask/", DEAR).status_code == 429
    later = refusals.clock.now() + LIMITS[What.REFUSED].within * 1.2
    monkeypatch.setattr(refusals.clock, "now", lambda: later)

    assert client.post("/ask/", DEAR).status_code == 422
