"""Many organisations or members at once, from a table. Each table is taken whole or not at all:
what is wrong is told by its line, and with one wrong line nothing is written.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from youthvoice.journal.actions import batch, record
from youthvoice.kit.text import check_clean, check_line
from youthvoice.orgs import queries
from youthvoice.orgs.actions.members import UnableToInvite, invite, join
from youthvoice.orgs.actions.province import committee_slug
from youthvoice.orgs.choices import WHOM_MOST, Field, Group, Level, OrgKind, Role
from youthvoice.orgs.models import Membership, Organisation, Region
from youthvoice.people.models import User

_T = TypeVar("_T")
Rows = Iterable[tuple[int, dict[str, str]]]
_KINDS = {str(kind.label): kind for kind in OrgKind}
_GROUPS = {str(group.label): group for group in Group}
_FIELDS = {str(one.label): one for one in Field}
_ROLES = {str(role.label): role for role in Role}
_BODY = {
    "全称", "简称", "类别", "上级", "地区", "乡镇街道", "乡镇代码", "归口", "领域", "联系邮箱",
    "介绍",
}  # fmt: skip
_MEMBER = {"组织", "角色", "称呼", "登录名"}


class Wrong(Exception):
    """A line can't be taken; says why."""


@dataclass
class Imported:
    made: int = 0
    unchanged: int = 0
    #: The codes of townships that came with their own committee.
    regions: list[str] = field(default_factory=list)
    #: Of members: line, organisation, whom, and the secret of the link that brings them.
    links: list[tuple[int, str, str, str]] = field(default_factory=list)
    #: Line and what is wrong with it.
    errors: list[tuple[int, str]] = field(default_factory=list)


def import_bodies(*, rows: Rows, at: datetime, dry_run: bool = False) -> Imported:
    """Make organisations, each under its parent by name, whether that stands in the house or
    anywhere in the table. What is there already stays as it is.

    A row with 乡镇街道 is that township's own committee: the township becomes a region.
    """
    told, reading = Imported(), _Bodies()
    for line, row, is_ring in _parents_first(list(rows), reading.names):
        try:
            if is_ring:
                raise Wrong("“上级”绕回了自己")
            reading.take(row)
        except Wrong as problem:
            told.errors.append((line, str(problem)))
    told.made, told.unchanged = len(reading.new), reading.unchanged
    told.regions = list(reading.towns)
    told.errors.sort()
    if told.errors or dry_run or not told.made:
        return told
    with transaction.atomic():
        Region.objects.bulk_create(reading.towns.values())
        _save(reading.new)
        data = {"regions": len(reading.towns), "organisations": len(reading.new)}
        record("orgs.imported", subject=reading.new[0], actor=None, at=at, data=data)
    queries.forget_regions()
    return told


def import_members(
    *, rows: Rows, by: User, days: int, at: datetime, dry_run: bool = False
) -> Imported:
    """Give people who have an account (登录名) their role, and make a link for each other row."""
    told, bodies = Imported(), _Names(Organisation.objects.filter(is_active=True))
    taken = []
    for line, row in rows:
        try:
            taken.append((line, *_member(row, bodies)))
        except Wrong as problem:
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
    _only(row, _MEMBER)
    body, role = bodies.one("组织", _word(row, "组织", 80)), _among(row, "角色", _ROLES)
    whom, login = _word(row, "称呼", WHOM_MOST, needed=False), row.get("登录名", "")
    if login:
        person = User.objects.filter(username=login.lower(), is_active=True).first()
        if person is None:
            raise Wrong(f"没有登录名是“{login[:40]}”的账号")
        return body, role, whom, person
    if not whom:
        raise Wrong("“称呼”和“登录名”至少填一个")
    return body, role, whom, None


def _parents_first(
    rows: list[tuple[int, dict[str, str]]], names: "_Names"
) -> Iterator[tuple[int, dict[str, str], bool]]:
    """The rows, each behind the one that it is under; those in a ring last, and marked.

    `names` grows while the rows are taken.
    """
    left = rows
    while left:
        told = {row.get(name) for _line, row in left for name in ("全称", "简称")} - {None, ""}
        ready: list[tuple[int, dict[str, str]]] = []
        later: list[tuple[int, dict[str, str]]] = []
        for line, row in left:
            above = row.get("上级", "")
            waits = above in told and above not in names.found
            (later if waits else ready).append((line, row))
        yield from ((line, row, False) for line, row in ready)
        if not ready:
            yield from ((line, row, True) for line, row in later)
            return
        left = later


class _Names:
    """Organisations by what they are called."""

    def __init__(self, bodies: Iterable[Organisation]) -> None:
        self.found: dict[str, list[Organisation]] = {}
        for body in bodies:
            self.add(body)

    def add(self, body: Organisation) -> None:
        for name in {body.name, body.short_name}:
            self.found.setdefault(name, []).append(body)

    def one(self, column: str, name: str) -> Organisation:
        bodies = self.found.get(name, [])
        # A full name is meant before another's short one.
        bodies = [body for body in bodies if body.name == name] or bodies
        if len(bodies) != 1:
            how = "不止一个组织叫这个名字，请写全称" if bodies else "没有这个组织"
            raise Wrong(f"“{column}”：{how}：{name}")
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
        self.had = {(body.name, body.region_id) for body in house}
        self.names = _Names(house)
        self.new: list[Organisation] = []
        self.towns: dict[str, Region] = {}
        self.unchanged = 0

    def take(self, row: dict[str, str]) -> None:
        _only(row, _BODY)
        name = _word(row, "全称", 80)
        kind = _among(row, "类别", _KINDS, OrgKind.BRANCH)
        above = _word(row, "上级", 80, needed=False)
        town = self._town(row)
        parent = self.names.one("上级", above) if above else None
        if town and parent is None:
            parent = self.slugs.get(committee_slug(town.code[:6]))
        region = town.code if town else self._region(row, parent)
        if town and kind not in {OrgKind.BRANCH, OrgKind.LEAGUE}:
            raise Wrong("“乡镇街道”这一列只给乡镇、街道自己的团委填")
        if not town and kind == OrgKind.LEAGUE:
            raise Wrong("省、市、县的团委已经有了；乡镇街道的填“乡镇街道”，别的填“基层团组织”")
        slug = committee_slug(region) if town else _slug(name, region)
        if slug in self.slugs or (name, region) in self.had:
            self.unchanged += 1
            return
        email = row.get("联系邮箱", "")
        if email:
            try:
                validate_email(email)
            except ValidationError:
                raise Wrong(f"“联系邮箱”不像邮箱：{email[:60]}") from None
        group = row.get("归口", "")
        words = re.split(r"[、，,;；\s]+", row.get("领域", ""))
        fields = [_code("领域", word, _FIELDS) for word in words if word]
        body = Organisation(
            slug=slug,
            kind=OrgKind.LEAGUE if town else kind,
            name=name,
            short_name=_word(row, "简称", 40, needed=False) or name[:40],
            region_id=region,
            parent=parent,
            about=_text(row, "介绍", 2000),
            fields=fields,
            group=_code("归口", group, _GROUPS) if group else "",
            contact_email=email,
        )
        if town:
            self.towns[town.code] = town
            self.regions[town.code] = town
        self.slugs[slug] = body
        self.had.add((name, region))
        self.names.add(body)
        self.new.append(body)

    def _town(self, row: dict[str, str]) -> Region | None:
        """The township of which the row is the committee."""
        name, code = _word(row, "乡镇街道", 40, needed=False), row.get("乡镇代码", "")[:9]
        if not name and not code:
            return None
        if not name or not re.fullmatch(r"[0-9]{9}", code, re.ASCII):
            raise Wrong("“乡镇街道”要和“乡镇代码”（9 位数字）一起填")
        county = self.regions.get(code[:6])
        if county is None:
            raise Wrong(f"没有代码是 {code[:6]} 的县（市、区）")
        had = self.regions.get(code)
        if had is not None and had.name != name:
            raise Wrong(f"代码 {code} 已经是{had.name}")
        return Region(code=code, name=name, short_name=name[:20], level=Level.TOWN, parent=county)

    def _region(self, row: dict[str, str], parent: Organisation | None) -> str:
        """Where it is: as written, else where its parent is."""
        written = row.get("地区", "")
        if not written and parent is None:
            raise Wrong("“上级”和“地区”至少填一个")
        if not written and parent is not None:
            return parent.region_id
        codes = {written} & set(self.regions) or self.places.get(
            re.sub(r"[\s/\\|,，>·-]+", "", written), set()
        )
        if len(codes) != 1:
            how = "不止一个地方叫这个名字，请写上级的市" if codes else "没有这个地区"
            raise Wrong(f"“地区”：{how}：{written[:60]}")
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


def _only(row: dict[str, str], known: set[str]) -> None:
    if strange := set(row) - known:
        raise Wrong(f"不认识的列：{'、'.join(sorted(strange))[:100]}")


def _word(row: dict[str, str], column: str, most: int, *, needed: bool = True) -> str:
    word = _text(row, column, most)
    if needed and not word:
        raise Wrong(f"缺“{column}”")
    try:
        check_line(word)
    except ValidationError as problem:
        raise Wrong(f"“{column}”：{problem.message}") from None
    return word


def _text(row: dict[str, str], column: str, most: int) -> str:
    text = row.get(column, "")
    if len(text) > most:
        raise Wrong(f"“{column}”超过 {most} 字")
    try:
        check_clean(text)
    except ValidationError as problem:
        raise Wrong(f"“{column}”：{problem.message}") from None
    return text


def _among(row: dict[str, str], column: str, codes: dict[str, _T], default: _T | None = None) -> _T:
    word = row.get(column, "")
    if not word and default is not None:
        return default
    return _code(column, word, codes)


def _code(column: str, word: str, codes: dict[str, _T]) -> _T:
    if word not in codes:
        raise Wrong(f"“{column}”要是 {'、'.join(codes)} 之一，不是“{word[:20]}”")
    return codes[word]
