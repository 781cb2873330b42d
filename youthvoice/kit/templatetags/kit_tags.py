"""Time and numbers as people say them, and what they write."""

from datetime import datetime, timedelta
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from youthvoice.kit import clock
from youthvoice.kit.calls import with_calls
from youthvoice.kit.labels import language
from youthvoice.kit.labels import said as _
from youthvoice.kit.text import gist as _gist
from youthvoice.kit.text import render_plain

register = template.Library()


@register.simple_tag(takes_context=True)
def drafts_owner(context: template.Context) -> str:
    """Whose drafts a personal page keeps in the browser: a mark that names nobody, or nothing."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return salted_hmac("youthvoice.drafts", str(user.pk), algorithm="sha256").hexdigest()[:24]


_DAY = 24 * 60


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds as words, two units at most: 43 分钟, 2 小时 10 分, 3 天."""
    if seconds is None:
        return "—"
    return _of_minutes(max(int(seconds) // 60, 0), language())


@lru_cache(maxsize=4096)
def _of_minutes(minutes: int, _language: str | None) -> str:
    if minutes < 1:
        return _("不到 1 分钟")
    if minutes < 60:
        return _("%d 分钟") % minutes
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        if rest:
            return _("%(hours)d 小时 %(minutes)d 分") % {"hours": hours, "minutes": rest}
        return _("%d 小时") % hours
    days, rest = divmod(hours, 24)
    if days < 10 and rest:
        return _("%(days)d 天 %(hours)d 小时") % {"days": days, "hours": rest}
    return _("%d 天") % days


@register.filter
def ago(at: datetime | None) -> str:
    """When something happened, seen from now: 刚刚, 3 分钟前, 昨天 21:40, 7月2日, 2019年7月2日."""
    if at is None:
        return ""
    present, here = clock.glance(), timezone.get_current_timezone()
    seconds = (present - at).total_seconds()
    if seconds < 3600:
        minutes = max(0, int(seconds // 60))
        clock.stands_until(at + timedelta(minutes=minutes + 1))
        return _("%d 分钟前") % minutes if minutes else _("刚刚")
    now, then = present.astimezone(here), at.astimezone(here)
    clock.stands_until(clock.end_of_day(now.date()))
    days = (now.date() - then.date()).days
    if days == 0:
        hours = int(seconds // 3600)
        clock.stands_until(at + timedelta(hours=hours + 1))
        return _("%d 小时前") % hours
    if days == 1:
        return _("昨天 %s") % f"{then:%H:%M}"
    if days < 7:
        return ngettext("%d 天前", "%d 天前", days) % days
    return _day(then.year, then.month, then.day, now.year, language())


@lru_cache(maxsize=4096)
def _day(year: int, month: int, day: int, this_year: int, _language: str | None) -> str:
    if year == this_year:
        return _("%(month)d月%(day)d日") % {"month": month, "day": day}
    return _("%(year)d年%(month)d月%(day)d日") % {"year": year, "month": month, "day": day}


@register.filter
def waited(at: datetime | None) -> str:
    """How long something has waited, as a duration up to now."""
    if at is None:
        return ""
    seconds = (clock.glance() - at).total_seconds()
    minutes = max(int(seconds) // 60, 0)
    # The smallest unit that is told, as `duration` tells it.
    unit = 1 if minutes < _DAY else 60 if minutes < 10 * _DAY else _DAY
    clock.stands_until(at + timedelta(minutes=(minutes // unit + 1) * unit))
    return duration(seconds)


def _weekdays() -> list[str]:
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


@register.filter
def due(at: datetime | None) -> str:
    """A deadline, seen from now: 今天 10:30, 周五 18:00, 下周一 10:30, 12月3日 18:00."""
    if at is None:
        return ""
    today = clock.today()
    then = timezone.localtime(at)
    days = (then.date() - today).days
    near = {-1: _("昨天"), 0: _("今天"), 1: _("明天"), 2: _("后天")}
    # How many weeks on, counted from Mondays.
    weeks = (days + today.weekday()) // 7
    if days in near:
        day = near[days]
    elif days > 0 and weeks < 2:
        day = _weekdays()[then.weekday()]
        day = _("下%s") % day if weeks else day
    elif then.year == today.year:
        day = _("%(month)d月%(day)d日") % {"month": then.month, "day": then.day}
    else:
        day = _("%(year)d年%(month)d月%(day)d日") % {
            "year": then.year,
            "month": then.month,
            "day": then.day,
        }
    return f"{day} {then:%H:%M}"


@register.filter
def clock_time(at: datetime | None) -> str:
    """The whole time, for titles and machines' readers: 2026年7月2日 09:05."""
    if at is None:
        return ""
    then = timezone.localtime(at)
    return _("%(year)d年%(month)d月%(day)d日 %(time)s") % {
        "year": then.year,
        "month": then.month,
        "day": then.day,
        "time": f"{then:%H:%M}",
    }


@register.filter
def estimated(words: str, is_estimated: bool) -> str:
    """The words of a deadline, marked where it rests on holidays that aren't published yet."""
    return _("%s（预估）") % words if is_estimated else words


@register.filter
def short_number(value: int) -> str:
    """9,999 as it is; from ten thousand on in 万 with one decimal."""
    if value < 10_000:
        return f"{value:,}"
    return _("%s 万") % f"{value / 10_000:.1f}".removesuffix(".0")


@register.filter
def gist(text: str, most: int) -> str:
    """The beginning of what somebody wrote, in one line: text, to be escaped."""
    return _gist(text, most)


@register.filter
def plain_words(text: str) -> SafeString:
    """What somebody wrote amid words of ours, line by line as typed."""
    return mark_safe(f'<span class="typed">{render_plain(text)}</span>')


@register.filter
def calls(words: str) -> SafeString:
    """A sentence of the house's own; the numbers in it that help are called by a tap."""
    return with_calls(str(words))
