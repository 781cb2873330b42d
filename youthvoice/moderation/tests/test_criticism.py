"""Names of organisations are found however they are written; people's nicknames too."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import OrganisationFactory
from youthvoice.moderation.criticism import Chart, chart, fold, names_person
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.models import Organisation, Region

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "团郑州市委不办事",
        "团 郑 州 市 委不办事",
        "团.郑-州_市·委",
        "团\u200b郑\u2060州\ufeff市委",
        "團郑州市委",
        "团郑\u0301州市委",
        "郑州团市委的人",
        "郑州市团委的人",
        "郑州团委的人",
        "郑州共青团",
        "共青团郑州市的干部",
        "团郑州市委全称",
        "团\n郑州市委",
    ],
)
def test_a_committee_is_found_by_what_people_call_it(house, text):
    assert house.city.pk in Chart().named_in(text, holder=None)


@pytest.mark.parametrize(
    "text",
    [
        "郑州市人社局的人",
        "人社局踢皮球",
        "去 人 社 局",
        "郑州市人力资源和社会保障局",
        "人力资源和社会保障局",
    ],
)
def test_a_department_is_found_with_its_place_and_without(house, text):
    office = OrganisationFactory(
        kind=OrgKind.GOVERNMENT,
        name="郑州市人力资源和社会保障局",
        short_name="郑州市人社局",
        region_id="410100",
    )

    assert Chart().named_in(text, holder=None) == {office.pk}
    assert Chart().named_in("郑州市的市场", holder=None) == set()


def test_a_provinces_department_is_found_by_its_short_name(house):
    office = OrganisationFactory(
        kind=OrgKind.GOVERNMENT, name="河南省公安厅", short_name="省公安厅", region_id="410000"
    )

    assert Chart().named_in("公安厅和省厅", holder=None) == {office.pk}


@pytest.mark.parametrize(
    ("text", "name"),
    [("ＡＢＣ  青 年 社太差", "ABC青年社"), ("abc青年社太差", "ＡＢＣ青年社")],
)
def test_width_and_case_make_no_difference(house, text, name):
    house.line.short_name = name
    house.line.save()

    assert Chart().named_in(text, holder=None) == {house.line.pk}


def test_what_names_nobody_finds_nobody(house):
    assert Chart().named_in("房东不退押金，报警也没用。", holder=house.county.pk) == set()


@pytest.mark.parametrize("text", ["团委就这样？", "你们就是踢皮球", "一群人走过场", "官方回答太假"])
def test_whoever_holds_the_question_is_meant_without_a_name(house, text):
    assert Chart().named_in(text, holder=house.county.pk) == {house.county.pk}
    assert Chart().named_in(text, holder=None) == set()


def test_a_level_means_the_committee_of_that_level_above(house):
    found = Chart().named_in("团市委和团省委都一样", holder=house.county.pk)

    assert found == {house.city.pk, house.province.pk}


def test_a_level_that_is_not_above_means_the_holder(house):
    assert Chart().named_in("找团县没用，团县委", holder=house.city.pk) == {house.city.pk}


def test_one_letter_is_nobodys_name(house):
    house.line.short_name = house.line.name = "青"
    house.line.save()

    assert Chart().named_in("青", holder=None) == set()
    assert not names_person(fold("小王真行"), "王")
    assert names_person(fold("小 王 真行"), "小王")


def test_the_chain_goes_up_by_parents_and_by_regions(house):
    house.city.parent = house.province
    house.city.save()
    chart = Chart()

    def above(organisation):
        return [o.pk for o in chart.above(organisation.pk)]

    assert above(house.county) == [house.city.pk, house.province.pk]
    assert above(house.city) == [house.province.pk]
    assert above(house.province) == []
    assert above(house.experts) == [house.province.pk]
    assert chart.above(None) == []


def test_a_region_without_a_committee_is_passed_over(house):
    Organisation.objects.filter(pk=house.city.pk).update(kind=OrgKind.LINE)

    assert [o.pk for o in Chart().above(house.county.pk)] == [house.province.pk]


def test_rings_are_walked_once(house):
    house.city.parent, house.county.parent = house.county, house.city
    house.city.save()
    house.county.save()
    assert [o.pk for o in Chart().above(house.city.pk)] == [house.county.pk]

    Region.objects.filter(code="410000").update(parent_id="410200")
    Organisation.objects.filter(pk=house.province.pk).update(region_id="410200")
    Organisation.objects.filter(pk=house.city.pk).update(parent=None, region_id="410000")
    Chart().above(house.city.pk)


def test_the_chart_is_made_once_a_minute_and_anew_for_what_it_lacks(house):
    with CaptureQueriesContext(connection) as made:
        first = chart(house.city.pk)
    assert len(made) > 0
    with CaptureQueriesContext(connection) as kept:
        assert chart(house.county.pk, None) is first
    assert len(kept) == 0

    # As a table brings them in: no signal tells of it.
    (new,) = Organisation.objects.bulk_create([
        Organisation(slug="xz", kind=OrgKind.LEAGUE, name="团姚家镇委", region_id="410122")
    ])  # fmt: skip
    assert new.pk in chart(new.pk).organisations

    before = chart()
    new.name = "团官渡镇委"
    new.save()
    assert chart() is not before
    assert chart().named_in("找过团官渡镇委", holder=None) == {new.pk}


def test_names_within_one_another_are_all_found(house):
    inner = OrganisationFactory(name="中牟县人社局", short_name="人社局", kind="government")
    outer = OrganisationFactory(name="中牟县人社局窗口", short_name="人社局窗口", kind="government")

    assert Chart().named_in("中牟县人社局窗口不办", holder=None) >= {inner.pk, outer.pk}
