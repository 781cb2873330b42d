"""Where a request comes from, as far as we may believe it. For limits and counting only;
never stored and never logged."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

#: What proxies say of whom they speak for: then the visitor is somewhere else. All that begins
#: with the first is theirs.
_PROXYS = "HTTP_X_FORWARDED_"
_PROXY_HEADERS = (
    "Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-Original-Host",
    "True-Client-IP", "CF-Connecting-IP", "CDN-Loop", "Ali-CDN-Real-IP",
)  # fmt: skip


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
    return (
        is_loopback(request.META.get("REMOTE_ADDR", ""))
        and not any(header in request.headers for header in _PROXY_HEADERS)
        and not any(name.startswith(_PROXYS) for name in request.META)
    )


def client_network(request: HttpRequest) -> str:
    """The visitor's address, IPv6 cut to its /64 (one household, one telephone).

    X-Forwarded-For is believed for exactly as many hops as TRUSTED_PROXIES says.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        hops = [hop for h in forwarded if (hop := h.strip())]
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
