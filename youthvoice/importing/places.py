"""Which region the place in a file means: a code, a name, or the whole path of names."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from django.utils.translation import gettext as _

from youthvoice.kit.looks import look
from youthvoice.kit.text import shown_name
from youthvoice.orgs.choices import Level
from youthvoice.orgs.models import Region
from youthvoice.orgs.queries import all_regions, region_and_above

#: How tables say that they know no place.
_NOWHERE = {"", "-", "--", "/", "无", "未知", "不详", "未填", "空", "null", "none", "nan", "n/a"}
_CODE = re.compile(r"([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})(?:\.0+)?", re.ASCII)
#: A name with its code, as tables print them: 410122 中牟县.
_WITH_CODE = re.compile(r"([^0-9]*)((?:[0-9]{3}){2,4})([^0-9]*)", re.ASCII)
_BRACKETS = re.compile(r"[()\[\]<>【】〔〕「」:]")
_BETWEEN = re.compile(r"[\s/\\|,，、;；>→·•_.—–-]+")
#: No path of names is longer.
_LONGEST = 100
#: Lines of the official list that are no place, and what stands before every one.
_FILLERS = re.compile(r"市辖区|(?:省|自治区)直辖县级行政(?:区划|单位)|^(?:中国|中华人民共和国)")


@dataclass(frozen=True)
class Place:
    region: Region | None
    #: Says what was not understood, or only in part; "" where nothing was.
    unclear: str = ""


def place_of(value: Any) -> Place:
    """The region that is meant; of a place within a county, the county, or its township if that
    is a region."""
    written = _text(value)
    if written.lower() in _NOWHERE:
        return Place(None)
    regions = all_regions()
    if code := _of_codes(written) or _named_and_coded(written):
        return Place(regions[code])
    digits = _CODE.fullmatch("".join(written.split()))
    if digits:
        region = regions.get(_code(digits[1]))
        return Place(region) if region else _unknown(written)
    name = _FILLERS.sub("", _BETWEEN.sub("", written[:_LONGEST]))
    of = tuple((r.code, r.name, r.short_name) for r in regions.values())
    named = _named(of)
    if name not in named and look(name) != name:
        # 鄭州市中牟縣.
        of = tuple((code, look(long), look(short)) for code, long, short in of)
        named, name = _named(of), look(name)
    full = {code: long for code, long, _short_name in of}
    codes = named.get(name, ())
    if len(codes) == 1:
        return Place(regions[codes[0]])
    if codes:
        return _unknown(written)
    # Longer than a path that is known: the village in the county, or a name that is none.
    for end in range(len(name) - 1, 1, -1):
        codes = named.get(name[:end], ())
        found = regions[codes[0]] if len(codes) == 1 else None
        # A short name may begin any word: 新华书店 is in no 新华.
        if found and found.level != Level.PROVINCE and name[:end].endswith(full[found.code]):
            words = {"found": found.name, "written": shown_name(written)}
            is_part = found.level == Level.CITY
            return Place(found, _("region 只认出%(found)s：%(written)s") % words if is_part else "")
    return _unknown(written)


def _code(digits: str) -> str:
    """The nearest region to a code: a township's is nine digits long, a village's twelve."""
    town = digits[:9]
    return town if town in all_regions() else digits[:6].ljust(6, "0")


def _of_codes(written: str) -> str:
    """The nearest of several codes, each within the next: 410000/410100/410122."""
    parts = _BETWEEN.split(written[:_LONGEST].strip(",/;"))
    if len(parts) < 2 or not all(map(_CODE.fullmatch, parts)):
        return ""
    codes = {_code(part) for part in parts}
    nearest = max(codes, key=lambda code: len(region_and_above(code)))
    return nearest if codes <= set(region_and_above(nearest)) else ""


def _named_and_coded(written: str) -> str:
    """The code beside a name that says the same, or less."""
    found = _WITH_CODE.fullmatch(written[:_LONGEST])
    code = _code(found[2]) if found else ""
    name = _BRACKETS.sub("", f"{found[1]} {found[3]}").strip() if found else ""
    if not name or code not in all_regions():
        return ""
    place = place_of(name)
    above = place.region.code if place.region and not place.unclear else None
    return code if above in region_and_above(code) else ""


def _unknown(written: str) -> Place:
    return Place(None, _("没有认出 region：%s") % shown_name(written))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(_text, value))
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", str(value)).strip()


@lru_cache(maxsize=4)
def _named(of: tuple[tuple[str, str, str], ...]) -> dict[str, tuple[str, ...]]:
    """The codes of all that bear a name, alone or behind any of the names above it."""
    names = {code: (name, short) for code, name, short in of}
    found: dict[str, dict[str, None]] = {}
    for code in names:
        above = [("", *names[one]) for one in reversed(region_and_above(code)[1:])]
        for path in product(*above, names[code]):
            found.setdefault("".join(path), {})[code] = None
    return {name: tuple(codes) for name, codes in found.items()}
