"""Organisations from a table: parents by name, errors by line, townships that hold questions."""

import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import MONDAY, ask
from youthvoice.cases.actions.routes import import_bodies
from youthvoice.cases.models import Case
from youthvoice.kit import tables
from youthvoice.orgs.choices import Level, OrgKind
from youthvoice.orgs.models import Organisation, Region
from youthvoice.orgs.names import names_of
from youthvoice.orgs.queries import all_regions, forget_regions, region_and_below, region_options

pytestmark = pytest.mark.django_db
TOWN = {"全称": "共青团中牟县官渡镇委员会", "简称": "官渡镇团委", "类别": "团组织",
        "乡镇街道": "官渡镇", "乡镇代码": "410122101"}  # fmt: skip
SCHOOL = {"全称": "共青团中牟县第一高级中学委员会", "简称": "中牟一高团委", "上级": "团中牟县委"}
CLASS = {"全称": "中牟一高高一（3）班团支部", "上级": "中牟一高团委"}


@pytest.fixture(autouse=True)
def fresh(house):
    forget_regions()
    yield
    forget_regions()


def take(*rows, **kwargs):
    return import_bodies(rows=list(enumerate(rows, start=2)), at=MONDAY, **kwargs)


def test_bodies_below_the_counties_stand_under_their_parents(house):
    """In any order; what is asked for by a short name is found."""
    told = take(CLASS, SCHOOL, TOWN)

    assert (told.made, told.unchanged, told.errors) == (3, 0, [])
    branch, school, town = (Organisation.objects.get(name=r["全称"]) for r in (CLASS, SCHOOL, TOWN))
    assert (branch.parent, school.parent, town.parent) == (school, house.county, house.county)
    assert (branch.kind, school.kind, town.kind) == (OrgKind.BRANCH, OrgKind.BRANCH, OrgKind.LEAGUE)
    assert (branch.region_id, town.region_id) == ("410122", "410122101")
    assert branch.is_official
    place = Region.objects.get(code="410122101")
    assert (place.level, place.parent_id, place.name) == (Level.TOWN, "410122", "官渡镇")


def test_twice_is_once(house):
    take(CLASS, SCHOOL, TOWN)
    before = list(Organisation.objects.values())

    told = take(TOWN | {"介绍": "改过"}, SCHOOL, CLASS)

    assert (told.made, told.unchanged, told.errors) == (0, 3, [])
    assert list(Organisation.objects.values()) == before


def test_a_question_from_a_township_goes_to_its_committee_or_upward(house):
    take(TOWN)
    Region.objects.create(code="410122102", name="黄店镇", short_name="黄店镇", level=Level.TOWN,
                          parent_id="410122")  # fmt: skip
    forget_regions()

    holders = [
        Case.objects.get(question=ask(region=code)).holder.short_name
        for code in ("410122101", "410122102", "410122")
    ]

    assert holders == ["官渡镇团委", "团中牟县委", "团中牟县委"]


def test_a_dry_run_tells_the_same_and_writes_nothing(house):
    told = take(CLASS, SCHOOL, TOWN, dry_run=True)

    assert (told.made, told.regions) == (3, ["410122101"])
    assert not Organisation.objects.filter(name=TOWN["全称"]).exists()
    assert "410122101" not in all_regions()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, "缺“全称”"),
        (SCHOOL | {"上级": "团没有县委"}, "没有这个组织"),
        (SCHOOL | {"上级": ""}, "“上级”和“地区”至少填一个"),
        (SCHOOL | {"地区": "没有市"}, "没有这个地区"),
        (SCHOOL | {"类别": "学校"}, "“类别”要是"),
        (SCHOOL | {"类别": "团组织"}, "省、市、县的团委已经有了"),
        (SCHOOL | {"联系邮箱": "不是"}, "不像邮箱"),
        (SCHOOL | {"领域": "工作、吃饭"}, "“领域”要是"),
        (SCHOOL | {"归口": "吃饭"}, "“归口”要是"),
        (SCHOOL | {"全称": "长" * 81}, "超过 80 字"),
        (SCHOOL | {"全称": "\u200b"}, "缺“全称”"),
        (SCHOOL | {"联系电话": "问小王"}, "“联系电话”：写单位的电话"),
        (SCHOOL | {"上级": SCHOOL["全称"], "地区": "410122"}, "绕回了自己"),
        (TOWN | {"乡镇代码": "410122"}, "9 位数字"),
        (TOWN | {"乡镇街道": ""}, "9 位数字"),
        (TOWN | {"乡镇代码": "999999101"}, "没有代码是 999999 的县"),
        (TOWN | {"类别": "政府部门"}, "只给乡镇"),
        (SCHOOL | {"全称": "坏\u202e字"}, "“全称”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_line_and_nothing_is_written(house, row, told):
    before = Organisation.objects.count()

    found = take(TOWN, row)

    assert [line for line, _ in found.errors] == [3]
    assert told in found.errors[0][1]
    assert (Organisation.objects.count(), Region.objects.filter(level=Level.TOWN).count()) == (
        before, 0,
    )  # fmt: skip


def test_a_column_that_nobody_knows_is_told_once(house):
    found = take(SCHOOL | {"简介": "x"}, CLASS | {"简介": "y"})

    assert found.errors == [(1, "不认识的列：简介")]


@pytest.mark.parametrize(
    "written",
    ["共青团中牟县委", "共青团中牟县委员会", "团中牟县委员会", "团中牟\u200b县委", " 团中牟县委\n"],
)
def test_a_parent_is_known_as_people_write_it(house, written):
    take(SCHOOL | {"上级": written})

    assert Organisation.objects.get(name=SCHOOL["全称"]).parent == house.county


def test_names_stand_in_one_line(house):
    take(SCHOOL | {"全称": "中牟一高\n 团委", "介绍": "第一行\n第二行"})

    assert Organisation.objects.get(name="中牟一高 团委").about == "第一行\n第二行"


def test_how_to_reach_a_body_is_filled_in_where_it_was_empty(house):
    """A province has its committees from the start: their telephones come by a table."""
    row = {
        "全称": "共青团中牟县委员会",
        "联系电话": "（0371）6218－0000",
        "联系邮箱": "tw@example.org",
    }
    take(SCHOOL)

    tried = take(row, dry_run=True)
    told = take(row, SCHOOL | {"联系电话": "12355"})
    again = take(row | {"联系电话": "110"})

    assert (tried.filled, told.filled, told.made, told.errors) == (1, 2, 0, [])
    assert (again.filled, again.unchanged) == (0, 1)
    house.county.refresh_from_db()
    assert house.county.contact_phone == "(0371)6218-0000"
    assert house.county.contact_email == "tw@example.org"
    assert Organisation.objects.get(name=SCHOOL["全称"]).contact_phone == "12355"


@pytest.mark.walk
def test_a_long_line_of_parents_is_looked_through_once(house):
    rows = [
        SCHOOL
        | {"全称": f"第{n}团委", "简称": f"第{n}团", "上级": f"第{n - 1}团" if n else "团中牟县委"}
        for n in range(4_000)
    ]

    assert take(*reversed(rows), dry_run=True).made == 4_000


@pytest.mark.parametrize(
    "written", ["410122", "中牟县", "中牟", "河南省郑州市中牟县", "郑州市 / 中牟县"]
)
def test_a_place_is_known_by_code_name_and_path(house, written):
    take(SCHOOL | {"地区": written})

    assert Organisation.objects.get(name=SCHOOL["全称"]).region_id == "410122"


@pytest.mark.walk
def test_ten_thousand_rows_in_a_few_queries(house, django_assert_max_num_queries):
    rows = [SCHOOL, *(CLASS | {"全称": f"中牟一高团支部 {n}"} for n in range(9_999))]

    with django_assert_max_num_queries(150):
        assert take(*rows).made == 10_000


def test_only_the_chosen_township_stands_in_the_list_of_places(house):
    take(TOWN)

    def codes(chosen):
        return [c for _city, group in region_options(chosen)[1:] for c, _name in group]

    assert "410122101" not in codes("")
    assert codes("410122101").index("410122101") == codes("410122101").index("410122") + 1
    assert set(region_and_below("410100")) == {"410100", "410122", "410122101"}


def test_the_page_of_a_township_is_asked_from(client, house):
    take(TOWN)
    assert 'href="/ask/?region=410122101"' in client.get("/orgs/tuan-410122101/").text

    page = client.get("/ask/?region=410122101").text

    assert '<option value="410122101" selected>中牟县 · 官渡镇</option>' in page


def test_people_of_a_school_bear_no_name_of_the_county(house):
    take(SCHOOL)

    assert "中牟县团委" in names_of(house.county)
    assert "中牟县团委" not in names_of(Organisation.objects.get(name=SCHOOL["全称"]))


def test_the_command_reads_csv_of_any_spreadsheet(house, tmp_path):
    text = "全称,上级\n中牟一高团委,团中牟县委\n"
    for number, encoding in enumerate(("utf-8", "utf-8-sig", "gb18030")):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        out = StringIO()
        call_command("import_bodies", path, stdout=out)
        assert f"made {int(not number)}" in out.getvalue()


def test_the_command_tells_lines_and_ends_with_an_error(house, tmp_path):
    path = tmp_path / "bodies.csv"
    path.write_text("全称,上级\n中牟一高团委,团中牟县委\n\n中牟二高团委,团某县委\n")
    err = StringIO()

    with pytest.raises(CommandError, match="1 wrong lines"):
        call_command("import_bodies", path, stderr=err)

    assert err.getvalue().startswith("line 4: “上级”")


_BASE = "http://schemas.openxmlformats.org"
_OFFICE = f"{_BASE}/officeDocument/2006/relationships"
_MAIN = f'xmlns="{_BASE}/spreadsheetml/2006/main"'


def cell(value):
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def relation(kind, target):
    return (
        f'<Relationships xmlns="{_BASE}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def workbook(path, rows):
    """The least that a workbook can be."""
    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    sheets = '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("_rels/.rels", relation("officeDocument", "xl/workbook.xml"))
        out.writestr(
            "xl/workbook.xml", f'<workbook {_MAIN} xmlns:r="{_OFFICE}">{sheets}</workbook>'
        )
        out.writestr("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml"))
        sheet = f"<worksheet {_MAIN}><sheetData>{lines}</sheetData></worksheet>"
        out.writestr("xl/worksheets/sheet1.xml", sheet)


def test_a_workbook_is_read_as_it_looks(house, tmp_path):
    path = tmp_path / "bodies.xlsx"
    workbook(path, [list(TOWN), [*list(TOWN.values())[:-1], 410122101], [""] * 5])

    assert tables.rows_of(path) == [(2, TOWN)]


def test_what_a_workbook_writes_for_controls_is_gone(house, tmp_path):
    path = tmp_path / "bodies.xlsx"
    workbook(path, [["全称_x000D_", "上级"], ["中牟一高_x000D_", "\xa0团中牟县委_x0007_\u3000"]])

    assert tables.rows_of(path) == [(2, {"全称": "中牟一高", "上级": "团中牟县委"})]


@pytest.mark.parametrize(
    "content",
    [
        "全称\t上级\n甲\t乙\n".encode("utf-16"),
        "全称\t上级\r\n甲\t乙\r\n".encode("gb18030"),
        "全称;上级\n甲;乙\n".encode(),
        "\ufeff\ufeff全称, 上级 \n甲,乙,,\n".encode(),
    ],
)
def test_what_spreadsheets_call_text_is_read_too(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    assert tables.rows_of(path) == [(2, {"全称": "甲", "上级": "乙"})]


def test_no_row_is_left_out_without_a_word(tmp_path):
    """Two in three are empty: what is counted lies beyond what is read."""
    path = tmp_path / "bodies.xlsx"
    workbook(path, [["全称"], *([""] if n % 3 else [f"第{n}"] for n in range(27_000))])

    with pytest.raises(tables.Unreadable, match="超过 10000 行"):
        tables.rows_of(path)


@pytest.mark.parametrize("content", ["全称,上级\n甲,乙,丙\n", "全称,,上级\n甲,丙,乙\n"])
def test_a_cell_under_no_name_is_not_left_out(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_text(content)

    with pytest.raises(tables.Unreadable, match="第 2 行有一格"):
        tables.rows_of(path)


def test_a_refusal_has_no_word_of_a_program(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "a.xlsx").write_text("no zip")
    (tmp_path / "huge.csv").write_text("全称\n" + "长" * 200_000)
    told = []
    for name in ("folder.csv", "none.csv", "a.xlsx", "huge.csv"):
        with pytest.raises(tables.Unreadable) as refused:
            tables.rows_of(tmp_path / name)
        told.append(str(refused.value))

    assert told == [
        "打不开这个文件：folder.csv",
        "打不开这个文件：none.csv",
        "打不开这个表格，请在表格软件里另存一份再试。",
        "这不是 CSV，或者有一格太长。",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", b"no zip"), ("a.csv", b""), ("a.csv", b",,\n1,2,3\n"), ("a.csv", b"a,a\n1,2\n"),
     ("a.csv", b"\xff\xfe\x00"), ("a.csv", b"a\n" + b"x\n" * 10_001), ("none.csv", None)],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_with_a_sentence(tmp_path, name, content):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(tables.Unreadable, match=r"\w"):
        tables.rows_of(path)
