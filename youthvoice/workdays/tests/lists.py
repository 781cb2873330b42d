"""A notice of our own, and a house to which its year is still unknown."""

from datetime import date

from youthvoice.workdays import actions, queries, reckoning
from youthvoice.workdays.notice import read

YEAR = 2027
#: Made up; nobody has published such days. Digits, brackets and signs as people paste them.
NOTICE = """关于２０２７年部分节假日安排的通知
现将2027年元旦、春节等放假调休的日期写在下面。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至12日（星期五）放假调休，共８天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日至5日放假，共3天。
四、劳动节：5月1日（周六）—5日（周三）放假调休，共5天。5月8日上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（星期三）放假，共1天。
七、国庆节：10月1日至7日放假调休，共7天。9月26日、10月9日上班。
请各地安排好值班。
2026年12月10日
"""
WORKED = [(1, 31), (2, 20), (5, 8), (9, 26), (10, 9)]
LAW = [(1, 1), *((2, day) for day in (5, 6, 7, 8)), (4, 5), (5, 1), (5, 2), (6, 9), (9, 15)]
#: Free on weekdays by the list alone: the estimate had the first two of February, and no more.
LISTED = [(2, 9), (2, 10), (2, 11), (2, 12)]


def days(pairs):
    return [date(YEAR, *pair) for pair in pairs]


def forget(monkeypatch, year=YEAR):
    """Also once a package that knows the year is there."""
    known = {name: getattr(reckoning, name) for name in ("holidays", "workdays")}
    for name, found in known.items():
        before = {day: what for day, what in found.items() if day.year < year}
        monkeypatch.setattr(reckoning, name, before)
    before = frozenset(y for y in reckoning.PUBLISHED if y < year)
    monkeypatch.setattr(reckoning, "PUBLISHED", before)
    queries.forget_calendar()


def enter(*, by, at, text=NOTICE):
    actions.enter_year(notice=read(text), by=by, at=at)
