"""A pasted notice is read for certain, or its line is named with what is wrong in it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthvoice.workdays.notice import read
from youthvoice.workdays.tests.lists import LAW, LISTED, NOTICE, WORKED, YEAR, days

TITLE = "2027年部分节假日安排\n"


def test_a_whole_notice():
    found = read(NOTICE)

    assert (found.year, found.faults, found.doubts) == (YEAR, [], [])
    assert sorted(found.worked) == days(WORKED)
    assert len(found.free) == 3 + 8 + 3 + 5 + 1 + 1 + 7
    assert set(days([*LAW, *LISTED, (1, 2), (10, 7)])) <= set(found.free)
    assert found.free[date(YEAR, 2, 9)] == "春节"
    assert found.worked[date(YEAR, 2, 20)] == "春节"
    assert found.unused == [
        "关于2027年部分节假日安排的通知",
        "现将2027年元旦、春节等放假调休的日期写在下面。",
        "请各地安排好值班。",
        "2026年12月10日",
    ]


@pytest.mark.parametrize(
    ("line", "free", "worked"),
    [
        ("元旦：2026年12月31日至2027年1月2日放假，共3天。", ["2026-12-31", "2027-01-02"], []),
        ("元旦：12月31日至1月2日放假，共3天。", ["2026-12-31", "2027-01-02"], []),
        ("2026年12月26日（周六）上班，1月1日放假", ["2027-01-01"], ["2026-12-26"]),
        ("4月5日（周一）放假，4月6日（周二）补休。", ["2027-04-05", "2027-04-06"], []),
        ("1月1日、2日、3日放假，共3天", ["2027-01-01", "2027-01-03"], []),
        ("2月27日～3月1日放假", ["2027-02-27", "2027-03-01"], []),
        ("４月 ３ 日 至 ５ 日 放假 ， 共 ３ 天", ["2027-04-03", "2027-04-05"], []),
        ("5月1日放假，与周末连休。", ["2027-05-01"], []),
        ("清明节：4月5日(星期一)休息。4月10日（礼拜六）补班", ["2027-04-05"], ["2027-04-10"]),
        ("6月9日放假1天；6月12日(周六)上班", ["2027-06-09"], ["2027-06-12"]),
        ("（1）4月3日——5日放假，共3天，不调休。", ["2027-04-03", "2027-04-05"], []),
        ("4月3\u200b日至\u20605\ufeff日放假", ["2027-04-03", "2027-04-05"], []),
    ],
)
def test_the_shapes_in_which_days_are_written(line, free, worked):
    found = read(TITLE + line)

    assert found.faults == []
    ends = [min(found.free), max(found.free)]
    assert [str(day) for day in dict.fromkeys(ends)] == free
    assert [str(day) for day in found.worked] == worked


@pytest.mark.parametrize("title", ["二〇二七年部分节假日安排", "２０２７年放假安排", "2027年：\n"])
def test_the_year_is_found(title):
    assert read(f"{title}\n1月1日放假").year == YEAR


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("1月1日至3日放假，共4天。", "写着 4 天，按日期算是 3 天"),
        ("6月9日放假3天", "写着 3 天，按日期算是 1 天"),
        ("2月5日（周六）放假", "2027年2月5日是星期五，写的却是星期六"),
        ("2月30日放假", "没有“2月30日”这一天"),
        ("2月0日放假", "没有“2月0日”这一天"),
        ("13月1日放假", "没有“13月1日”这一天"),
        ("9999年1月1日放假", "不在 2027 年的安排里"),
        ("2025年10月1日放假", "不在 2027 年的安排里"),
        ("3月5日至2月1日放假", "不在 2027 年的安排里"),
        ("3月1日至9月1日放假", "不像一次放假"),
        ("3日放假", "“3日”没有写是几月"),
        ("至3日放假", "“至”前后要各有一个日期"),
        ("2月5日至放假", "“至”前后要各有一个日期"),
        ("2月8日（周一）上班", "2027年2月8日是星期一，不是周末"),
        ("2月5日放假。2月20日（周六）", "2027年2月20日没有写是放假还是上班"),
        ("2月5日至12日", "写了日期，没有写是放假还是上班"),
        ("国庆节：10月1日、", "写了日期，没有写是放假还是上班"),
    ],
)
def test_what_is_wrong_in_a_line_is_said_with_its_number(line, says):
    found = read(f"{TITLE}\n1月1日放假\n{line}\n10月1日放假")

    (fault,) = found.faults
    assert fault.startswith("第 4 行：")
    assert says in fault
    # And the rest is read all the same, so that all faults are told at once.
    assert date(YEAR, 10, 1) in found.free


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "没有看到是哪一年"),
        ("春节放假", "没有看到是哪一年"),
        ("2027年", "没有读到放假的日子"),
        (TITLE + "2月6日放假\n2月6日（周六）上班", "2027年2月6日又写放假，又写上班"),
    ],
)
def test_what_is_wrong_with_the_whole(text, says):
    assert [says in fault for fault in read(text).faults] == [True]


@pytest.mark.parametrize(
    "line",
    [
        "1月1日至3日放假，共3天。1月4日不上班。",
        "2月20日（周六）不用上班，2月6日至13日放假。",
        "元旦1月1日放假取消。",
        "原定5月1日放假。",
        "妇女节：3月8日放假半天。",
        "春节：2月6日至13日放假。2月14号、2月27日上班。",
        "春节：2月6日至13日放假。二月二十日、2月27日上班。",
        "春节：2月6日至13日放假。2/20、2月27日上班。",
        "2月20号上班。",
        "2.20上班。",
        "二月二十日上班",
        "4月3日至5日放假，3天。",
    ],
)
def test_what_would_be_lost_or_turned_round_is_a_fault(line):
    found = read(TITLE + line)

    assert [fault.partition("：")[0] for fault in found.faults if "第 2 行" in fault] == ["第 2 行"]


def test_a_festival_that_is_left_out_is_a_doubt_and_no_fault():
    found = read(NOTICE.replace("五、端午节：6月9日（周三）放假1天。\n", ""))

    assert found.faults == []
    assert found.doubts == [
        "法定的节日没有写到：端午节（2027年6月9日）。是不是漏贴了？这一天照样放假。"
    ]


WORDS = ["2027年", "1月", "13月", "5日", "31日", "至", "—", "(周一)", "(", "共8天", "放假", "上班"]
WORDS += [
    "。",
    "\n",
    "、",
    "春节：",
    "０",
    "二〇二七年",
    "9",
    "补休",
    "\u3000",
    "\ud83c\udf8a",
    "天",
]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_nothing_that_is_pasted_makes_it_fail(words):
    found = read("2027年放假\n" + "".join(words))

    for day in [*found.free, *found.worked]:
        assert date(YEAR - 1, 12, 1) <= day <= date(YEAR + 1, 1, 31)
    assert all(day.weekday() >= 5 for day in found.worked)


@settings(deadline=None, max_examples=60)
@given(st.dates(date(YEAR, 1, 1), date(YEAR, 12, 1)), st.integers(0, 20))
def test_a_range_is_read_as_it_is_written(first, more):
    last = first + timedelta(days=more)
    until = f"至{last.month}月{last.day}日" if more else ""
    line = f"节日：{first.month}月{first.day}日{until}放假，共{more + 1}天。"

    found = read(TITLE + line)

    assert found.faults == []
    assert sorted(found.free) == [first + timedelta(days=n) for n in range(more + 1)]
