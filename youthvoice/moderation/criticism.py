"""Of whom words speak: organisations by any of their names, people by their nickname.

Rather once too often: whoever is found is only kept from judging these words.
"""

from functools import cached_property

from ahocorasick_rs import AhoCorasick

from youthvoice.kit.kept import Kept
from youthvoice.kit.looks import look
from youthvoice.orgs.choices import Level, OrgKind
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.names import names_of
from youthvoice.orgs.queries import all_regions

#: Spoken of by level: the committee of that level above the holder, or the holder.
_BY_LEVEL = {
    Level.PROVINCE: ("团省委", "省团委"),
    Level.CITY: ("团市委", "市团委"),
    Level.COUNTY: ("团县委", "县团委", "团区委", "区团委"),
}
#: Whoever hears these where the holder answers is the holder.
_HOLDER = ("团委", "团组织", "团干", "团工委", "共青团", "你们", "官方", "值班员", "答复员")
#: And so with what one says of bodies that don't do their work.
_COMPLAINT = ("敷衍", "推诿", "踢皮球", "不作为", "打官腔", "官话", "套话", "走过场", "形式主义")
_SHORTEST = 2


def fold(text: str) -> str:
    """Letters and digits only, as they look: width, script, case, spaces, marks are gone."""
    return look(text)


def names_person(folded: str, nickname: str) -> bool:
    name = fold(nickname)
    return len(name) >= _SHORTEST and name in folded


class Chart:
    """All organisations at one moment: their names, and who stands above whom. One query.

    Of 10,000 bodies it takes a second to make: ask `chart` for it.
    """

    def __init__(self) -> None:
        regions = all_regions()
        self.organisations = {o.pk: o for o in Organisation.objects.all()}
        for one in self.organisations.values():
            if one.region_id in regions:
                # One row for all that are there.
                one.region = regions[one.region_id]
        self._committees = {
            o.region_id: o for o in self.organisations.values() if o.kind == OrgKind.LEAGUE
        }

    @cached_property
    def _names(self) -> tuple[AhoCorasick, list[set[int]]]:
        """All names to look for at once, and whose each is."""
        found: dict[str, set[int]] = {}
        for o in self.organisations.values():
            for name in {fold(n) for n in names_of(o)}:
                if len(name) >= _SHORTEST:
                    found.setdefault(name, set()).add(o.pk)
        return AhoCorasick(list(found)), list(found.values())

    def above(self, pk: int | None) -> list[Organisation]:
        """The organisations above one, the nearest first; a ring is walked once."""
        found: list[Organisation] = []
        current = self.organisations.get(pk) if pk is not None else None
        while current is not None:
            current = self._next(current)
            if current is None or current.pk == pk or current in found:
                break
            found.append(current)
        return found

    def _next(self, organisation: Organisation) -> Organisation | None:
        """Its parent; without one, the committee of its region, or of the region above."""
        if organisation.parent_id is not None:
            return self.organisations.get(organisation.parent_id)
        if organisation.kind != OrgKind.LEAGUE and organisation.region_id in self._committees:
            return self._committees[organisation.region_id]
        regions, code = all_regions(), organisation.region_id
        seen = {code}
        while code in regions and (up := regions[code].parent_id) and up not in seen:
            if up in self._committees:
                return self._committees[up]
            seen.add(up)
            code = up
        return None

    def named_in(self, text: str, *, holder: int | None) -> set[int]:
        """The organisations that a text speaks of; `holder` is who would feel addressed."""
        folded = fold(text)
        names, whose = self._names
        hits = names.find_matches_as_indexes(folded, overlapping=True)
        found = {pk for number, _begin, _end in hits for pk in whose[number]}
        if holder is None:
            return found
        if any(word in folded for word in (*_HOLDER, *_COMPLAINT)):
            found.add(holder)
        chain = [self.organisations[holder], *self.above(holder)]
        for level, words in _BY_LEVEL.items():
            if any(word in folded for word in words):
                meant = [o.pk for o in chain if o.region.level == level]
                found.add(meant[0] if meant else holder)
        return found


#: Whoever changes organisations past their pages and forms waits a minute.
_chart: Kept[Chart] = Kept("moderation.chart", seconds=60)


def chart(*bodies: int | None) -> Chart:
    """As of a minute ago at most, and with these bodies in it. Ask before a transaction begins:
    others wait behind it."""
    found = _chart.get()
    if found is None or not found.organisations.keys() >= {pk for pk in bodies if pk is not None}:
        found = _chart.keep(Chart())
        # As slow as the rest.
        found.named_in("", holder=None)
    return found


def forget_chart() -> None:
    _chart.forget()
