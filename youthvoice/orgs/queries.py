"""Reading regions and organisations."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from youthvoice.kit.kept import Kept
from youthvoice.kit.paging import PAGE_SIZE, Key, Page, page
from youthvoice.orgs import policy
from youthvoice.orgs.choices import Level, OrgKind, Role
from youthvoice.orgs.models import Invitation, Membership, Organisation, Region
from youthvoice.people.factors import factor
from youthvoice.people.models import User
from youthvoice.people.queries import hash_of
from youthvoice.readymade.prepared import prepared

_REGION_CODE = re.compile(r"[0-9]{6}([0-9]{3})?", re.ASCII)


def _read_code(text: str) -> str:
    if not _REGION_CODE.fullmatch(text):
        raise ValueError("no region has such a code")
    return text


#: The province, its cities and their counties by their codes, as maps list them.
_BY_REGION = Key("region_id", False, str, _read_code)

#: Regions change by an operator's hand, a few times a year.
_regions: Kept[dict[str, Region]] = Kept("orgs.regions", seconds=60)


@dataclass(frozen=True)
class RegionGroup:
    """A prefecture-level unit and its counties."""

    city: Region
    counties: list[Region]


def all_regions() -> dict[str, Region]:
    """Every region by code, kept in memory for a minute."""
    found = _regions.get()
    return _regions.keep({r.code: r for r in Region.objects.all()}) if found is None else found


def forget_regions() -> None:
    _regions.forget()


def region_groups() -> list[RegionGroup]:
    """The prefecture-level units in the order of their codes, each with its counties."""
    regions = all_regions()
    counties: dict[str, list[Region]] = {}
    for region in regions.values():
        if region.level == Level.COUNTY and region.parent_id:
            counties.setdefault(region.parent_id, []).append(region)
    return [
        RegionGroup(region, counties.get(region.code, []))
        for region in regions.values()
        if region.level == Level.CITY
    ]


def region_options(chosen: str = "") -> list[tuple[str, Any]]:
    """Grouped for a select: each city with itself first and its counties after.

    There are too many townships for a list: only a `chosen` one stands in it, behind its county.
    """
    town = all_regions().get(chosen)
    town = town if town is not None and town.level == Level.TOWN else None
    found: list[tuple[str, Any]] = [("", _("不选也可以"))]
    for group in region_groups():
        options = [(group.city.code, _("%s（全市）") % group.city.name)]
        for county in group.counties:
            options.append((county.code, county.name))
            if town is not None and town.parent_id == county.code:
                options.append((town.code, f"{county.name} · {town.name}"))
        found.append((group.city.name, options))
    return found


def is_region_option(code: str) -> bool:
    """Whether `region_options(code)` offers it."""
    regions = all_regions()
    levels: list[str] = []
    region = regions.get(code)
    while region is not None and len(levels) < len(Level):
        levels.append(region.level)
        if region.level == Level.CITY:
            break
        region = regions.get(region.parent_id or "")
    offered = [Level.TOWN, Level.COUNTY, Level.CITY]
    return bool(levels) and levels == offered[-len(levels) :]


def region_and_below(code: str) -> list[str]:
    """The code itself and those of all regions under it; empty for an unknown code."""
    regions = all_regions()
    if code not in regions:
        return []
    below: dict[str | None, list[str]] = {}
    for one, region in regions.items():
        below.setdefault(region.parent_id, []).append(one)
    found = {code: None}
    left = [code]
    for parent in left:
        # Twice in the list would be without end, if regions were ever in a ring.
        left += (new := [one for one in below.get(parent, []) if one not in found])
        found |= dict.fromkeys(new)
    return left


def region_and_above(code: str) -> list[str]:
    """The code itself and those of the regions above it, the nearest first; empty for an
    unknown code."""
    regions = all_regions()
    found: list[str] = []
    up: str | None = code
    while up and up in regions and up not in found:
        found.append(up)
        up = regions[up].parent_id
    return found


@dataclass(frozen=True)
class Listing:
    """One kind of organisations, as far as it is shown at first."""

    kind: str
    organisations: list[Organisation]
    #: There are more than these.
    has_more: bool


def listings(*, most: int = PAGE_SIZE) -> list[Listing]:
    """The active organisations by kind, each kind's first `most` from province and cities.

    Kinds without any are left out. Two queries, with the regions.
    """
    counts = dict(_many_of_kinds())
    found: dict[str, list[Organisation]] = {kind: [] for kind in counts}
    for organisation in _first_of_kinds(most=most):
        found[organisation.kind].append(organisation)
    return [
        Listing(kind, found[kind], counts[kind] > len(found[kind]))
        for kind in OrgKind.values
        if kind in counts
    ]


@prepared()
def _many_of_kinds() -> QuerySet[Any]:
    rows = Organisation.objects.filter(is_active=True).order_by()
    return rows.values_list("kind").annotate(Count("pk"))


@prepared()
def _first_of_kinds(most: int) -> QuerySet[Organisation]:
    place = Window(RowNumber(), partition_by=["kind"], order_by=["region", "pk"])
    rows = Organisation.objects.filter(is_active=True)
    first = rows.exclude(region__level__in=[Level.COUNTY, Level.TOWN]).annotate(place=place)
    return first.filter(place__lte=most).order_by("place")


def listed(*, kind: str, after: str) -> Page[Organisation]:
    """One page of the active organisations of a kind, by region; one query."""
    return page(Organisation.objects.filter(kind=kind, is_active=True), key=_BY_REGION, after=after)


def bodies_for(
    region_code: str | None, *, kinds: Iterable[str], group: str = ""
) -> QuerySet[Organisation]:
    """To whom a matter of a region may be referred: the active bodies of these kinds there
    and in the regions above, the nearest first, with their regions. One query.

    Without a known region those of the whole province; with a `group` only those that answer
    for it.
    """
    chain = region_and_above(region_code or "") or [
        code for code, region in all_regions().items() if region.level == Level.PROVINCE
    ]
    rows = Organisation.objects.filter(is_active=True, kind__in=list(kinds), region__in=chain)
    if group:
        rows = rows.filter(group=group)
    near = Case(
        *(When(region=code, then=Value(steps)) for steps, code in enumerate(chain)),
        default=Value(len(chain)),
    )
    return rows.select_related("region").order_by(near, "pk")


def memberships_of(user: User | AnonymousUser) -> list[Membership]:
    """A person's memberships in active organisations, with the organisations. One query a request.

    None while their second factor is awaited: what is drawn from them are rights.
    """
    if not isinstance(user, User):
        return []
    request = factor.request_of(user)
    found: list[Membership] | None = getattr(request, "memberships", None)
    if found is None:
        found = _memberships(person=user.pk)
        if request is not None:
            # Several parts of a page ask.
            request.memberships = found  # type: ignore[attr-defined]
    return [] if found and factor.is_awaited(user) else list(found)


@prepared("person")
def _memberships(person: int) -> QuerySet[Membership]:
    rows = Membership.objects.filter(person_id=person, organisation__is_active=True)
    return rows.select_related("organisation").order_by("organisation_id", "role")


def organisations_of(user: User | AnonymousUser) -> list[Organisation]:
    """The active organisations that a person works in, each once."""
    found = {m.organisation_id: m.organisation for m in memberships_of(user)}
    return list(found.values())


def committees_of(user: User | AnonymousUser) -> list[Membership]:
    """A person's memberships in committees of the League that look after those below. Who runs
    the house's technics there, and nothing else, looks after nobody."""
    works = memberships_of(user)
    return [m for m in works if m.organisation.kind == OrgKind.LEAGUE and m.role != Role.OPERATOR]


def committees_over(user: User | AnonymousUser, body: Organisation) -> list[Membership]:
    """Those in committees over a body: of a region above its own, or of its own where the body
    is no committee. Never the body itself."""
    own, *above = region_and_above(body.region_id) or [""]
    regions = above if body.kind == OrgKind.LEAGUE else [own, *above]
    over = [m for m in committees_of(user) if m.organisation.region_id in regions]
    return [m for m in over if m.organisation_id != body.pk]


def leads_of(organisation_ids: Iterable[int]) -> dict[int, list[str]]:
    """What the leads of organisations are called, by organisation. One query."""
    rows = Membership.objects.filter(
        organisation__in=organisation_ids, role=Role.LEAD, person__is_active=True
    )
    found: dict[int, list[str]] = {}
    for pk, name in rows.order_by("pk").values_list("organisation", "person__nickname"):
        found.setdefault(pk, []).append(name)
    return found


def with_members(organisation_ids: Iterable[int]) -> set[int]:
    """Those of the organisations in which somebody works who could sign in. One query."""
    rows = Membership.objects.filter(organisation__in=organisation_ids, person__is_active=True)
    return set(rows.values_list("organisation", flat=True))


def has_members(organisation_id: int) -> bool:
    """Whether somebody works there who could sign in."""
    return Membership.objects.filter(organisation=organisation_id, person__is_active=True).exists()


def invitations_of(organisation: Organisation, *, at: datetime) -> QuerySet[Invitation]:
    """The links that are open, the newest first."""
    return organisation.invitations.filter(ends_at__gt=at).order_by("-pk")


def invitation(token: str, *, at: datetime) -> Invitation | None:
    """What a link opens: none once it is used, taken back or over, or when who made it may
    invite no more."""
    rows = Invitation.objects.select_related("organisation", "made_by")
    found = rows.filter(
        token_hash=hash_of(token), ends_at__gt=at, organisation__is_active=True
    ).first()
    if found and found.role in policy.roles_to_give(found.made_by, found.organisation_id):
        return found
    return None


def members_of(organisation: Organisation) -> list[Membership]:
    """Who works there, leads first; one query."""
    rows = organisation.memberships.filter(person__is_active=True).select_related("person")
    order = list(Role)[::-1]
    return sorted(rows, key=lambda m: (order.index(Role(m.role)), m.pk))


def province_committee() -> Organisation | None:
    return Organisation.objects.filter(kind="league", region__level=Level.PROVINCE).first()
