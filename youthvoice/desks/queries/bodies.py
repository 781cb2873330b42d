"""To whom a question may be handed, and whom one may ask for their part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _t

from youthvoice.cases.choices import LANE_OF, LaneKind
from youthvoice.cases.queries.routes import region_chain
from youthvoice.orgs.choices import OF_KIND, Level, OrgKind
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import all_regions, region_and_below, region_groups

#: Bodies offered at once of each kind; whoever is not among them is found by their name.
OFFERED_MOST = 12
#: Characters of a name that is looked for.
NAME_MOST = 40
#: No number of a row has so many.
_DIGITS_MOST = 18
#: Committees of townships, and those of schools, enterprises and branches.
_GRASS_ROOTS = Q(kind=OrgKind.BRANCH) | Q(kind=OrgKind.LEAGUE, region__level=Level.TOWN)

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Bodies:
    """The bodies in use that concern a question, once read."""

    rows: list[Organisation]
    #: The region of the question and those above it, the nearest first.
    chain: list[str]

    def all(self) -> Choices:
        return [(str(body.pk), body.short_name) for body in self.rows]

    def offices(self, *, but: int = 0) -> list[tuple[str, Choices]]:
        """The League's, for a select: those of the whole province, then city by city.

        Who checks what was sent leaves none out: of two who hand a question to the same
        office, the second is told of the first.
        """
        league = [b for b in self.rows if LANE_OF[b.kind] == LaneKind.LEAGUE and b.pk != but]
        local = {
            code: group.city.name
            for group in region_groups()
            for code in region_and_below(group.city.code)
        }
        regions = all_regions()
        found: dict[str, Choices] = {}
        for body in sorted(league, key=lambda b: (b.kind == OrgKind.LINE, b.region_id, b.pk)):
            if body.kind == OrgKind.LINE:
                name = body.get_kind_display()
            else:
                name = local.get(body.region_id) or regions[body.region_id].name
            found.setdefault(name, []).append((str(body.pk), body.short_name))
        return list(found.items())

    def offered(
        self, *, name: str, picked: set[str], but: int, first: Sequence[Organisation] = ()
    ) -> list[tuple[str, list[Organisation]]]:
        """By kind: those of the question's region and above, or whoever is called so.

        Whoever has been picked stays in sight. Before all kinds stand those of `first`.
        """
        chosen: dict[str, list[Organisation]] = {_t("系统建议"): list(first)} if first else {}
        told = {but, *(body.pk for body in first)}
        for kind in sorted(OF_KIND, key=lambda kind: OF_KIND[kind].referred):
            rows = [body for body in self.rows if body.kind == kind and body.pk not in told]
            fitting = [b for b in rows if self._fits(b, name)]
            fitting.sort(key=lambda b: (self._steps(b), b.pk))
            shown = fitting[:OFFERED_MOST]
            shown += [b for b in rows if str(b.pk) in picked and b not in shown]
            if shown:
                chosen[str(rows[0].get_kind_display())] = shown
        return list(chosen.items())

    def _fits(self, body: Organisation, name: str) -> bool:
        if name:
            return name in body.short_name or name in body.name
        return body.region_id in self.chain

    def _steps(self, body: Organisation) -> int:
        is_near = body.region_id in self.chain
        return self.chain.index(body.region_id) if is_near else len(self.chain)


def bodies_in_use(*, region_code: str | None, name: str = "", also: Iterable[str] = ()) -> Bodies:
    """All but the grass roots, which may be ten thousand: of these those of the question's region
    and above, whoever is called so, and those with the numbers `also`, which were chosen before.
    One query.
    """
    top = [code for code, region in all_regions().items() if region.parent_id is None]
    chain = region_chain(region_code) or top
    numbers = [number for number in also if number.isdecimal() and len(number) < _DIGITS_MOST]
    near = Q(region__in=chain) | Q(pk__in=numbers)
    if name:
        near |= Q(name__contains=name) | Q(short_name__contains=name)
    rows = Organisation.objects.filter(~_GRASS_ROOTS | near, is_active=True)
    fields = ("pk", "kind", "name", "short_name", "region_id")
    return Bodies(list(rows.only(*fields).order_by("pk")), chain)
