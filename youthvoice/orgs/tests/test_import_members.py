"""Members from a table: a role for whoever has an account, a link for each other row."""

import csv
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import MONDAY, PersonFactory, member
from youthvoice.orgs import actions, policy, queries
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Invitation, Membership

pytestmark = pytest.mark.django_db
LINK = {"组织": "团郑州市委", "角色": "带班", "称呼": "小周"}


@pytest.fixture
def operator(house):
    return member(house.province, Role.OPERATOR, username="boss")


def take(by, *rows, **kwargs):
    rows = list(enumerate(rows, start=2))
    return actions.import_members(rows=rows, by=by, days=30, at=MONDAY, **kwargs)


def test_roles_for_accounts_and_links_for_others(house, operator):
    person = PersonFactory(username="xiaoli")
    known = {"组织": "团中牟县委", "角色": "值班员", "登录名": "XiaoLi"}

    told = take(operator, LINK, known)

    assert (told.made, told.unchanged, told.errors) == (2, 0, [])
    assert Membership.objects.get(person=person).role == Role.DUTY
    ((line, body, whom, token),) = told.links
    assert (line, body, whom) == (2, house.city.name, "小周")
    assert queries.invitation(token, at=MONDAY).role == Role.LEAD
    assert take(operator, known).unchanged == 1


def test_a_dry_run_writes_nothing(house, operator):
    told = take(operator, LINK, dry_run=True)

    assert (told.made, told.links) == (1, [])
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, "缺“组织”"),
        (LINK | {"组织": "团没有市委"}, "没有这个组织"),
        (LINK | {"角色": "老大"}, "“角色”要是"),
        (LINK | {"称呼": ""}, "至少填一个"),
        (LINK | {"称呼": "长" * 21}, "超过 20 字"),
        (LINK | {"登录名": "nobody"}, "没有登录名是"),
    ],
)
def test_what_is_wrong_is_told_by_its_line_and_nothing_is_written(house, operator, row, told):
    found = take(operator, LINK, row)

    assert [line for line, _ in found.errors] == [3]
    assert told in found.errors[0][1]
    assert not Invitation.objects.exists()


def test_the_command_writes_the_links_for_its_owner_only(house, operator, tmp_path, settings):
    settings.ALLOWED_HOSTS = ["voice.example.org"]
    table, links = tmp_path / "members.csv", tmp_path / "links.csv"
    table.write_text("组织,角色,称呼\n团郑州市委,带班,小周\n")
    with pytest.raises(CommandError, match="--links"):
        call_command("import_members", table, by="boss")

    call_command("import_members", table, by="boss", links=links, stdout=StringIO())

    header, row = csv.reader(StringIO(links.read_text("utf-8-sig")))
    assert header == ["组织", "称呼", "链接"]
    token = re.fullmatch(r"https?://voice\.example\.org/join/([\w-]+)/", row[2])[1]
    person = PersonFactory()
    invited = queries.invitation(token, at=Invitation.objects.get().made_at)
    actions.accept_invitation(token=token, by=person, at=invited.made_at)
    assert policy.is_lead_of(person, [house.city.pk])
    assert links.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="there already"):
        call_command("import_members", table, by="boss", links=links)
    left_by_a_killed_run = tmp_path / "empty.csv"
    left_by_a_killed_run.touch(0o644)
    call_command("import_members", table, by="boss", links=left_by_a_killed_run, stdout=StringIO())
    assert left_by_a_killed_run.stat().st_mode & 0o077 == 0


def test_only_an_operator_invites_by_a_table(house, tmp_path):
    member(house.province, Role.LEAD, username="lead")
    for name in ("lead", "nobody"):
        with pytest.raises(CommandError, match="is no operator"):
            call_command("import_members", tmp_path / "x.csv", by=name)


def test_no_link_stays_open_that_nobody_can_read(house, operator, tmp_path):
    """The file can't be written, or a line is wrong: there is neither an invitation nor a file."""
    table = tmp_path / "members.csv"
    table.write_text("组织,角色,称呼\n团郑州市委,带班,小周\n")
    with pytest.raises(CommandError, match="--links"):
        call_command("import_members", table, by="boss", links=tmp_path / "none/links.csv")
    table.write_text("组织,角色,称呼\n团郑州市委,带班,小周\n团郑州市委,老大,小李\n")
    with pytest.raises(CommandError, match="1 wrong"):
        call_command(
            "import_members", table, by="boss", links=tmp_path / "a.csv", stderr=StringIO()
        )

    assert not Invitation.objects.exists()
    assert [one.name for one in tmp_path.iterdir()] == ["members.csv"]


def test_a_killed_import_leaves_no_link(house, operator, tmp_path, monkeypatch):
    """What could not be told is taken back."""
    table = tmp_path / "members.csv"
    table.write_text("组织,角色,称呼\n团郑州市委,带班,小周\n")
    monkeypatch.setattr(csv, "writer", lambda _file: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("import_members", table, by="boss", links=tmp_path / "a.csv")

    assert not Invitation.objects.exists()
