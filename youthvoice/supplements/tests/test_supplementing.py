"""What an asker adds afterwards: kept whole, told in public, by nobody else."""

import re
from datetime import timedelta

import pytest
from django.apps import apps

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.cases import actions as cases
from youthvoice.cases.choices import StepKind
from youthvoice.cases.queries import checking
from youthvoice.cases.tests.working import claim, own, refer, transfer, words
from youthvoice.journal.models import Entry
from youthvoice.journal.queries import strays
from youthvoice.orgs.queries import all_regions
from youthvoice.pictures.tests.photos import photo, upload
from youthvoice.questions import actions
from youthvoice.questions.models import Picture, Question
from youthvoice.questions.policy import Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
KEY = "e" * 32
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def held_root(settings, tmp_path):
    settings.HELD_ROOT = tmp_path.with_name(f"{tmp_path.name}-held")


@pytest.fixture
def asker(house, client):
    person = PersonFactory()
    client.force_login(person)
    return person


def form(**changes):
    return {"field": "work", "region": "410122", "key": KEY} | changes


def told(question):
    steps = question.case.steps.filter(kind=StepKind.ADDED).order_by("pk")
    return [(step.words, step.note) for step in steps]


def test_pictures_come_behind_those_that_are_there_and_are_told(client, asker):
    question = ask(by=asker, field="work", region="410122")
    for colour in ((200, 9, 9), (9, 9, 200)):
        sent = client.post(
            f"/q/{question.pk}/supplement/",
            form(pictures=[upload("a.jpg", photo(colour=colour).getvalue())]),
        )
        assert sent.status_code == 302

    assert [p.position for p in Picture.objects.filter(question=question)] == [0, 1]
    assert told(question) == [("提问者补充了说明", "加了 1 张图片")] * 2
    page = client.get(f"/q/{question.pk}/").text
    assert all(p.thumb_url in page for p in Picture.objects.all())
    assert "提问者补充了说明" in page
    entries = Entry.objects.filter(verb="question.supplemented")
    assert [(e.actor, e.data) for e in entries] == [(asker.pk, {"pictures": 1})] * 2


def test_field_and_region_are_put_right_and_who_has_it_in_hand_keeps_it(client, house, asker):
    question = ask(by=asker, field="life", region="410100")
    holder = question.case.holder
    claim(question, at=MONDAY, by=member(house.city))

    client.post(f"/q/{question.pk}/supplement/", form())

    question = Question.objects.get()
    assert (question.field, question.region_id) == ("work", "410122")
    assert question.case.holder == holder
    assert told(question) == [("提问者补充了说明", "领域从生活改为工作，地区从郑州市改为中牟县")]


def test_nothing_changed_is_no_act(client, asker):
    question = ask(by=asker, field="work", region="410122")

    assert client.post(f"/q/{question.pk}/supplement/", form()).status_code == 302

    assert told(question) == []
    assert not Entry.objects.filter(verb="question.supplemented").exists()


def test_without_a_name_it_names_nobody(client, house):
    question = ask(field="work", region="410122")
    person = PersonFactory()

    actions.supplement_question(
        question=question, field="life", region=None, pictures=[],
        by=Viewer(person, frozenset({question.pk})), at=MONDAY + timedelta(hours=1),
    )  # fmt: skip

    assert Entry.objects.get(verb="question.supplemented").actor is None
    assert told(question)[0][1] == "领域从工作改为生活，地区从中牟县改为没有选"


def test_a_form_that_comes_back_keeps_its_pictures(client, asker):
    question = ask(by=asker, field="work", region="410122")

    refused = client.post(f"/q/{question.pk}/supplement/", form(field="", pictures=[upload()]))
    [one] = refused.context["form"].waiting
    client.post(f"/q/{question.pk}/supplement/", form(held=[one.name], shown=[one.name]))

    assert (refused.status_code, Picture.objects.count()) == (422, 1)


def test_there_are_never_more_than_nine(client, asker, settings):
    settings.PICTURES_MOST = 2
    question = ask(by=asker, field="work", region="410122")
    client.post(f"/q/{question.pk}/supplement/", form(pictures=[upload()]))
    two = [upload("b.jpg"), upload("c.jpg", photo(colour=(1, 2, 200)).getvalue())]

    refused = client.post(f"/q/{question.pk}/supplement/", form(pictures=two))

    assert refused.status_code == 422
    assert "最多 1 张图片" in refused.text
    assert Picture.objects.count() == 1


def test_who_comes_second_changes_nothing(asker):
    question = ask(by=asker, field="work", region="410122")
    stale = type(question).objects.get(pk=question.pk)
    given = {"by": Viewer(asker), "pictures": [], "at": MONDAY + timedelta(hours=1)}
    region = all_regions()["410122"]
    actions.supplement_question(question=question, field="life", region=region, **given)

    with pytest.raises(actions.UnableToSupplement):
        actions.supplement_question(question=stale, field="study", region=region, **given)
    stranger = Viewer(PersonFactory())
    with pytest.raises(actions.UnableToSupplement):
        actions.supplement_question(
            question=question, field="study", region=region, **given | {"by": stranger}
        )


def test_who_asked_back_goes_on(house, asker):
    question = ask(by=asker, field="work", region="410122")
    lane = question.case.lanes.own().get()
    staff = member(house.county)
    cases.ask_back(lane=lane, text="哪个厂？", by=staff, at=MONDAY + timedelta(minutes=5))
    lane.refresh_from_db()
    assert lane.stopped_at is not None

    actions.supplement_question(
        question=question, field="life", region=all_regions()["410122"], pictures=[],
        by=Viewer(asker), at=MONDAY + timedelta(minutes=9),
    )  # fmt: skip

    lane.refresh_from_db()
    assert lane.stopped_at is None


def put_right(question, *, at, region="410122", pictures=()):
    """By its asker, to 中牟县 unless said."""
    question = Question.objects.get(pk=question.pk)
    actions.supplement_question(
        question=question, field=question.field, region=all_regions()[region],
        pictures=list(pictures), by=asker_of(question), at=at,
    )  # fmt: skip
    return Question.objects.select_related("case__holder").get(pk=question.pk)


def test_what_nobody_has_acted_on_goes_to_whose_it_is(house):
    question = ask(region="410100")
    answer(question, by=PersonFactory())
    first_due = question.case.first_due_at

    question = put_right(question, at=LATER)

    assert (question.case.holder, own(question).holder) == (house.county, house.county)
    assert question.case.first_due_at == first_due
    assert words(question)[-2:] == ["提问者补充了说明", "已转给 团中牟县委"]
    assert list(checking.without()) == []
    assert list(strays(*apps.get_models())) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda house, question: claim(question, at=MONDAY, by=member(house.city)),
        lambda house, question: transfer(question, house.line, at=MONDAY),
        lambda house, question: refer(question, house.experts, at=MONDAY),
        lambda house, question: answer(
            question, by=member(house.experts), organisation=house.experts
        ),
        lambda house, question: put_right(
            put_right(question, at=MONDAY), at=MONDAY, region="410100"
        ),
    ],
    ids=["in hand", "handed over", "referred", "answered", "has gone on already"],
)
def test_what_somebody_has_acted_on_stays(house, act):
    question = ask(region="410100")
    act(house, question)
    holder = Question.objects.select_related("case__holder").get().case.holder

    moved = put_right(question, at=LATER, region="410000")

    assert moved.case.holder == holder


def test_its_holder_hands_it_over_by_one_tap(client, house):
    question, by = ask(region="410100"), member(house.city)
    claim(question, at=MONDAY, by=by)
    client.force_login(by)
    path = f"/cases/{question.pk}/"
    assert "提问者改过领域或地区" not in client.get(path).text

    put_right(question, at=LATER)
    shown = client.get(path)
    offered = shown.context["put_right"]
    assert "地区从郑州市改为中牟县。按转办规则，它现在归团中牟县委。" in shown.text
    sent = re.search(r'class="put-right".*?</form>', shown.text, re.S).group()
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', sent))
    client.post(f"{path}transfer/", fields)

    assert Question.objects.get().case.holder == offered["to"] == house.county
    client.force_login(member(house.county))
    assert "提问者改过领域或地区" not in client.get(path).text


def test_pictures_alone_say_nothing_of_whose_it_is(client, house):
    question = ask(region="410100")
    transfer(question, house.line, at=MONDAY)
    Question.objects.update(region="410122")
    cases.note_supplement(question=question, what={"pictures": 2}, at=LATER)
    client.force_login(member(house.line))

    assert client.get(f"/cases/{question.pk}/").context["put_right"] is None
