"""Which days are free in a year whose list nobody has yet: what the law says, and a guess.

Pure, and slow at its first call: the package is loaded only when such a year is reached.
"""

from datetime import date
from functools import cache

#: 全国年节及纪念日放假办法 (2024): the festivals on which everybody is free, on days of the
#: lunar calendar and of the sun too. The package reckons these.
_BY_LAW = {"元旦", "农历除夕", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
#: Those of them that need no reckoning: (month, day).
_FIXED = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]


@cache
def law_days(year: int) -> dict[date, str]:
    """The days that are free by law, whatever a list says, and how they are called."""
    found = {date(year, month, day): "" for month, day in _FIXED}
    for day, name in _reckoned(year, in_lieu=False).items():
        festivals = [word for word in name.split("; ") if word in _BY_LAW]
        if festivals:
            found[day] = "、".join(festivals)
    return found


@cache
def guessed_days(year: int) -> frozenset[date]:
    """These, and the weekdays that are probably free for those among them that fall on weekends.

    Which weekends are worked in exchange nobody can know before it is published: none is guessed.
    """
    return frozenset(law_days(year)) | frozenset(_reckoned(year, in_lieu=True))


def _reckoned(year: int, *, in_lieu: bool) -> dict[date, str]:
    from holidays.countries.china import China  # noqa: PLC0415 - 8 MB of the whole world

    return dict(China(years=year, observed=in_lieu, language="zh_CN"))
