"""Reading the State Council's notice of a year's holidays, as somebody pasted it.

Pure. What can't be read for certain is a sentence that names its line; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from youthvoice.workdays.estimate import law_days

#: Days; longer than any holiday that was ever published.
_RANGE_MOST = 31
_DAY = timedelta(days=1)
_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年")
_OF_YEAR = re.compile(r"((?:19|20)[0-9]{2})年(?:部分)?(?:节假日|放假)")
_SPOKEN_YEAR = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_FREE = "free"
_WORKED = "worked"
#: Dates, what stands between them, and what is said of them. NFKC has made all brackets, digits
#: and commas narrow.
_TOKEN = re.compile(
    r"(?<![0-9])(?:(?P<year>[0-9]{4})年)?(?:(?P<month>[0-9]{1,2})月)?(?P<day>[0-9]{1,2})日"
    r"(?:\((?P<remark>[^()]*)\))?"
    r"|(?P<to>至|到|[-~—–－]+)"
    r"|(?:共|放假|休息)(?P<count>[0-9]{1,2})天"
    r"|(?P<free>放假调休|放假|补休|调休|休息|连休)(?!日)"
    r"|(?P<worked>上班|补班)"
    r"|(?P<stop>[。;])"
)
#: Says the contrary of what its words name, or half of it.
_UNSURE = re.compile(r"不(?:再|用|必)?(?:放假|上班|补班|休息)|取消|原定|撤销|半[天日]")
#: Looks like a day, but is written in a way that isn't read.
_STRANGE = re.compile(r"[0-9]月[0-9]|[0-9]号|[0-9][/.][0-9]|[一二三四五六七八九十][月号]")
#: What in a line may hold digits besides its days: its own number, and a year.
_NO_DAY = re.compile(r"^[(]?[0-9]{1,2}(?:[)、]|[.](?![0-9]))|(?:19|20)[0-9]{2}年")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_DONE = re.compile(r"放假|补休|调休|休息|上班|补班")
_DATED = re.compile(r"[0-9]月[0-9]{1,2}日")
#: The day on which a notice was signed.
_SIGNED = re.compile(r"[^0-9]{0,20}[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[^0-9]{0,10}")
_NAME = re.compile(r"^(?:[一二三四五六七八九十]+、|[0-9]+[、.])?([^:0-9]{2,12}):")


@dataclass
class Notice:
    """What was read: ready to be entered if it has no faults."""

    year: int | None = None
    #: Days off, weekends among them, and weekends that are worked, with the holiday's name.
    free: dict[date, str] = field(default_factory=dict)
    worked: dict[date, str] = field(default_factory=dict)
    #: Sentences: what must be mended before anything is entered, and what somebody should look at.
    faults: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    #: Lines of which nothing was used.
    unused: list[str] = field(default_factory=list)

    @property
    def days(self) -> list[tuple[date, bool, str]]:
        """Day, whether it is worked, and why; in order."""
        found = [(day, False, name) for day, name in self.free.items()]
        return sorted(found + [(day, True, name) for day, name in self.worked.items()])


class _Fault(Exception):
    """A sentence of what is wrong in a line."""


def read(text: str) -> Notice:
    """Read a notice. Never raises: whatever isn't understood is among the faults."""
    lines = [_plain(line) for line in text.splitlines()]
    found = Notice(year=_year_of(lines))
    if found.year is None:
        found.faults.append(
            _("没有看到是哪一年的安排。请连标题一起贴，或者第一行写：2027年部分节假日安排。")
        )
        return found
    for number, line in enumerate(lines, start=1):
        try:
            used = _read_line(line, found)
        except _Fault as fault:
            found.faults.append(_("第 %(number)d 行：%(what)s") % {"number": number, "what": fault})
            continue
        if line and not used:
            found.unused.append(line)
    _look_over(found)
    return found


def _plain(line: str) -> str:
    seen = (sign for sign in line if unicodedata.category(sign) != "Cf")
    line = "".join(unicodedata.normalize("NFKC", "".join(seen)).split())
    return _SPOKEN_YEAR.sub(lambda year: year[0].translate(_NUMERALS), line)


def _year_of(lines: list[str]) -> int | None:
    """The year that the title names; else the first that is named at all."""
    text = "\n".join(lines)
    named = _OF_YEAR.search(text) or _YEAR.search(text)
    return int(named[1]) if named else None


def _read_line(line: str, found: Notice) -> bool:
    """Take the days of one line; False where it says nothing of any."""
    if not _DONE.search(line):
        if _DATED.search(line) and not _SIGNED.fullmatch(line):
            raise _Fault(_("写了日期，没有写是放假还是上班。"))
        return False
    if unsure := _UNSURE.search(line):
        raise _Fault(_("“%s”这样的话读不准，请改成放假或者上班的日子。") % unsure[0])
    if strange := _not_read(line):
        raise _Fault(_("“%s”没有读懂。日子请写成：2月14日。") % strange)
    if not re.search(r"[0-9]日", line):
        return False
    named = _NAME.match(line)
    name = named[1] if named else ""
    days: list[date] = []
    last_free: list[date] = []
    for token, days_of in _groups(line, found.year or 0):
        if days_of is not None:
            days += days_of
        elif token["count"]:
            counted = days or last_free
            if len(counted) != int(token["count"]):
                raise _Fault(
                    _("写着 %(told)s 天，按日期算是 %(real)d 天。")
                    % {"told": token["count"], "real": len(counted)}
                )
            if days and not token[0].startswith("共"):
                # 放假1天: the count says what is done, too.
                found.free |= dict.fromkeys(days, name)
                last_free, days = days, []
        elif token["free"] and days:
            found.free |= dict.fromkeys(days, name)
            last_free, days = days, []
        elif token["worked"] and days:
            _take_worked(days, name, found)
            days = []
        elif token["stop"] and days:
            break
    if days:
        raise _Fault(_("%s没有写是放假还是上班。") % _said(days[0]))
    return True


def _not_read(line: str) -> str:
    """What looks like a day and isn't one of those that are read; else it would be lost."""
    rest = _NO_DAY.sub("，", _TOKEN.sub("，", line))
    if strange := _STRANGE.search(rest):
        return strange[0]
    digits = re.search(r"[0-9]+.?", rest) if re.search(r"[0-9]日", line) else None
    return digits[0] if digits else ""


def _take_worked(days: list[date], name: str, found: Notice) -> None:
    for day in days:
        if day.weekday() < 5:
            raise _Fault(
                _("%(day)s是星期%(weekday)s，不是周末，不会是调休上班。")
                % {"day": _said(day), "weekday": _WEEKDAYS[day.weekday()]}
            )
    found.worked |= dict.fromkeys(days, name)


def _groups(line: str, year: int) -> Iterator[tuple[re.Match[str], list[date] | None]]:
    """Each token, with the days that it adds where it is a date or the end of a range."""
    tokens = list(_TOKEN.finditer(line))
    month: int | None = None
    start: date | None = None
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else None
        if not token["day"]:
            if token["to"] and not _joins(tokens, number):
                raise _Fault(_("“%s”前后要各有一个日期。") % token[0])
            yield token, None
            continue
        month = int(token["month"]) if token["month"] else month
        if month is None:
            raise _Fault(_("“%s”没有写是几月。") % token[0])
        ends = before is not None and bool(before["to"])
        day = _date(token, month, year, after=start if ends else None, to=_to(tokens, number))
        _check_weekday(token, day)
        if ends and start is not None:
            yield token, _range(start, day)
        else:
            yield token, [day]
        start = day


def _joins(tokens: list[re.Match[str]], number: int) -> bool:
    """Whether a date stands on both sides of the sign for a range."""
    around = tokens[max(number - 1, 0) : number + 2]
    return len(around) == 3 and bool(around[0]["day"]) and bool(around[2]["day"])


def _to(tokens: list[re.Match[str]], number: int) -> int | None:
    """The month in which the range ends that begins here."""
    after = tokens[number + 1 : number + 3]
    if len(after) == 2 and after[0]["to"] and after[1]["month"]:
        return int(after[1]["month"])
    return None


def _date(
    token: re.Match[str], month: int, year: int, *, after: date | None, to: int | None
) -> date:
    if token["year"]:
        wanted = int(token["year"])
    elif after is not None:
        # A range over the turn of the year ends in the next.
        wanted = after.year + (month < after.month)
    else:
        # One that begins in December and ends in January begins the year before.
        wanted = year - (month == 12 and to == 1)
    try:
        day = date(wanted, month, int(token["day"]))
    except ValueError:
        raise _Fault(_("没有“%s”这一天。") % token[0]) from None
    if not date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31):
        raise _Fault(_("%(day)s不在 %(year)d 年的安排里。") % {"day": _said(day), "year": year})
    return day


def _range(start: date, end: date) -> list[date]:
    """The days after the first, which is taken already."""
    length = (end - start).days
    if not 0 < length < _RANGE_MOST:
        raise _Fault(
            _("从%(start)s到%(end)s，不像一次放假。") % {"start": _said(start), "end": _said(end)}
        )
    return [start + number * _DAY for number in range(1, length + 1)]


def _check_weekday(token: re.Match[str], day: date) -> None:
    told = _WEEKDAY.search(token["remark"] or "")
    real = _WEEKDAYS[day.weekday()]
    if told and told[1].replace("天", "日") != real:
        raise _Fault(
            _("%(day)s是星期%(real)s，写的却是星期%(told)s。是不是贴成了别的年份？")
            % {"day": _said(day), "real": real, "told": told[1]}
        )


def _look_over(found: Notice) -> None:
    """What only the whole can tell."""
    year = found.year or 0
    if not found.free and not found.faults:
        found.faults.append(_("没有读到放假的日子。"))
    found.faults.extend(
        _("%s又写放假，又写上班。") % _said(day)
        for day in sorted(found.free.keys() & found.worked.keys())
    )
    if found.faults:
        return
    found.doubts.extend(
        _("法定的节日没有写到：%(name)s（%(day)s）。是不是漏贴了？这一天照样放假。")
        % {"name": name or _("节日"), "day": _said(day)}
        for day, name in sorted(law_days(year).items())
        if day not in found.free
    )


def _said(day: date) -> str:
    return _("%(year)d年%(month)d月%(day)d日") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }
