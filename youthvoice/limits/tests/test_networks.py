"""A crowd behind one address waits a little; one browser, and one attacker, are stopped."""

import ipaddress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import HttpResponse

from tests.factories import MONDAY
from youthvoice.limits import networks
from youthvoice.limits.actions import TooMany, Want
from youthvoice.limits.choices import LIMITS, What
from youthvoice.limits.networks import COOKIE, WAIT, Visit, Wait, ceilings, take, visit_of, wider
from youthvoice.limits.tests.filling import fill, fill_up, keys, rows, used
from youthvoice.limits.tests.test_racing import passed

HERE = "203.0.113.5"
LATER = MONDAY + WAIT


def visit(browser="", network=HERE, ticket=""):
    return Visit(network, browser, ticket)


def waits(given, what=What.ASK, *, at=MONDAY, **more):
    """The wait that is asked for, as the cookie that the page sets."""
    with pytest.raises(Wait) as caught:
        take(given, what, at=at, **more)
    response = caught.value.mark(HttpResponse())
    assert response["Retry-After"] == str(caught.value.wait_seconds)
    return replace(given, ticket=response.cookies[COOKIE].value)


def test_a_class_behind_one_address_asks_and_the_last_ones_wait_for_seconds():
    pupils = [visit(f"browser {n}") for n in range(45)]

    for pupil in pupils[:30]:
        take(pupil, What.ASK, at=MONDAY)
    waiting = [waits(pupil) for pupil in pupils[30:]]

    assert used(What.ASK, HERE) == 30
    for pupil in waiting:
        take(pupil, What.ASK, at=LATER)
    assert used(What.ASK, HERE) == 45


def test_one_browser_is_refused_alone():
    for _ in range(LIMITS[What.ASK].each):
        take(visit("one"), What.ASK, at=MONDAY)

    with pytest.raises(TooMany, match="你这台设备刚才发得太多，请 1 小时后再试") as caught:
        take(visit("one"), What.ASK, at=MONDAY)

    assert not isinstance(caught.value, Wait)
    assert used(What.ASK, HERE) == 20
    take(visit("neighbour"), What.ASK, at=MONDAY)


def test_a_wait_is_as_long_as_it_says_and_does_not_begin_anew():
    fill(What.ASK, HERE, at=MONDAY)
    waiting = waits(visit("one"))

    again = waits(waiting, at=MONDAY + timedelta(seconds=15))

    assert again == waiting
    with pytest.raises(Wait, match="同一个网络里用的人多，请 5 秒后再试"):
        take(waiting, What.ASK, at=MONDAY + timedelta(seconds=15))
    take(waiting, What.ASK, at=LATER)


@pytest.mark.parametrize("spoilt", ["used", "elsewhere", "forged", "old", "none"])
def test_a_wait_is_good_once_here_and_for_a_while(spoilt):
    elsewhere = "198.51.100.7"
    fill(What.ASK, HERE, at=MONDAY)
    waiting, at = waits(visit("one")), LATER
    if spoilt == "used":
        take(waiting, What.ASK, at=at)
    elif spoilt == "elsewhere":
        fill(What.ASK, elsewhere, at=MONDAY)
        waiting = replace(waiting, network=elsewhere)
    elif spoilt == "forged":
        number, ripe, rest = waiting.ticket.split(".")
        waiting = replace(waiting, ticket=f"{number}.{int(ripe) - 20}.{rest}")
        at = MONDAY
    elif spoilt == "old":
        at = LATER + timedelta(minutes=15, seconds=1)
    else:
        waiting = replace(waiting, ticket="")

    anew = waits(waiting, at=at)

    assert anew.ticket != waiting.ticket


def test_of_many_that_bring_one_wait_one_passes():
    fill(What.ASK, HERE, at=MONDAY)
    waiting = waits(visit())

    assert passed(8, lambda n: take(replace(waiting, browser=f"b{n}"), What.ASK, at=LATER)) == 1
    assert used(What.ASK, HERE) == 31


def test_a_wait_that_was_refused_for_another_reason_is_not_used_up():
    fill(What.ASK, HERE, at=MONDAY)
    waiting, own = waits(visit()), Want(What.ASK_NAMED, 7)
    fill(What.ASK_NAMED, 7, at=MONDAY)

    with pytest.raises(TooMany, match="你刚才发得太多"):
        take(waiting, What.ASK, at=LATER, also=[own])

    take(waiting, What.ASK, at=LATER)


def test_one_wait_is_enough_for_all_that_is_sent_at_once():
    fill(What.ASK, HERE, at=MONDAY)
    fill(What.PICTURES, HERE, at=MONDAY)
    both = {What.ASK: 1, What.PICTURES: 9}

    take(waits(visit(), both), both, at=LATER)

    assert (used(What.ASK, HERE), used(What.PICTURES, HERE)) == (31, 99)


@pytest.mark.parametrize("what", [what for what, limit in LIMITS.items() if limit.each])
def test_the_end_of_a_network_is_an_end(what, settings):
    limit = LIMITS[what]
    fill_up(what, HERE, left=1, at=MONDAY)
    if limit.crowd > 1:
        take(waits(visit(), what), what, at=LATER)
    else:
        take(visit(), what, at=MONDAY)

    with pytest.raises(TooMany) as caught:
        take(visit(), what, at=MONDAY)

    assert not isinstance(caught.value, Wait)
    settings.CROWD_TIMES = 1
    assert ceilings(what, HERE) == (limit.most, limit.most)


def test_a_known_school_waits_later_and_stops_not_its_neighbours(settings):
    settings.SHARED_NETWORKS = [ipaddress.ip_network("203.0.113.0/28")]
    settings.SHARED_NETWORK_TIMES = 20
    assert ceilings(What.ASK, HERE) == (600, 600)
    assert ceilings(What.ASK, "203.0.113.99") == (30, 300)
    assert ceilings(What.ASK, "unknown") == (30, 300)
    fill(What.ASK, HERE, at=MONDAY)

    take(visit("pupil"), What.ASK, at=MONDAY)

    assert used(What.ASK, wider(HERE)) == 0


def test_addresses_side_by_side_are_one_neighbourhood():
    assert wider("203.0.113.5") == wider("203.0.113.250") != wider("203.0.114.5")
    assert wider("2001:db8:1:2::") == wider("2001:db8:1:ffff::") != wider("2001:db8:2:2::")
    assert wider("unknown") == "wide unknown"
    most = 4 * ceilings(What.ASK, HERE)[1]
    networks.actions.take_all([Want(What.ASK, wider(HERE), most, most)], at=MONDAY)

    with pytest.raises(TooMany, match="你用的网络刚才发得太多"):
        take(visit(network="203.0.113.77"), What.ASK, at=MONDAY)


def test_with_a_name_and_without_nothing_is_counted_together():
    take(visit("one"), What.ASK, at=MONDAY)
    nameless = keys()

    take(visit("one"), What.ASK, at=MONDAY, named=True)

    assert len(nameless) == 3
    assert not nameless & (keys() - nameless)
    assert [used for _key, used, _ends in rows()] == [1] * 6


def test_a_visit_is_told_from_a_request(rf):
    request = rf.get("/", REMOTE_ADDR="2001:db8:1:2::9")
    assert visit_of(request) == Visit("2001:db8:1:2::", "", "", secure=False)

    request.META["CSRF_COOKIE"] = "secret"
    request.COOKIES[COOKIE] = "\x00 no wait"

    assert visit_of(request) == Visit("2001:db8:1:2::", "secret", "\x00 no wait", secure=False)
    fill(What.ASK, "2001:db8:1:2::", at=MONDAY)
    assert waits(visit_of(request)).ticket != "\x00 no wait"
