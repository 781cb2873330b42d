"""Many organisations or members at once, from a table. Each table is taken whole or not at all:
what is wrong is told by its line, and with one wrong line nothing is written.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import batch, record
from youthvoice.kit.text import seen
from youthvoice.orgs import queries
from youthvoice.orgs.actions import cells
from youthvoice.orgs.actions.members import UnableToInvite, invite, join
from youthvoice.orgs.actions.province import committee_slug
from youthvoice.orgs.choices import WHOM_MOST, Field, Group, Level, OrgKind, Role
from youthvoice.orgs.models import Membership, Organisation, Region
from youthvoice.people.models import User

_KINDS = {str(kind.label): kind for kind in OrgKind}
_GROUPS = {str(group.label): group for group in Group}
_FIELDS = {str(one.label): one for one in Field}
_ROLES = {str(role.label): role for role in Role}
_BODY = {
    "全称", "简称", "类别", "上级", "地区", "乡镇街道", "乡镇代码", "归口", "领域", "联系邮箱",
    "联系电话", "介绍",
}  # fmt: skip
_MEMBER = {"组织", "角色", "称呼", "登录名"}
#: What a body may be given later: how to reach it.
_REACHED = ("contact_email", "contact_phone")


@dataclass
class Imported:
    made: int = 0
    unchanged: int = 0
    #: Bodies that were there, and now have an address or a telephone.
    filled: int = 0
    #: The codes of townships that came with their own committee.
    regions: list[str] = field(default_factory=list)
    #: Of members: line, organisation, whom, and the secret of the link that brings them.
    links: list[tuple[int, str, str, str]] = field(default_factory=list)
    #: Line and what is wrong with it.
    errors: list[tuple[int, str]] = field(default_factory=list)


def import_bodies(*, rows: cells.Rows, at: datetime, dry_run: bool = False) -> Imported:
    """Make organisations, each under its parent by name, whether that stands in the house or
    anywhere in the table. What is there already stays as it is, but for an address or a
    telephone that it had not.

    A row with 乡镇街道 is that township's own committee: the township becomes a region.
    """
    told, reading = Imported(), _Bodies()
    try:
        table = cells.plain(rows, _BODY)
    except cells.Wrong as problem:
        return Imported(errors=[(1, str(problem))])
    for line, row, is_ring in _parents_first(table, reading.names):
        try:
            if is_ring:
                raise cells.Wrong(_("“上级”绕回了自己"))
            reading.take(row)
        except cells.Wrong as problem:
            told.errors.append((line, str(problem)))
    told.made, told.unchanged = len(reading.new), reading.unchanged
    told.filled = len(reading.filled)
    told.regions = list(reading.towns)
    told.errors.sort()
    changed = [*reading.new, *reading.filled.values()]
    if told.errors or dry_run or not changed:
        return told
    with transaction.atomic():
        Region.objects.bulk_create(reading.towns.values())
        _save(reading.new)
        Organisation.objects.bulk_update(reading.filled.values(), _REACHED)
        data = {"regions": len(reading.towns), "organisations": len(reading.new)}
        if reading.filled:
            data["filled"] = len(reading.filled)
        record("orgs.imported", subject=changed[0], actor=None, at=at, data=data)
    queries.forget_regions()
    return told


def import_members(
    *, rows: cells.Rows, by: User, days: int, at: datetime, dry_run: bool = False
) -> Imported:
    """Give people who have an account (登录名) their role, and make a link for each other row."""
    told, bodies = Imported(), _Names(Organisation.objects.filter(is_active=True))
    taken = []
    try:
        table = cells.plain(rows, _MEMBER)
    except cells.Wrong as problem:
        return Imported(errors=[(1, str(problem))])
    for line, row in table:
        try:
            taken.append((line, *_member(row, bodies)))
        except cells.Wrong as problem:
            told.errors.append((line, str(problem)))
    if told.errors:
        return told
    try:
        with batch():
            for line, body, role, whom, person in taken:
                if person is None:
                    token = invite(organisation=body, role=role, whom=whom, days=days, by=by, at=at)
                    told.links.append((line, body.name, whom, token))
                elif Membership.objects.filter(
                    person=person, organisation=body, role=role
                ).exists():
                    told.unchanged += 1
                    continue
                else:
                    join(person=person, organisation=body, role=role, by=by, at=at)
                told.made += 1
            if dry_run:
                raise _Dry
    except UnableToInvite as problem:
        told.errors.append((line, str(problem)))
    except _Dry:
        pass
    if told.errors or dry_run:
        told.links = []
    return told


class _Dry(Exception):
    """Takes back all that was tried."""


def _member(row: dict[str, str], bodies: "_Names") -> tuple[Organisation, Role, str, User | None]:
    body, role = bodies.one("组织", cells.word(row, "组织", 80)), cells.among(row, "角色", _ROLES)
    whom, login = cells.word(row, "称呼", WHOM_MOST, needed=False), row.get("登录名", "")
    if login:
        person = User.objects.filter(username=login.lower(), is_active=True).first()
        if person is None:
            raise cells.Wrong(_("没有登录名是“%s”的账号") % login[:40])
        return body, role, whom, person
    if not whom:
        raise cells.Wrong(_("“称呼”和“登录名”至少填一个"))
    return body, role, whom, None


def _parents_first(
    rows: list[tuple[int, dict[str, str]]], names: "_Names"
) -> Iterator[tuple[int, dict[str, str], bool]]:
    """The rows, each behind the one that it is under; those in a ring last, and marked.

    `names` grows while the rows are taken.
    """
    told = {_called(row.get(name, "")) for _line, row in rows for name in ("全称", "简称")} - {""}
    waiting: dict[str, list[tuple[int, dict[str, str]]]] = {}
    ready = []
    for line, row in rows:
        above = _called(row.get("上级", ""))
        if above in told and above not in names.found:
            waiting.setdefault(above, []).append((line, row))
        else:
            ready.append((line, row))
    while ready:
        yield from ((line, row, False) for line, row in ready)
        # Behind a row that is wrong, too: those under it are told so.
        over = {_called(row.get(name, "")) for _line, row in ready for name in ("全称", "简称")}
        ready = [one for name in over for one in waiting.pop(name, ())]
    yield from ((line, row, True) for rows in waiting.values() for line, row in rows)


def _called(name: str) -> str:
    """共青团郑州市委, 共青团郑州市委员会 and 团郑州市委 are one."""
    shown = "".join(sign for sign in name if seen(sign))
    return re.sub("^(中国)?(共产主义青年团|共青团)", "团", shown.removesuffix("员会"))


class _Names:
    """Organisations by what they are called."""

    def __init__(self, bodies: Iterable[Organisation]) -> None:
        self.found: dict[str, list[Organisation]] = {}
        for body in bodies:
            self.add(body)

    def add(self, body: Organisation) -> None:
        for name in {_called(body.name), _called(body.short_name)}:
            self.found.setdefault(name, []).append(body)

    def one(self, column: str, name: str) -> Organisation:
        bodies = self.found.get(_called(name), [])
        # A full name is meant before another's short one, and what is written before its like.
        for is_it in (
            lambda body: body.name == name,
            lambda body: name in (body.name, body.short_name),
            lambda body: _called(body.name) == _called(name),
        ):
            bodies = [body for body in bodies if is_it(body)] or bodies
        if len(bodies) != 1:
            how = _("不止一个组织叫这个名字，请写全称") if bodies else _("没有这个组织")
            raise cells.Wrong(f"“{column}”：{how}：{name}")
        return bodies[0]


class _Bodies:
    def __init__(self) -> None:
        self.regions = dict(queries.all_regions())
        self.places: dict[str, set[str]] = {}
        for code in self.regions:
            chain = [self.regions[one] for one in queries.region_and_above(code)]
            path = "".join(region.name for region in reversed(chain))
            below = "".join(r.name for r in reversed(chain) if r.level != Level.PROVINCE)
            for name in (path, below, chain[0].name, chain[0].short_name):
                self.places.setdefault(name, set()).add(code)
        house = list(Organisation.objects.all())
        self.slugs = {body.slug: body for body in house}
        self.had = {(body.name, body.region_id): body for body in house}
        self.names = _Names(house)
        self.new: list[Organisation] = []
        self.towns: dict[str, Region] = {}
        self.filled: dict[int, Organisation] = {}
        self.unchanged = 0

    def take(self, row: dict[str, str]) -> None:
        name = cells.word(row, "全称", 80)
        reached = dict(zip(_REACHED, (cells.email(row), cells.phone(row)), strict=True))
        if not (row.get("上级") or row.get("地区") or row.get("乡镇街道")):
            # Its name says which.
            bodies = [body for body in self.names.found.get(_called(name), ()) if body.pk]
            if len(bodies) == 1:
                self._fill(bodies[0], reached)
                return
        kind = cells.among(row, "类别", _KINDS, OrgKind.BRANCH)
        above = cells.word(row, "上级", 80, needed=False)
        town = self._town(row)
        parent = self.names.one("上级", above) if above else None
        if town and parent is None:
            parent = self.slugs.get(committee_slug(town.code[:6]))
        region = town.code if town else self._region(row, parent)
        if town and kind not in {OrgKind.BRANCH, OrgKind.LEAGUE}:
            raise cells.Wrong(_("“乡镇街道”这一列只给乡镇、街道自己的团委填"))
        if not town and kind == OrgKind.LEAGUE:
            told = _("省、市、县的团委已经有了；乡镇街道的填“乡镇街道”，别的填“基层团组织”")
            raise cells.Wrong(told)
        slug = committee_slug(region) if town else _slug(name, region)
        here = self.slugs.get(slug) or self.had.get((name, region))
        if here is not None:
            self._fill(here, reached)
            return
        group = row.get("归口", "")
        words = re.split(r"[、，,;；\s]+", row.get("领域", ""))
        fields = [cells.coded("领域", word, _FIELDS) for word in words if word]
        body = Organisation(
            slug=slug,
            kind=OrgKind.LEAGUE if town else kind,
            name=name,
            short_name=cells.word(row, "简称", 40, needed=False) or name[:40],
            region_id=region,
            parent=parent,
            about=cells.text(row, "介绍", 2000),
            fields=fields,
            group=cells.coded("归口", group, _GROUPS) if group else "",
            **reached,
        )
        if town:
            self.towns[town.code] = town
            self.regions[town.code] = town
        self.slugs[slug] = body
        self.had[name, region] = body
        self.names.add(body)
        self.new.append(body)

    def _fill(self, body: Organisation, reached: dict[str, str]) -> None:
        """Give what is there already the address and the telephone that it has not."""
        given = {name: told for name, told in reached.items() if told and not getattr(body, name)}
        if not given or not body.pk:
            self.unchanged += 1
            return
        for name, told in given.items():
            setattr(body, name, told)
        self.filled[body.pk] = body

    def _town(self, row: dict[str, str]) -> Region | None:
        """The township of which the row is the committee."""
        name, code = cells.word(row, "乡镇街道", 40, needed=False), row.get("乡镇代码", "")[:9]
        if not name and not code:
            return None
        if not name or not re.fullmatch(r"[0-9]{9}", code, re.ASCII):
            raise cells.Wrong(_("“乡镇街道”要和“乡镇代码”（9 位数字）一起填"))
        county = self.regions.get(code[:6])
        if county is None:
            raise cells.Wrong(_("没有代码是 %s 的县（市、区）") % code[:6])
        had = self.regions.get(code)
        if had is not None and had.name != name:
            raise cells.Wrong(_("代码 %(code)s 已经是%(name)s") % {"code": code, "name": had.name})
        return Region(code=code, name=name, short_name=name[:20], level=Level.TOWN, parent=county)

    def _region(self, row: dict[str, str], parent: Organisation | None) -> str:
        """Where it is: as written, else where its parent is."""
        written = row.get("地区", "")
        if not written and parent is None:
            raise cells.Wrong(_("“上级”和“地区”至少填一个"))
        if not written and parent is not None:
            return parent.region_id
        codes = {written} & set(self.regions) or self.places.get(
            re.sub(r"[\s/\\|,，>·-]+", "", written), set()
        )
        if len(codes) != 1:
            how = _("不止一个地方叫这个名字，请写上级的市") if codes else _("没有这个地区")
            raise cells.Wrong(f"“地区”：{how}：{written[:60]}")
        return next(iter(codes))


def _save(bodies: list[Organisation]) -> None:
    """Those above first, each level at once."""
    left = bodies
    while left:
        level = [b for b in left if b.parent is None or b.parent.pk is not None]
        for body in level:
            # Its number came after it was named here.
            body.parent_id = body.parent.pk if body.parent else None
        Organisation.objects.bulk_create(level)
        left = [body for body in left if body.pk is None]


def _slug(name: str, region: str) -> str:
    """The same for the same name and place, so that a table may be taken twice."""
    return f"b-{region}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"
