"""Where a request comes from, as far as we may believe it. For limits and counting only;
never stored and never logged."""

import ipaddress
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest

#: What proxies say of whom they speak for: then the visitor is somewhere else. All that begins
#: with the first is theirs.
_PROXYS = "x-forwarded-"
_PROXY_HEADERS = {
    "forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "x-original-host",
    "true-client-ip", "cf-connecting-ip", "cdn-loop", "ali-cdn-real-ip",
}  # fmt: skip


def is_loopback(host: str) -> bool:
    """Whether a name or an address, IPv6 also in brackets, means this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_direct_from_here(request: HttpRequest) -> bool:
    """Whether it comes straight from this machine: no proxy stands between, as far as one tells.

    Whoever comes through a plain TCP tunnel can't be told from this machine.
    """
    is_from_here = is_loopback(request.META.get("REMOTE_ADDR", ""))
    return is_from_here and not names_a_proxy(request.headers)


def names_a_proxy(headers: Iterable[str]) -> bool:
    """Whether one of these headers is a proxy's."""
    names = {name.lower() for name in headers}
    return bool(names & _PROXY_HEADERS) or any(name.startswith(_PROXYS) for name in names)


def client_network(request: HttpRequest) -> str:
    """The visitor's network: see `network_of`."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return network_of(request.META.get("REMOTE_ADDR", ""), forwarded=forwarded)


def network_of(address: str, *, forwarded: str) -> str:
    """The visitor's address, IPv6 cut to its /64 (one household, one telephone).

    X-Forwarded-For is believed for exactly as many hops as TRUSTED_PROXIES says.
    """
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        hops = [hop for h in forwarded.split(",") if (hop := h.strip())]
        if len(hops) >= proxies:
            address = hops[-proxies]
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    # A socket that listens on both writes IPv4 as ::ffff:1.2.3.4: one /64 for everybody.
    found = getattr(found, "ipv4_mapped", None) or found
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)
