"""The set province: its regions, committees and bodies, from data files."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from youthvoice.journal.actions import record
from youthvoice.orgs import queries
from youthvoice.orgs.choices import Level, OrgKind
from youthvoice.orgs.models import Organisation, Region

_DATA = Path(__file__).parent.parent / "data"
#: What a file of regions may change of one.
_COLUMNS = ["name", "short_name", "pinyin", "level", "parent_id"]


@dataclass(frozen=True)
class Loaded:
    regions: int
    organisations: int
    #: The codes of the regions whose committee was made just now.
    committees: list[str]


def load_province(*, at: datetime) -> Loaded:
    """Bring regions and organisations of the set province up to its data files.

    The file of bodies (government and society) may be missing: a province can do without.

    Rows are added or renamed, never removed; what operators changed in an organisation
    stays. Run twice it changes nothing. Raises ImproperlyConfigured without the files.
    """
    folder = province_folder()
    regions = _read(folder / "regions.json", key="code")
    organisations = _read(folder / "organisations.json", key="slug")
    if (folder / "bodies.json").is_file():
        organisations |= _read(folder / "bodies.json", key="slug")
    with transaction.atomic():
        changed = _load_regions(regions.values())
        committees = _load_committees(regions.values())
        made = len(committees) + _load_others(organisations.values())
        if changed or made:
            top = Organisation.objects.get(slug=committee_slug(next(iter(regions))))
            record(
                "orgs.loaded",
                subject=top,
                actor=None,
                at=at,
                data={"regions": changed, "organisations": made},
            )
    queries.forget_regions()
    return Loaded(changed, made, committees)


def province_folder() -> Path:
    chosen = Path(settings.PROVINCE)
    folder = chosen if chosen.is_absolute() else _DATA / chosen
    for name in ("regions.json", "organisations.json"):
        if not (folder / name).is_file():
            raise ImproperlyConfigured(
                f"PROVINCE={settings.PROVINCE}: there is no {name} in {folder}; "
                "name a folder of youthvoice/orgs/data/ or the full path of one like it."
            )
    return folder


def _read(path: Path, *, key: str) -> dict[str, dict[str, Any]]:
    """The rows of a file, each once, by what names them."""
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return {row[key]: row for row in rows}


def _load_regions(rows: Iterable[dict[str, Any]]) -> int:
    known = {region.code: region for region in Region.objects.all()}
    new = []
    for row in rows:
        names = {name: row[name] for name in ("name", "short_name", "pinyin", "level")}
        region = Region(code=row["code"], parent_id=row["parent"], **names)
        old = known.get(region.code)
        if old is None or any(getattr(old, c) != getattr(region, c) for c in _COLUMNS):
            new.append(region)
    Region.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["code"], update_fields=_COLUMNS
    )
    return len(new)


def committee_slug(code: str) -> str:
    return f"tuan-{code}"


def _load_committees(rows: Iterable[dict[str, Any]]) -> list[str]:
    """One League committee a region, each under the committee of the region above."""
    known = dict(Organisation.objects.values_list("slug", "pk"))
    made, new = [], []
    for row in rows:
        slug = committee_slug(row["code"])
        if slug in known:
            continue
        full, short = committee_names(row["name"], row["short_name"], row["level"])
        committee = Organisation(
            slug=slug,
            kind=OrgKind.LEAGUE,
            name=full,
            short_name=short,
            region_id=row["code"],
        )
        new.append((committee, committee_slug(row["parent"]) if row["parent"] else None))
        made.append(row["code"])
    _create(new, known)
    return made


def _create(new: list[tuple[Organisation, str | None]], known: dict[str, int]) -> None:
    """Make organisations, each with its parent's slug; those above first, each level at once."""
    while new:
        slugs = {organisation.slug for organisation, _parent in new}
        level = [one for one in new if one[1] not in slugs]
        if not level:
            raise ImproperlyConfigured(f"Each of these is under another: {sorted(slugs)}")
        for organisation, parent in level:
            organisation.parent_id = known.get(parent or "")
        made = Organisation.objects.bulk_create(organisation for organisation, _parent in level)
        known |= {organisation.slug: organisation.pk for organisation in made}
        new = [one for one in new if one[1] in slugs]


def committee_names(name: str, short_name: str, level: str) -> tuple[str, str]:
    """Full and short name: 共青团郑州市委员会, 团郑州市委; 共青团河南省委员会, 团河南省委."""
    if level == Level.PROVINCE:
        return f"共青团{name}委员会", f"团{short_name}省委"
    return f"共青团{name}委员会", f"团{name}委"


def _load_others(rows: Iterable[dict[str, Any]]) -> int:
    known = dict(Organisation.objects.values_list("slug", "pk"))
    new = [
        (
            Organisation(
                slug=row["slug"],
                kind=row["kind"],
                name=row["name"],
                short_name=row["short_name"],
                region_id=row["region"],
                about=row["about"],
                fields=row["fields"],
                group=row.get("group", ""),
                contact_email=row.get("contact_email", ""),
                contact_phone=row.get("contact_phone", ""),
            ),
            row["parent"],
        )
        for row in rows
        if row["slug"] not in known
    ]
    _create(new, known)
    return len(new)
