"""All writes to organisations and their members."""

import json
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
from youthvoice.orgs.models import Membership, Organisation, Region
from youthvoice.people.models import User

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Loaded:
    regions: int
    organisations: int
    #: The codes of the regions whose committee was made just now.
    committees: list[str]


def join(
    *, person: User, organisation: Organisation, role: str, by: User | None, at: datetime
) -> Membership:
    """Give a person a role in an organisation; twice is once."""
    with transaction.atomic():
        membership, made = Membership.objects.get_or_create(
            person=person, organisation=organisation, role=role
        )
        if made:
            record("orgs.joined", subject=membership, actor=by, at=at, data={"role": role})
    return membership


def load_province(*, at: datetime) -> Loaded:
    """Bring regions and organisations of the set province up to its data files.

    The file of bodies (government and society) may be missing: a province can do without.

    Rows are added or renamed, never removed; what operators changed in an organisation
    stays. Run twice it changes nothing. Raises ImproperlyConfigured without the files.
    """
    folder = province_folder()
    regions = _read(folder / "regions.json")
    organisations = _read(folder / "organisations.json")
    if (folder / "bodies.json").is_file():
        organisations += _read(folder / "bodies.json")
    with transaction.atomic():
        changed = _load_regions(regions)
        committees = _load_committees(regions)
        made = len(committees) + _load_others(organisations)
        if changed or made:
            top = Organisation.objects.get(slug=committee_slug(regions[0]["code"]))
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


def _read(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _load_regions(rows: list[dict[str, Any]]) -> int:
    known = {r.code: r for r in Region.objects.all()}
    changed = 0
    for row in rows:
        values = {
            "name": row["name"],
            "short_name": row["short_name"],
            "pinyin": row["pinyin"],
            "level": row["level"],
            "parent_id": row["parent"],
        }
        old = known.get(row["code"])
        if old is None or any(getattr(old, k) != v for k, v in values.items()):
            Region.objects.update_or_create(code=row["code"], defaults=values)
            changed += 1
    return changed


def committee_slug(code: str) -> str:
    return f"tuan-{code}"


def _load_committees(rows: list[dict[str, Any]]) -> list[str]:
    """One League committee a region, each under the committee of the region above."""
    known = dict(Organisation.objects.values_list("slug", "pk"))
    made = []
    for row in rows:
        slug = committee_slug(row["code"])
        if slug in known:
            continue
        full, short = committee_names(row["name"], row["short_name"], row["level"])
        parent = known.get(committee_slug(row["parent"])) if row["parent"] else None
        organisation = Organisation.objects.create(
            slug=slug,
            kind=OrgKind.LEAGUE,
            name=full,
            short_name=short,
            region_id=row["code"],
            parent_id=parent,
        )
        known[slug] = organisation.pk
        made.append(row["code"])
    return made


def committee_names(name: str, short_name: str, level: str) -> tuple[str, str]:
    """Full and short name: 共青团郑州市委员会, 团郑州市委; 共青团河南省委员会, 团河南省委."""
    if level == Level.PROVINCE:
        return f"共青团{name}委员会", f"团{short_name}省委"
    return f"共青团{name}委员会", f"团{name}委"


def _load_others(rows: list[dict[str, Any]]) -> int:
    known = dict(Organisation.objects.values_list("slug", "pk"))
    made = 0
    for row in rows:
        if row["slug"] in known:
            continue
        organisation = Organisation.objects.create(
            slug=row["slug"],
            kind=row["kind"],
            name=row["name"],
            short_name=row["short_name"],
            region_id=row["region"],
            parent_id=known.get(row["parent"]),
            about=row["about"],
            fields=row["fields"],
            group=row.get("group", ""),
            contact_email=row.get("contact_email", ""),
        )
        known[row["slug"]] = organisation.pk
        made += 1
    return made
