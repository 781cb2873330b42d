"""What people call organisations, and who may bear such a name."""

import re
from functools import lru_cache

from youthvoice.kit.kept import Kept
from youthvoice.kit.looks import look
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import all_regions, organisations_of
from youthvoice.people import names
from youthvoice.people.models import User

#: Shorter ones are looked for as the whole name only: they stand in ordinary words.
_SHORTEST_WITHIN = 3
#: All names that are in use; whoever renames an organisation waits a minute.
_names: Kept[tuple[frozenset[str], frozenset[str]]] = Kept("orgs.names", seconds=60)
#: How a body's name ends that need not be in the table; a party of eaters is none.
_ENDS = "(?<![饭结布大格棋牌定破])局|厅|[卫健改监]委|委员会|服务台|热线|办事处|管理处"


def names_of(organisation: Organisation) -> set[str]:
    """As it is written, and as people say it: 郑州团市委, 中牟县团委; 人社局 without its place."""
    found = {organisation.name, organisation.short_name}
    # The region's names are its own committee's.
    if organisation.kind == OrgKind.LEAGUE:
        region = organisation.region
        end = region.name[-1]
        found |= {f"{region.short_name}团{end}委", f"团{region.short_name}{end}委"}
        found.add(f"团{region.short_name}")
        for place in (region.name, region.short_name):
            found |= {f"{place}团委", f"{place}共青团", f"团{place}委", f"共青团{place}"}
    if organisation.kind == OrgKind.GOVERNMENT:
        places = (
            organisation.region.name,
            organisation.region.short_name,
            organisation.region.name[-1],
        )
        found |= {name.partition(place)[2] for name in (*found,) for place in places}
    return found - {""}


def own(person: User) -> frozenset[str]:
    """The names that somebody may bear who works there, as they look. Asks for the second
    factor as every right of theirs does."""
    theirs = {o.pk for o in organisations_of(person)} if person.pk else set()
    rows = Organisation.objects.filter(pk__in=theirs).select_related("region") if theirs else ()
    return frozenset(look(name) for row in rows for name in names_of(row))


def others(looked: str) -> bool:
    """Whether it is, or holds, the name of an organisation in use or of one like it."""
    alone, within = _names.get() or _names.keep(_read())
    return looked in alone or any(name in looked for name in within) or _is_of_a_place(looked)


def _read() -> tuple[frozenset[str], frozenset[str]]:
    """One query: all names, and those that are looked for within longer ones."""
    rows = Organisation.objects.filter(is_active=True).select_related("region")
    found = frozenset(look(name) for row in rows for name in names_of(row))
    return found, frozenset(name for name in found if len(name) >= _SHORTEST_WITHIN)


def _is_of_a_place(looked: str) -> bool:
    """郑州110, 登封市水利局: no row has it, and yet it reads like one."""
    places = _places(tuple(r.short_name for r in all_regions().values()))
    if names.hotlines_in(looked) and places.search(names.without_digits(looked)):
        return True
    return bool(re.search(f"({places.pattern}).{{0,12}}({_ENDS})$", looked))


@lru_cache(maxsize=4)
def _places(short_names: tuple[str, ...]) -> re.Pattern[str]:
    found = sorted({re.escape(look(name)) for name in short_names}, key=len, reverse=True)
    return re.compile("|".join(found) or "(?!)")
