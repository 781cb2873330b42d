"""Whether digits that stand together are somebody's number: a telephone, an identity, a card.

Each question is asked of a chain of digits from one of its edges on, and answered by a number
of digits, 0 for no. What stands between the digits may be anything at all, so what many numbers
look like that stand beside each other (dates, prices, ranges) has to be told from one.
"""

import re

from youthvoice.safety.looking import Chain

#: The first two digits of a place in China: GB/T 2260.
PROVINCES = {
    str(n)
    for n in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
              *range(61, 66), 71, 81, 82, 83)
}  # fmt: skip
_CENTURIES = {"18", "19", "20"}
#: Of a mobile telephone, with what is dialled before it.
_MOBILE = re.compile(r"(?:0|86|086|0086)?1[3-9][0-9]{9}")
MOBILES = {"01", "00", "08", "86", *(str(n) for n in range(13, 20))}
#: Of a landline: a zero of its area's code, or 400 and 800.
LANDLINES = {"40", "80", *(f"0{n}" for n in range(1, 10))}
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
#: 13-900-1390-: an ideograph that looks like a dash.
_DASHED = re.compile(r"1[3-9][0-9]1[0-9]{4}1[0-9]{4}")
#: How people write telephones with commas, or in lines: 138,1234,5678.
_SHAPES = {(3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (3, 2, 2, 2, 2), (3, 4, 2, 2), (5, 6)}
#: Two asterisks only make bold.
_WEAK = re.compile(r"[\n!:,]|(?<!\*)\*(?!\*)")
#: The longest number: a card's, each digit apart by as much as may stand between two.
DIGITS_MOST = 19


def ends(chain: Chain, start: int, many: int) -> bool:
    """Whether a number of so many digits would end where a group ends."""
    end = start + many
    return end <= len(chain.digits) and bool(chain.edges[end])


def mobile(chain: Chain, start: int) -> int:
    found = _MOBILE.match(chain.digits, start)
    if not found:
        return 0
    many = len(found[0])
    if ends(chain, start, many):
        return many if _is_one(chain, start + many - 11, 11) else 0
    is_dashed = _DASHED.match(chain.digits, start) and ends(chain, start, 13)
    return 13 if is_dashed and _is_dashed(chain, start) else 0


def identity(chain: Chain, start: int) -> int:
    """By the place and the day in it (GB 11643-1999): a wrong check digit is a slip that leads
    to the same person. Its X is the caller's to look for."""
    for many in (18, 17):
        digits = chain.digits[start : start + many]
        if digits[6:8] in _CENTURIES and _is_born(chain, start, many, 10):
            # A card may hold what could be one.
            return 0 if card(chain, start) > many else many
    return 0


def old_identity(chain: Chain, start: int) -> int:
    """Of 15 digits, as cards had until 2012."""
    return 15 if _is_born(chain, start, 15, 8) and _is_one(chain, start, 15) else 0


def _is_born(chain: Chain, start: int, many: int, place: int) -> bool:
    """Whether a day stands at this place, and a province at the start."""
    return (
        _is_day(chain.digits[start + place : start + place + 4])
        and ends(chain, start, many)
        and not _is_list(chain.groups(start, many))
    )


def card(chain: Chain, start: int) -> int:
    """Of a bank, by its check digit (ISO/IEC 7812) or as one of UnionPay's; or a receipt of
    ours, which has none."""
    digits, edges = chain.digits, chain.edges
    is_union, may_be_bank = digits.startswith("62", start), digits[start] != "0"
    for many in (19, 18, 17, 16):
        if start + many > len(digits) or not edges[start + many]:
            continue
        known = is_union or (may_be_bank and chain.sum(start, many) % 10 == 0)
        if not known and many != 16:
            continue
        groups = chain.groups(start, many)
        is_even = _is_even(groups)
        # Two of eight are two numbers of offices in one place, or two days.
        is_all = many == len(digits) and list(map(len, groups)) != [8, 8]
        if not (known or is_even or is_all):
            continue
        if _is_list(groups) or _is_days(groups) or _is_landline(groups):
            continue
        # A list of certificates, a sum.
        is_several = _is_weak(gaps := chain.gaps(start, many)) and (
            not is_even or len(_kinds(gaps)) > 1
        )
        if not is_several:
            return many
    return 0


def landline(chain: Chain, start: int) -> int:
    """With its area's code, or 400 and 800: mostly an office's. Whose, its words have to say."""
    if chain.digits.startswith(("400", "800"), start):
        return 10 if ends(chain, start, 10) and _is_one(chain, start, 10) else 0
    if chain.digits[start] != "0":
        return 0
    fits = (n for n in (12, 11, 10) if ends(chain, start, n) and _is_one(chain, start, n))
    return next(fits, 0)


def _is_weak(gaps: list[str]) -> bool:
    return bool(_WEAK.search("\0".join(gaps)))


def _kinds(gaps: list[str]) -> set[str]:
    return {" " if gap == "\n" else gap for gap in gaps}


def _is_even(groups: list[str]) -> bool:
    """All in one, or in groups of four, or each by itself."""
    return len(groups) == 1 or set(map(len, groups[:-1])) in ({4}, {1})


def _is_one(chain: Chain, start: int, many: int) -> bool:
    """Whether the digits are one number, not several that stand beside each other."""
    groups, gaps = chain.groups(start, many), chain.gaps(start, many)
    if len(groups) < 3:
        return True
    longest = max(map(len, groups))
    kinds = _kinds(gaps)
    if _is_weak(gaps):
        shaped = tuple(map(len, groups)) in _SHAPES
        if not shaped and longest > (2 if len(kinds) == 1 else 1):
            return False
    if _is_list(groups):
        return False
    if len(kinds) == 1:
        return True
    years = [group for group in groups if _YEAR.fullmatch(group)]
    if years and years[0] is groups[0] and (len(years) > 1 or max(map(len, groups[1:])) <= 2):
        return False
    decimals = sum("." in gap for gap in gaps)
    return not (decimals > 1 and longest <= 3 and len(gaps) > decimals)


def _is_list(groups: list[str]) -> bool:
    """Pages, buses, houses, years: each larger than the one before it."""
    numbers = [int(group) for group in groups]
    lengths = {len(group) for group in groups}
    alike = len(groups) > 3 and max(lengths) > 1 and max(lengths) - min(lengths) < 2
    # Of receipts in groups of four one in 24 is in order, too, but mostly not so near.
    near = max(lengths) < 4 or numbers[-1] - numbers[0] < 1000
    return alike and near and numbers == sorted(set(numbers))


def _is_days(groups: list[str]) -> bool:
    """2026-03-02 2026-04-05, of which sixteen digits are left."""
    return len(groups) > 2 and bool(_YEAR.fullmatch(groups[0])) and len(groups[1]) < 3


def _is_dashed(chain: Chain, start: int) -> bool:
    """一 between the groups of a number, of which no other digit is written so."""
    signs = chain.dress[start : start + 13]
    return [n for n, worn in enumerate(signs) if worn == "h"] == [3, 8]


def _is_landline(groups: list[str]) -> bool:
    return groups[0][0] == "0" and len(groups) > 1 and max(map(len, groups[1:])) > 6


def _is_day(digits: str) -> bool:
    return "01" <= digits[:2] <= "12" and "01" <= digits[2:4] <= "31"
