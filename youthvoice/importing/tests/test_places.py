"""Which region a file means by what it writes."""

import pytest

from youthvoice.importing.places import place_of
from youthvoice.orgs.models import Region
from youthvoice.orgs.queries import forget_regions

pytestmark = pytest.mark.django_db
PROVINCE, CITY, COUNTY = "410000", "410100", "410122"
UNDERSTOOD = [
    (410122, COUNTY),
    ("410122", COUNTY),
    (" 410122\n", COUNTY),
    ("4101 22", COUNTY),
    ("４１０１２２", COUNTY),
    (410122.0, COUNTY),
    ("410122.0", COUNTY),
    ("410122000000", COUNTY),
    ("410122101", COUNTY),
    ("4101", CITY),
    (41, PROVINCE),
    ("中牟县", COUNTY),
    ("中牟", COUNTY),
    (" 中 牟 县 ", COUNTY),
    ("\u3000郑州市", CITY),
    ("郑州市中牟县", COUNTY),
    ("河南省郑州市中牟县", COUNTY),
    ("河南省/郑州市/中牟县", COUNTY),
    ("河南 > 郑州 > 中牟", COUNTY),
    ("河南省-郑州市-中牟县", COUNTY),
    ("河南，郑州，中牟县", COUNTY),
    (["河南省", "郑州市", "中牟县"], COUNTY),
    (["河南省", "郑州市", None], CITY),
    ("河南省中牟县", COUNTY),
    ("中国河南省郑州市市辖区", CITY),
    ("郑州市 中牟县 官渡镇", COUNTY),
    ("中牟县官渡镇东街 3 号", COUNTY),
    ("河南省", PROVINCE),
    ("河南省鄭州市中牟縣", COUNTY),
    ("鄭州市中牟縣官渡鎮", COUNTY),
    ("410122 中牟县", COUNTY),
    ("中牟县（410122）", COUNTY),
    ("410122000000 河南省郑州市", COUNTY),
    ("410000/410100/410122", COUNTY),
    ([410000, 410100], CITY),
    ("410122，410100", COUNTY),
    ("", None),
    (None, None),
    ("  ", None),
    ([], None),
    ("无", None),
    ("N/A", None),
    (float("nan"), None),
]
NOT_UNDERSTOOD = [
    "西地省",
    "A市A3区",
    "999999",
    110000,
    4101220,
    -410122,
    "湖北省武汉市",
    "武汉市中牟县",
    "河南省某市",
    "中牟大街",
    "410122 郑州市某新区",
    "410100 中牟县",
    "410122/110000",
    "410122 99",
    True,
    {"code": 410122},
    "郑" * 60_000,
    "\ud83d\x00",
]


@pytest.mark.parametrize(("written", "code"), UNDERSTOOD)
def test_what_is_meant_is_taken(house, written, code):
    place = place_of(written)

    assert (place.region and place.region.code, place.unclear) == (code, "")


@pytest.mark.parametrize("written", NOT_UNDERSTOOD)
def test_what_is_not_understood_is_told(house, written):
    place = place_of(written)

    assert place.region is None
    assert place.unclear.startswith("没有认出 region：")
    assert len(place.unclear) < 60


def test_what_is_understood_in_part_is_taken_and_told(house):
    place = place_of("河南省郑州市郑东新区")

    assert place.region.code == CITY
    assert place.unclear == "region 只认出郑州市：河南省郑州市郑东新区"


def test_a_name_that_two_regions_bear_needs_its_path(house):
    for code, name, level, parent in (
        ("419800", "东京市", "city", PROVINCE),
        ("419899", "中牟县", "county", "419800"),
    ):
        Region.objects.create(
            code=code, name=name, short_name=name[:2], pinyin="", level=level, parent_id=parent
        )
    forget_regions()

    assert place_of("中牟县").region is None
    assert place_of("河南省东京市中牟县").region.code == "419899"
    assert place_of("郑州中牟").region.code == COUNTY


@pytest.mark.parametrize(
    "written",
    [410122101, "410122101", "410122101.0", "410122101003", "官渡镇", "中牟县官渡镇",
     "河南省/郑州市/中牟县/官渡镇", "中牟县官渡镇东街 3 号", "410122101 官渡镇",
     "410122/410122101"],
)  # fmt: skip
def test_a_township_that_is_a_region_is_meant_itself(house, written):
    Region.objects.create(
        code="410122101", name="官渡镇", short_name="官渡镇", level="town", parent_id=COUNTY
    )
    forget_regions()

    place = place_of(written)

    assert (place.region and place.region.code, place.unclear) == ("410122101", "")
    assert place_of("410122102").region.code == place_of("中牟县黄店镇").region.code == COUNTY
