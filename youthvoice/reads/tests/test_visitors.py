"""Telling readers apart without knowing them."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import signing
from django.http import HttpResponse

from tests.factories import MONDAY
from youthvoice.reads import daily
from youthvoice.reads.choices import Audience
from youthvoice.reads.visitors import COOKIE, give_cookie, hour_of, mark_of, seen_by
from youthvoice.reads.visitors import identify as identify_seen

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
PHONE = (
    "Mozilla/5.0 (Linux; Android 12; HarmonyOS) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/107.0.5304.141 Mobile Safari/537.36 MicroMessenger/8.0.42 NetType/WIFI"
)
OTHER_PHONE = PHONE.replace("Android 12", "Android 13")


def identify(request, *, at):
    return identify_seen(seen_by(request), at=at)


def signed(value):
    return signing.Signer(salt="youthvoice.reads").sign(value)


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.READS_KEYS = tmp_path / "keys" / "reads"


@pytest.fixture
def at_reader(rf):
    """A request of a reader: `cookie` as a former answer gave it, or None."""

    def build(*, cookie=None, address="203.0.113.5", agent=PHONE, **extra):
        headers = {"user-agent": agent} if agent else {}
        request = rf.get("/q/1/", headers=headers, REMOTE_ADDR=address, **extra)
        if cookie is not None:
            request.COOKIES[COOKIE] = cookie
        return request

    return build


def cookie_given(request, *, at, is_staff=False):
    """The cookie that an answer to the request sets, as Django's morsel; None without one."""
    response = HttpResponse()
    give_cookie(request, response, is_staff=is_staff, at=at)
    return response.cookies.get(COOKIE)


def test_page_and_fragment_have_one_reader_before_and_after_the_cookie_came(at_reader):
    cookie = cookie_given(at_reader(), at=MONDAY).value

    before = identify(at_reader(), at=MONDAY)
    after = identify(at_reader(cookie=cookie), at=MONDAY + timedelta(minutes=59))

    assert before == after


def test_later_the_cookie_alone_tells_who_it_is(at_reader):
    cookie = cookie_given(at_reader(), at=MONDAY).value
    later = MONDAY + HOUR

    at_home = identify(at_reader(cookie=cookie), at=later)
    on_the_way = identify(at_reader(cookie=cookie, address="198.51.100.8"), at=later)
    other = cookie_given(at_reader(), at=MONDAY).value

    assert at_home == on_the_way
    assert identify(at_reader(), at=later) != at_home
    assert identify(at_reader(cookie=other), at=later) != at_home


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        ({"address": "203.0.113.6"}, False),
        ({"agent": OTHER_PHONE}, False),
    ],
)
def test_without_a_cookie_network_and_browser_tell_readers_apart(at_reader, other, same):
    assert (identify(at_reader(), at=MONDAY) == identify(at_reader(**other), at=MONDAY)) is same


def test_a_household_of_ipv6_with_equal_telephones_is_one_reader(at_reader):
    one, two = "2001:db8:1:2::a", "2001:db8:1:2:ffff::b"

    found = {identify(at_reader(address=address), at=MONDAY).key for address in (one, two)}

    assert len(found) == 1


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "0123456789abcdef.0.s",
        signing.Signer(salt="other").sign("0123456789abcdef.492000.s"),
        signed("0123456789abcdef"),
        signed("name.hour.s"),
        signed("a.b.c.d"),
        signed(f"0123456789abcdef.{hour_of(MONDAY) - 24}.s"),
        signed(f"0123456789abcdef.{hour_of(MONDAY) - 24 * 365}.s"),
    ],
    # Signatures differ from process to process, and so would the tests' names.
    ids=["none", "unsigned", "other salt", "no parts", "no hour", "too many", "a day", "a year"],
)
def test_a_forged_or_expired_cookie_is_as_good_as_none(at_reader, cookie):
    assert identify(at_reader(cookie=cookie), at=MONDAY) == identify(at_reader(), at=MONDAY)
    assert cookie_given(at_reader(cookie=cookie), at=MONDAY) is not None


def test_the_hour_in_which_a_cookie_is_dropped_has_one_reader_too(at_reader):
    given = MONDAY + timedelta(minutes=30)
    cookie = cookie_given(at_reader(), at=given).value
    last = identify(at_reader(cookie=cookie), at=given + 24 * HOUR - timedelta(minutes=1))

    dropped = identify(at_reader(), at=given + 24 * HOUR)

    assert last == dropped
    assert identify(at_reader(cookie=cookie), at=MONDAY + 24 * HOUR - timedelta(minutes=1)) != last


def test_the_same_reader_is_somebody_else_tomorrow(at_reader, settings):
    cookie = signed(f"0123456789abcdef.{hour_of(MONDAY)}.p")
    # Zhengzhou's midnight.
    midnight = datetime(2026, 3, 2, 16, tzinfo=MONDAY.tzinfo)
    evening, after = midnight - timedelta(seconds=1), midnight

    for request in (at_reader(), at_reader(cookie=cookie)):
        assert identify(request, at=evening).key != identify(request, at=after).key
    assert kept(settings) == ["2026-03-02", "2026-03-03"]


def kept(settings):
    """The days whose keys are kept."""
    return sorted(path.name for path in Path(settings.READS_KEYS).iterdir())


def test_all_processes_share_the_key_of_the_day(at_reader, settings):
    mine = identify(at_reader(), at=MONDAY)

    daily.key_of.cache_clear()  # another process has not asked yet

    assert identify(at_reader(), at=MONDAY) == mine
    assert kept(settings) == ["2026-03-02"]
    assert (Path(settings.READS_KEYS) / "2026-03-02").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("file", [None, b"", b"cut off"], ids=["no folder", "empty", "cut off"])
def test_a_key_that_cannot_be_kept_keeps_no_page_from_its_reader(at_reader, settings, file):
    """A full disk: what is there can't be read to its end, or nothing can be made."""
    folder = Path(settings.READS_KEYS)
    if file is None:
        folder.parent.mkdir(parents=True)
        folder.write_bytes(b"")
    else:
        folder.mkdir(parents=True)
        (folder / "2026-03-02").write_bytes(file)

    assert identify(at_reader(), at=MONDAY) == identify(at_reader(), at=MONDAY)


def test_two_reads_of_a_visitor_have_nothing_in_common_where_they_are_kept(at_reader):
    visitor = identify(at_reader(), at=MONDAY).key
    hour = hour_of(MONDAY)
    marks = [
        mark_of(visitor, "question:1", hour),
        mark_of(visitor, "question:2", hour),
        mark_of(visitor, "question:1", hour + 1),
    ]

    assert len({*marks, visitor}) == 4
    assert mark_of(visitor, "question:1", hour) == marks[0]
    assert not any(visitor[n : n + 4] in mark for mark in marks for n in range(13))


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0) Chrome/116.0 Safari/537.36",
        "Mozilla/5.0 (compatible; Bytespider; spider-feedback@bytedance.com)",
        "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)",
        "curl/8.5.0",
        "Wget/1.21",
        "python-requests/2.31",
        "Go-http-client/2.0",
        "Java/17.0.9",
        "okhttp/4.12.0",
        "Uptime-Kuma/1.23",
    ],
)
def test_robots_are_told_by_their_names(at_reader, agent):
    assert identify(at_reader(agent=agent), at=MONDAY).audience == Audience.ROBOT


@pytest.mark.parametrize(
    "agent",
    [
        PHONE,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36",
        "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko",
        "Mozilla/5.0 (Linux; U; Android 11; zh-cn) MQQBrowser/13.0 Mobile Safari/537.36",
    ],
)
def test_browsers_are_the_public(at_reader, agent):
    assert identify(at_reader(agent=agent), at=MONDAY).audience == Audience.PUBLIC


def test_staff_are_told_by_their_cookie_whatever_they_use(at_reader):
    cookie = cookie_given(at_reader(), at=MONDAY, is_staff=True).value

    for agent in (PHONE, "curl/8.5.0"):
        request = at_reader(cookie=cookie, agent=agent)
        assert identify(request, at=MONDAY).audience == Audience.STAFF


def test_who_becomes_staff_or_stops_is_still_the_same_reader(at_reader):
    first = cookie_given(at_reader(), at=MONDAY).value
    staff = cookie_given(at_reader(cookie=first), at=MONDAY + HOUR, is_staff=True).value
    again = cookie_given(at_reader(cookie=staff), at=MONDAY + HOUR).value

    found = [identify(at_reader(cookie=c), at=MONDAY + HOUR) for c in (first, staff, again)]

    assert len({visitor.key for visitor in found}) == 1
    assert [visitor.audience for visitor in found] == ["p", "s", "p"]


def test_a_cookie_that_says_the_right_thing_is_not_set_again(at_reader):
    cookie = cookie_given(at_reader(), at=MONDAY).value

    assert cookie_given(at_reader(cookie=cookie), at=MONDAY + 23 * HOUR) is None


@pytest.mark.parametrize("secure", [False, True])
def test_the_cookie_lives_a_day_and_is_the_servers_alone(at_reader, secure):
    extra = {"wsgi.url_scheme": "https"} if secure else {}

    cookie = cookie_given(at_reader(**extra), at=MONDAY)

    assert (cookie["max-age"], cookie["samesite"], cookie["httponly"]) == (86400, "Lax", True)
    assert bool(cookie["secure"]) is secure
    assert cookie["domain"] == ""
