"""Whose address we believe."""

import pytest

from youthvoice.kit.network import client_network


def network(rf, settings, *, address="192.0.2.9", forwarded=None, proxies=0):
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_network(rf.get("/", REMOTE_ADDR=address, **headers))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [
        (0, "203.0.113.5", "192.0.2.9"),
        (1, None, "192.0.2.9"),
        (1, "203.0.113.5", "203.0.113.5"),
        # What the visitor wrote himself stands to the left of what our proxy added.
        (1, "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        (2, "198.51.100.1, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        # Fewer hops than proxies: somebody went round one, so nothing is believed.
        (2, "203.0.113.5", "192.0.2.9"),
        (1, "not an address", "unknown"),
        (1, " , ", "192.0.2.9"),
    ],
)
def test_as_many_hops_are_believed_as_there_are_proxies(rf, settings, proxies, forwarded, believed):
    assert network(rf, settings, forwarded=forwarded, proxies=proxies) == believed


@pytest.mark.parametrize(
    ("address", "seen_as"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("::1", "::"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_a_household_of_ipv6_is_one_network_and_ipv4_stays_itself(rf, settings, address, seen_as):
    assert network(rf, settings, address=address) == seen_as
