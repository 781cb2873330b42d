"""The province's data files become regions and organisations; twice changes nothing."""

import json
import shutil
from collections import Counter

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.factories import MONDAY
from youthvoice.journal import queries as journal
from youthvoice.journal.models import Entry
from youthvoice.orgs.actions import Loaded, load_province, province_folder
from youthvoice.orgs.choices import Field, Group, Level, OrgKind
from youthvoice.orgs.models import Organisation, Region
from youthvoice.orgs.queries import all_regions, bodies_for, forget_regions, province_committee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare"), pytest.mark.databases]

CITIES = (
    "郑州、开封、洛阳、平顶山、安阳、鹤壁、新乡、焦作、濮阳、许昌、漯河、三门峡、"
    "南阳、商丘、信阳、周口、驻马店、济源"
)
#: Committees; lines, alliances and experts; bodies of government and society.
ALL = 175 + 20 + 42
NOTHING = Loaded(regions=0, organisations=0, committees=[])


@pytest.fixture
def henan():
    forget_regions()
    return load_province(at=MONDAY)


@pytest.fixture
def another(tmp_path, settings):
    """A copy of Henan's files, set as the province; gives a function that edits one."""
    folder = tmp_path / "another"
    shutil.copytree(province_folder(), folder)
    settings.PROVINCE = str(folder)

    def edit(name, change):
        path = folder / name
        rows = json.loads(path.read_text(encoding="utf-8"))
        change(rows)
        path.write_text(json.dumps(rows), encoding="utf-8")

    return edit


def test_henan_has_eighteen_cities_with_their_counties(henan):
    assert (henan.regions, henan.organisations, len(henan.committees)) == (175, ALL, 175)
    assert Counter(Region.objects.values_list("level", flat=True)) == {
        Level.PROVINCE: 1,
        Level.CITY: 18,
        Level.COUNTY: 156,
    }
    cities = Region.objects.filter(level=Level.CITY)
    assert "、".join(city.short_name for city in cities) == CITIES
    assert set(cities.values_list("parent", flat=True)) == {"410000"}
    counties = Region.objects.filter(level=Level.COUNTY)
    assert set(counties.values_list("parent__level", flat=True)) == {Level.CITY}
    assert Region.objects.get(short_name="中牟").parent.name == "郑州市"
    assert not Region.objects.get(name="济源市").children.exists()


def test_each_region_has_a_committee_under_that_of_the_region_above(henan):
    committees = Organisation.objects.filter(kind=OrgKind.LEAGUE).select_related(
        "region", "parent__region"
    )
    assert committees.count() == 175
    for committee in committees:
        above = committee.region.parent_id
        assert (committee.parent.region_id if committee.parent else None) == above
        assert committee.slug == f"tuan-{committee.region_id}"


@pytest.mark.parametrize(
    ("code", "full", "short"),
    [
        ("410000", "共青团河南省委员会", "团河南省委"),
        ("410100", "共青团郑州市委员会", "团郑州市委"),
        ("410122", "共青团中牟县委员会", "团中牟县委"),
        ("419001", "共青团济源市委员会", "团济源市委"),
    ],
)
def test_a_committee_is_called_as_people_call_it(henan, code, full, short):
    committee = Organisation.objects.get(region_id=code, kind=OrgKind.LEAGUE)
    assert (committee.name, committee.short_name) == (full, short)


def test_lines_alliances_and_experts_stand_under_the_provincial_committee(henan):
    bodies = [OrgKind.LEAGUE, OrgKind.GOVERNMENT, OrgKind.SOCIAL]
    others = Organisation.objects.exclude(kind__in=bodies)

    assert set(others.values_list("kind", flat=True)) == {
        OrgKind.LINE,
        OrgKind.ALLIANCE,
        OrgKind.EXPERT,
    }
    assert set(others.values_list("parent__slug", "region")) == {("tuan-410000", "410000")}
    for organisation in others:
        assert organisation.about
        assert organisation.fields
        assert set(organisation.fields) <= set(Field.values)
    assert province_committee().slug == "tuan-410000"


def test_departments_of_three_places_and_social_bodies_stand_under_nobody(henan):
    bodies = Organisation.objects.filter(kind__in=[OrgKind.GOVERNMENT, OrgKind.SOCIAL])

    assert Counter(bodies.values_list("kind", "region")) == {
        (OrgKind.GOVERNMENT, "410000"): 18,
        (OrgKind.GOVERNMENT, "410100"): 12,
        (OrgKind.GOVERNMENT, "410122"): 4,
        (OrgKind.SOCIAL, "410000"): 8,
    }
    for body in bodies:
        body.full_clean()
        assert body.slug.startswith(f"{body.kind}-")
        assert bool(body.group) is (body.kind == OrgKind.GOVERNMENT)
        assert body.about
        assert body.fields == [f for f in Field if f in body.fields] != []
        assert (body.parent, body.contact_email) == (None, "")
    assert bodies.values("short_name").distinct().count() == bodies.count()


def test_who_answers_for_a_subject_is_found_from_the_county_up(henan):
    found = bodies_for("410122", kinds=[OrgKind.GOVERNMENT], group=Group.LABOUR)

    assert [o.short_name for o in found] == [
        "中牟县人社局",
        "郑州市人社局",
        "郑州市医保局",
        "省人社厅",
        "省医保局",
    ]


def test_a_house_from_before_gets_the_bodies_at_its_next_load(henan, another):
    Organisation.objects.filter(kind__in=[OrgKind.GOVERNMENT, OrgKind.SOCIAL]).delete()

    assert load_province(at=MONDAY) == Loaded(regions=0, organisations=42, committees=[])
    assert load_province(at=MONDAY) == NOTHING


def test_a_province_may_have_no_file_of_bodies(another):
    (province_folder() / "bodies.json").unlink()
    forget_regions()

    assert load_province(at=MONDAY).organisations == 195


def test_a_body_may_come_with_an_address_for_letters(henan, another):
    def add(rows):
        rows.append(rows[0] | {"slug": "government-x", "contact_email": "x@example.org"})

    another("bodies.json", add)
    load_province(at=MONDAY)

    assert Organisation.objects.get(slug="government-x").contact_email == "x@example.org"


def test_loading_twice_changes_nothing(henan):
    before = (list(Region.objects.values()), list(Organisation.objects.values()))

    again = load_province(at=MONDAY)

    assert again == NOTHING
    assert (list(Region.objects.values()), list(Organisation.objects.values())) == before
    assert list(Entry.objects.values_list("verb", "actor", "data")) == [
        ("orgs.loaded", None, {"regions": 175, "organisations": ALL})
    ]
    assert list(journal.faults()) == []


def test_a_renamed_region_is_renamed_and_seen_at_once(henan, another):
    assert all_regions()["410122"].name == "中牟县"

    def become_a_district(rows):
        (row,) = [r for r in rows if r["code"] == "410122"]
        row |= {"name": "中牟区", "short_name": "中牟区"}

    another("regions.json", become_a_district)
    loaded = load_province(at=MONDAY)

    assert loaded == Loaded(1, 0, [])
    assert Region.objects.get(code="410122").name == "中牟区"
    assert all_regions()["410122"].name == "中牟区"


def test_a_new_region_gets_its_committee(henan, another):
    new = {
        "code": "410199",
        "name": "航空港区",
        "short_name": "航空港区",
        "pinyin": "hangkonggang",
        "level": "county",
        "parent": "410100",
    }
    another("regions.json", lambda rows: rows.append(new))

    assert load_province(at=MONDAY) == Loaded(1, 1, ["410199"])
    assert Organisation.objects.get(slug="tuan-410199").parent.slug == "tuan-410100"


def test_what_is_gone_from_the_files_stays_in_the_house(henan, another):
    another("regions.json", lambda rows: rows.pop())
    another("organisations.json", lambda rows: rows.clear())
    another("bodies.json", lambda rows: rows.clear())

    assert load_province(at=MONDAY) == NOTHING
    assert (Region.objects.count(), Organisation.objects.count()) == (175, ALL)


def test_what_operators_changed_in_an_organisation_stays(henan):
    for slug in ("tuan-410122", "line-university"):
        Organisation.objects.filter(slug=slug).update(short_name="我们", about="", is_active=False)

    assert load_province(at=MONDAY) == NOTHING
    assert Organisation.objects.filter(short_name="我们", is_active=False).count() == 2


@pytest.mark.parametrize("province", ["", "atlantis", "/nowhere/at/all", "../../.."])
def test_a_wrong_province_is_told_with_how_to_mend_it(settings, province):
    settings.PROVINCE = province

    with pytest.raises(ImproperlyConfigured) as refusal:
        load_province(at=MONDAY)

    said = str(refusal.value)
    assert said.startswith(f"PROVINCE={province}: there is no regions.json in ")
    assert said.endswith("or the full path of one like it.")
    assert Region.objects.count() == 0


def test_a_province_without_organisations_is_told_too(settings, another):
    (province_folder() / "organisations.json").unlink()

    with pytest.raises(ImproperlyConfigured, match=r"there is no organisations\.json in"):
        load_province(at=MONDAY)


def test_a_whole_province_takes_as_many_queries_as_it_has_levels(django_assert_max_num_queries):
    with django_assert_max_num_queries(18):
        load_province(at=MONDAY)

    assert Organisation.objects.count() == ALL


def test_bodies_under_each_other_in_a_ring_are_told(henan, another):
    def ring(rows):
        rows += [
            rows[0] | {"slug": "ring-a", "parent": "ring-b"},
            rows[0] | {"slug": "ring-b", "parent": "ring-a"},
        ]

    another("bodies.json", ring)

    with pytest.raises(ImproperlyConfigured, match="ring-a"):
        load_province(at=MONDAY)
