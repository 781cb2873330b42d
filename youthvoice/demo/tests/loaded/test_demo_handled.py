"""What the demo shows of handling: promises, call-backs, one answer to many, notes, the chain."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import MONDAY
from youthvoice.callbacks import actions as callbacks
from youthvoice.callbacks.models import Callback
from youthvoice.cases import actions
from youthvoice.cases.choices import Rung, State
from youthvoice.cases.models import Case, EmptyPlace, Lane
from youthvoice.cases.queries import chains, checking
from youthvoice.demo.actions import _read
from youthvoice.demo.choices import DemoRole, username_of
from youthvoice.desks.models import Canned, Note, OnBehalf
from youthvoice.gathering import actions as gathering
from youthvoice.gathering.models import Merge
from youthvoice.gathering.queries import groups
from youthvoice.kit.clock import start_of_day
from youthvoice.orgs.choices import Level, OrgKind, Role
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.people.models import User
from youthvoice.promises.choices import PromiseState
from youthvoice.promises.models import Promise
from youthvoice.questions.choices import Field
from youthvoice.rates import queries as rates
from youthvoice.rates.choices import Rate, Satisfaction

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo_house"),
    # One process loads it for all of them.
    pytest.mark.xdist_group("demo_house"),
]
LOCAL = {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "REMOTE_ADDR": "127.0.0.1"}
COUNTY = "tuan-410122"


def page(path, role=None):
    client = Client(**LOCAL)
    if role is not None:
        client.post("/demo/sign-in/", {"role": role})
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def moves(act):
    return [move for move in _read("handled.json") if move["act"] == act]


def titles():
    codes = [*Field.values, "handled"]
    return {row["key"]: row["title"] for code in codes for row in _read(f"questions-{code}.json")}


def told_of_promises():
    """Of each question its promises, as the content tells them: till when, and what came of it."""
    told = defaultdict(list)
    for move in sorted(moves("promise") + moves("decide"), key=lambda move: -move["hours_ago"]):
        mine = told[titles()[move["question"]]]
        if move["act"] == "promise":
            made = timezone.localdate(MONDAY - timedelta(hours=move["hours_ago"]))
            mine.append((made + timedelta(days=move["due_days"]), PromiseState.OPEN))
        else:
            came_of_it = PromiseState.KEPT if move["kept"] else PromiseState.BROKEN
            mine[-1] = (mine[-1][0], came_of_it)
    return told


def test_promises_are_what_their_story_tells(demo_house):
    kept = defaultdict(list)
    for row in Promise.objects.select_related("case__question").order_by("made_at", "pk"):
        kept[row.case.question.title].append((row.due_on, row.state))

    assert kept == told_of_promises()


def test_promises_are_open_overdue_kept_and_broken(demo_house):
    today = timezone.localdate(MONDAY)
    found = Counter(
        (row.state, row.due_on < today) for row in Promise.objects.select_related("case")
    )
    assert found[PromiseState.OPEN, False] >= 1
    assert found[PromiseState.OPEN, True] >= 1
    assert found[PromiseState.KEPT, True] >= 1
    assert found[PromiseState.BROKEN, True] >= 1
    assert len(moves("promise")) == sum(found.values())
    listed = page("/promises/")
    for promise in Promise.objects.select_related("case__question"):
        assert promise.text in listed
        assert promise.text in page(promise.case.question.get_absolute_url())


def test_askers_were_asked_and_only_the_content_says_satisfied(demo_house):
    rows = Callback.objects.all()
    said = Counter(rows.exclude(satisfied=None).values_list("satisfied", flat=True))
    assert said == Counter(move["satisfied"] for move in moves("call_back"))
    missing = set(rows.exclude(missing="").values_list("missing", flat=True))
    assert missing == {move["missing"] for move in moves("call_back") if "missing" in move}
    assert rows.filter(opened_at__isnull=False, answered_at=None).exists()
    assert set(rows.exclude(answered_at=None).values_list("day", flat=True)) == {1, 28}
    assert set(rows.exclude(answered_at=None).values_list("solved", flat=True)) == {
        True,
        False,
        None,
    }
    assert not rows.filter(answered_at__gt=MONDAY).exists()


def test_the_rates_have_figures(demo_house):
    at = start_of_day(MONDAY)
    whole = rates.month(date(2026, 2, 1), at=at + timedelta(days=1))
    counts = whole.total.classes[Rate.SATISFACTION]

    assert whole.total.below(Rate.SATISFACTION) >= 10
    for code in (Satisfaction.SATISFIED, Satisfaction.SO_SO, Satisfaction.UNSATISFIED):
        assert counts[code] >= 1
    assert counts[Satisfaction.SILENT] >= 1
    assert (whole.excluded["merged"], whole.excluded["staffasked"]) == (2, 0)


def test_one_answer_went_to_several_and_one_of_them_is_alone_again(demo_house):
    (lead,) = Case.objects.filter(merged__isnull=False).distinct()
    assert (lead.state, lead.holder.slug) == (State.ANSWERED, COUNTY)
    hanging = Merge.objects.filter(lead=lead).values_list("case__state", flat=True)
    assert sorted(hanging) == [State.MERGED, State.SOLVED]
    asked = Callback.objects.filter(lead=lead, opened_at__isnull=False, day=1)
    assert sorted(asked.values_list("solved", flat=True), key=str) == [False, None, True]
    (alone,) = Case.objects.filter(callbacks__lead=lead, merge=None).distinct()
    assert alone.state == State.UNSOLVED
    gathered = f"/desk/{COUNTY}/gather/?show=together"
    assert lead.question.title in page(gathered, DemoRole.COUNTY)


def test_a_likely_group_waits_at_the_countys_desk(demo_house):
    county = Organisation.objects.get(slug=COUNTY)

    [group] = groups(county, after="").items

    assert len(group.here) >= 2
    shown = page(f"/desk/{COUNTY}/gather/", DemoRole.COUNTY)
    assert all(member.case.question.title in shown for member in group.here)


def test_colleagues_note_mention_and_keep_replies(demo_house):
    assert Note.objects.count() == len(moves("note"))
    for role in (DemoRole.COUNTY, DemoRole.LEAD):
        person = User.objects.get(username=username_of(role))
        mine = Note.objects.filter(mentions__person=person)
        shown = page("/desk/?show=mentioned", role)
        assert mine.exists()
        assert all(note.text in shown for note in mine)
    kept = Canned.objects.filter(organisation__slug=COUNTY)
    assert kept.count() == len(moves("keep_reply")) >= 3
    shown = page(f"/desk/{COUNTY}/canned/", DemoRole.COUNTY)
    assert all(reply.title in shown for reply in kept)


def test_one_was_written_down_for_a_caller(demo_house):
    (made,) = OnBehalf.objects.select_related("question", "by")
    assert (made.channel, made.by.username) == ("call", username_of(DemoRole.DUTY))
    assert made.question.is_nameless
    assert "代为提出" in page(made.question.get_absolute_url())


def test_the_young_person_of_the_demo_is_asked_back(demo_house):
    assert "解决了吗？说一句" in page("/mine/", DemoRole.YOUTH)


def test_at_each_committee_that_holds_something_somebody_is_told(demo_house):
    offices = Organisation.objects.filter(kind=OrgKind.LEAGUE, cases__isnull=False).distinct()
    cities = {o.region.parent_id for o in offices if o.region.level == Level.COUNTY}
    for office in (
        offices | Organisation.objects.filter(kind=OrgKind.LEAGUE, region__in=cities).distinct()
    ):
        assert Membership.objects.filter(organisation=office, role=Role.LEAD).exists(), office
    for lane in Lane.objects.filter(is_own=True).select_related("case", "holder"):
        assert all(chains.people_at(lane, rung) for rung in Rung), lane.case.question.title


def test_what_is_late_finds_somebody_for_days(demo_house):
    for hours in range(0, 72, 3):
        actions.escalate_due(at=MONDAY + timedelta(hours=hours))

    assert not EmptyPlace.objects.exists()
    assert list(checking.without()) == []


def test_the_worker_goes_on_where_the_demo_stopped(demo_house):
    for day in range(1, 32):
        at = MONDAY + timedelta(days=day)
        gathering.unmerge_lost(at=at)
        callbacks.plan_merged(at=at)
        callbacks.open_due(at=at)

    assert list(checking.without()) == []
    assert not Callback.objects.filter(opened_at=None, due_at__lt=MONDAY).exists()
