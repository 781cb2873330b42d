"""What an asker adds afterwards: kept whole, told in public, by nobody else."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, ask, member
from youthvoice.cases import actions as cases
from youthvoice.cases.choices import StepKind
from youthvoice.journal.models import Entry
from youthvoice.orgs.queries import all_regions
from youthvoice.pictures.tests.photos import photo, upload
from youthvoice.questions import actions
from youthvoice.questions.models import Picture
from youthvoice.questions.policy import Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
KEY = "e" * 32


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


def test_field_and_region_are_put_right_and_the_holder_keeps_it(client, asker):
    question = ask(by=asker, field="life", region="410100")
    holder = question.case.holder

    client.post(f"/q/{question.pk}/supplement/", form())

    question.refresh_from_db()
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
