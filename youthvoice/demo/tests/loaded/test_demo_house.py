"""The demo's house: full of life, exact in its numbers, and open to a tap on this machine only."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db.models import Q
from django.test import Client
from django.utils.module_loading import import_string

from tests.factories import MONDAY
from tests.walks import far
from youthvoice.cases.choices import HopKind, HopState, LaneState, State, StepKind
from youthvoice.cases.models import Case
from youthvoice.demo.actions import decline_demo, load_demo
from youthvoice.demo.choices import LOADED, DemoRole, username_of
from youthvoice.demo.policy import is_declined, is_loaded, may_load
from youthvoice.journal import queries as journal
from youthvoice.journal.models import Entry
from youthvoice.kit.recounting import recount
from youthvoice.orgs.choices import Level, Role
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.people.models import User
from youthvoice.pictures.queries import path_of
from youthvoice.questions.choices import AnswerKind, Field, Kind, Outcome
from youthvoice.questions.models import Answer, Comment, Follow, Picture, Question, Useful

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.databases,
    pytest.mark.usefixtures("demo_house"),
    # One process loads it for all of them.
    pytest.mark.xdist_group("demo_house"),
]
LOCAL = {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "REMOTE_ADDR": "127.0.0.1"}


def person(role):
    return User.objects.get(username=username_of(role))


# --- What is in it -----------------------------------------------------------------------


def test_there_are_questions_of_every_sort_from_every_city(demo_house):
    assert demo_house == Question.objects.count() >= 60
    assert set(Question.objects.values_list("field", flat=True)) == set(Field)
    assert set(Question.objects.values_list("kind", flat=True)) == set(Kind)
    assert set(Question.objects.values_list("outcome", flat=True)) == set(Outcome)
    assert set(Question.objects.values_list("is_nameless", flat=True)) == {True, False}
    assert set(Answer.objects.values_list("kind", flat=True)) == set(AnswerKind)
    places = Question.objects.exclude(region=None).select_related("region__parent")
    cities = {q.region.parent_id if q.region.level == Level.COUNTY else q.region_id for q in places}
    assert len(cities - {"410000"}) >= 18


def test_its_nameless_questions_lead_to_nobody(demo_house):
    audit = import_string("youthvoice.site.namelessness.audit")

    assert audit([]).links == []


def test_one_comment_is_hidden_by_the_rules_and_one_waits(demo_house):
    from youthvoice.moderation.models import Item

    assert sorted(Item.objects.values_list("state", "desk__slug")) == [
        ("hidden", "tuan-411624"),
        ("open", "tuan-410000"),
    ]


def test_people_talk_follow_and_thank(demo_house):
    for model in (Comment, Follow, Useful):
        assert model.objects.exists()
    assert Answer.objects.exclude(accepted_at=None).exists()


def test_the_numbers_are_exact_and_the_journal_holds(demo_house):
    assert recount() == []
    assert list(journal.faults()) == []


def test_everything_happened_in_its_order_and_before_now(demo_house):
    assert not Question.objects.filter(asked_at__gt=MONDAY).exists()
    for made in Answer.objects.select_related("question"):
        assert made.question.asked_at <= made.created_at <= MONDAY
        if made.accepted_at:
            assert made.created_at <= made.accepted_at <= MONDAY
    for question in Question.objects.exclude(outcome=Outcome.OPEN):
        assert question.asked_at <= question.outcome_at <= MONDAY


def test_the_cases_stand_where_their_answers_brought_them(demo_house):
    official = {AnswerKind.OFFICIAL}
    handled = Case.objects.filter(lanes__hops__isnull=False) | Case.objects.filter(
        state__in=[State.HELD, State.ASKING, State.PROMISED, State.MERGED]
    )
    others = Case.objects.exclude(pk__in=handled.values("pk"))
    for case in others.select_related("question").prefetch_related("question__answers"):
        kinds = {a.kind for a in case.question.answers.all()}
        expected = {
            Outcome.SOLVED: {State.SOLVED},
            Outcome.UNSOLVED: {State.RECEIVED, State.UNSOLVED, State.ANSWERED},
            Outcome.OPEN: {State.ANSWERED if kinds & official else State.RECEIVED},
        }[Outcome(case.question.outcome)]
        assert case.state in expected, case.question.title


def trail(case):
    return [step.kind for step in case.steps.order_by("at", "pk")]


def test_questions_travel_through_the_hands_that_they_need(demo_house):
    """Claimed; transferred; returned and asked of another, who answers; several at once; late."""
    cases = Case.objects.select_related("question")
    held = cases.filter(state=State.HELD, lanes__person__isnull=False)
    assert held.exists()
    assert held.filter(lanes__due_at__lt=MONDAY).exists()
    assert cases.filter(lanes__hops__kind=HopKind.TRANSFER, state=State.HELD).exists()
    asking = cases.get(state=State.ASKING)
    assert asking.lanes.get(is_own=True).stopped_at is not None

    (returned,) = cases.filter(lanes__hops__state=HopState.RETURNED)
    assert returned.state == State.ANSWERED
    assert trail(returned) == [
        StepKind.ASKED,
        StepKind.HELD,
        StepKind.ANSWERED,
        StepKind.CLAIMED,
        StepKind.REFERRED,
        StepKind.ANSWERED,
        StepKind.SIGNED,
        StepKind.RETURNED,
        StepKind.REFERRED,
        StepKind.SIGNED,
        StepKind.ANSWERED,
    ]
    states = dict(returned.lanes.filter(kind="government").values_list("holder__slug", "state"))
    assert states == {
        "government-410122-human-resources": LaneState.RETURNED,
        "government-410100-human-resources": LaneState.ANSWERED,
    }

    summoned = cases.filter(lanes__hops__kind=HopKind.SUMMONS).distinct().get()
    lanes = summoned.lanes.filter(is_own=False, kind="government")
    assert sorted(lanes.values_list("state", flat=True)) == [
        LaneState.ANSWERED,
        LaneState.ASKED,
        LaneState.MOVING,
    ]
    assert cases.filter(lanes__kind="society", lanes__state=LaneState.ASKED).exists()


def test_no_question_is_without_a_holder_a_clock_and_a_trail(demo_house):
    out = StringIO()

    call_command("check_cases", stdout=out)

    assert out.getvalue().startswith(f"{demo_house} questions, each with its holder, clock")


def test_pictures_are_drawn_and_stored(demo_house):
    assert Picture.objects.exists()
    for picture in Picture.objects.all():
        assert default_storage.exists(path_of(f"{picture.name}.jpg"))
        assert default_storage.exists(path_of(f"{picture.name}-s.jpg"))


def test_each_role_has_something_to_do(demo_house):
    county, duty = person(DemoRole.COUNTY), person(DemoRole.DUTY)
    for staff, slug in ((county, "tuan-410122"), (duty, "tuan-410000")):
        (membership,) = staff.memberships.all()
        assert membership.organisation.slug == slug
        assert Case.objects.filter(holder=membership.organisation, state=State.RECEIVED).exists()
    assert person(DemoRole.YOUTH).questions.exists()
    assert person(DemoRole.EXPERT).memberships.get().organisation.kind == "expert"
    for role, kind in ((DemoRole.GOVERNMENT, "government"), (DemoRole.SOCIAL, "social")):
        organisation = person(role).memberships.get().organisation
        assert organisation.kind == kind
        assert organisation.answers.exists()
    assert person(DemoRole.LEAD).memberships.get().role == Role.LEAD
    assert person(DemoRole.OPERATOR).memberships.get().role == Role.OPERATOR


def test_the_pages_of_it_can_be_read(demo_house):
    """Of the questions each third; `bench/walks.py demo` reads them all."""
    client = Client(**LOCAL)
    for path in ("/", "/?show=hot", "/?show=waiting", "/?show=solved", "/pulse/", "/orgs/"):
        assert client.get(path).status_code == 200
    for question in Question.objects.order_by("pk")[:: far(3, 1)]:
        shown = client.get(question.get_absolute_url())
        assert shown.status_code == 200, question
        assert question.title in shown.content.decode().replace("&#x27;", "'"), question
    for slug in Organisation.objects.filter(answers__isnull=False).values_list("slug", flat=True):
        assert client.get(f"/orgs/{slug}/").status_code == 200


def test_a_second_time_does_nothing(demo_house):
    before = journal.head()

    assert load_demo(at=MONDAY + timedelta(days=1)) == 0
    decline_demo(at=MONDAY)

    assert (journal.head(), Question.objects.count()) == (before, demo_house)
    assert (is_loaded(), is_declined(), may_load()) == (True, False, False)


# --- Nobody signs in as one of them otherwise --------------------------------------------


def test_nobody_in_it_has_a_password(demo_house):
    assert User.objects.exists()
    assert [u for u in User.objects.all() if u.has_usable_password()] == []
    assert not User.objects.filter(Q(is_superuser=True) | Q(is_staff=True)).exists()


def test_nobody_signs_in_as_one_of_them_by_password(demo_house):
    client = Client(**LOCAL)
    for role in DemoRole:
        for password in ("demo", username_of(role), "!", person(role).password):
            assert client.login(username=username_of(role), password=password) is False
            client.post("/accounts/login/", {"login": username_of(role), "password": password})
            assert "_auth_user_id" not in client.session


# --- A tap ---------------------------------------------------------------------------------


def tap(role="youth", **given):
    """Where a tap leads, or the status that refused it; and whether the doors are shown."""
    client = Client(**(LOCAL | given))
    doors = client.get("/demo/")
    response = client.post("/demo/sign-in/", {"role": role})
    signed_in = "_auth_user_id" in client.session
    assert signed_in is (response.status_code == 302)
    assert ('href="/demo/"' in client.get("/me/bar/").content.decode()) is (
        doors.status_code == 200
    )
    return doors.status_code, response.status_code


REFUSED, OPEN = (404, 404), (200, 302)


@pytest.mark.parametrize(
    ("role", "lands"),
    [
        (DemoRole.YOUTH, "/mine/"),
        (DemoRole.EXPERT, "/desk/"),
        (DemoRole.COUNTY, "/desk/"),
        (DemoRole.GOVERNMENT, "/desk/"),
        (DemoRole.SOCIAL, "/desk/"),
        (DemoRole.DUTY, "/desk/"),
        (DemoRole.LEAD, "/desk/"),
        (DemoRole.OPERATOR, "/admin/"),
    ],
)
def test_one_may_be_each_of_them_for_a_while(demo_house, role, lands):
    client = Client(**LOCAL)
    doors = client.get("/demo/")
    assert [r["code"] for r in doors.context["roles"]] == list(DemoRole)
    assert f'value="{role}"' in doors.content.decode()

    response = client.post("/demo/sign-in/", {"role": role})

    assert (response.status_code, response.url) == (302, lands)
    assert client.session["_auth_user_id"] == str(person(role).pk)
    page = client.get(lands)
    assert page.status_code == 200
    if lands != "/admin/":
        work = [*page.context.get("lanes", []), *page.context.get("questions", [])]
        assert work or page.context["notices"], "there is work on the desk"
    bar = client.get("/me/bar/").content.decode()
    assert person(role).nickname in bar
    assert 'href="/demo/"' in bar


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"SERVER_NAME": "localhost"},
        {"SERVER_NAME": "[::1]", "REMOTE_ADDR": "::1"},
        {"REMOTE_ADDR": "127.8.8.8"},
    ],
)
def test_a_tap_works_from_this_machine(demo_house, given):
    assert tap(**given) == OPEN


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.2"])
def test_a_tap_works_where_the_house_listens_to_this_machine_only(demo_house, settings, host):
    settings.HOST = host

    assert tap() == OPEN


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "qa.example.org", ""])
def test_no_tap_where_the_house_listens_to_others(demo_house, settings, host):
    settings.HOST = host

    assert tap() == REFUSED


@pytest.mark.parametrize(
    "given",
    [
        {"REMOTE_ADDR": "192.168.1.7"},
        {"REMOTE_ADDR": "2001:db8::1"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "unknown"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_HOST": "127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_X_FORWARDED_FOR": ""},
        {"SERVER_NAME": "testserver"},
    ],
)
def test_no_tap_from_elsewhere_or_through_a_proxy_or_by_another_name(demo_house, given):
    assert tap(**given) == REFUSED


def test_no_tap_behind_proxies_of_ours(demo_house, settings):
    settings.TRUSTED_PROXIES = 1

    assert tap() == REFUSED


@pytest.mark.parametrize("name", ["qa.example.org", ".example.org", "*", "0.0.0.0"])
def test_no_tap_in_a_house_with_a_public_name(demo_house, settings, name):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, name]

    assert tap() == REFUSED


@pytest.mark.parametrize("role", ["", "root", "y01", "YOUTH", "staff-tuan-410000"])
def test_no_tap_as_anybody_else(demo_house, role):
    assert tap(role) == (200, 404)


def test_no_tap_without_the_demos_mark_in_the_journal(demo_house):
    Entry.objects.filter(verb=LOADED).delete()

    assert tap() == REFUSED


def test_no_tap_as_a_person_who_is_gone(demo_house):
    Membership.objects.filter(person=person("lead")).delete()
    person("lead").delete()

    assert tap("lead") == (200, 404)


def test_a_tap_is_sent_with_its_token_and_never_fetched(demo_house):
    client = Client(enforce_csrf_checks=True, **LOCAL)

    assert client.post("/demo/sign-in/", {"role": "youth"}).status_code == 403
    assert client.get("/demo/sign-in/").status_code == 405
    assert client.post("/demo/").status_code in {403, 405}


def test_the_session_before_the_tap_does_not_live_on(demo_house):
    client = Client(**LOCAL)
    client.post("/demo/sign-in/", {"role": "youth"})
    first = client.session.session_key

    client.post("/demo/sign-in/", {"role": "operator"})

    assert client.session.session_key != first


def test_nothing_in_it_sounds_like_danger(demo_house):
    from youthvoice.crisis.models import Record

    assert not Record.objects.exists()
    assert not Question.objects.exclude(withheld_at=None).exists()
