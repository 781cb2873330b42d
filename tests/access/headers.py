"""What every answer must say to the browser besides its page."""

from collections.abc import Iterator

from django.http import HttpResponse

from tests.access import matrix

#: Name of the header, and what it must say.
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
#: Nothing of ours uses them, so nothing that got into a page may.
DENIED = ("camera", "geolocation", "microphone", "payment", "usb")
#: Routes whose answers are everybody's.
PUBLIC = {
    line.split()[1].replace("''", "")
    for line in matrix.PUBLIC.splitlines()
    if line and line[0] != "#"
} - matrix.NOT_FOR_CACHES


def wrong(response: HttpResponse, route: str) -> Iterator[str]:
    """What an answer's headers lack, or say that they must not."""
    for name, value in ALWAYS.items():
        if response.get(name) != value:
            yield f"{name} is {response.get(name)}"
    yield from _policy(response.get("Content-Security-Policy", ""))
    denied = response.get("Permissions-Policy", "")
    yield from (
        f"Permissions-Policy leaves {name}" for name in DENIED if f"{name}=()" not in denied
    )
    yield from _keeping(response, route)


def _policy(given: str) -> Iterator[str]:
    parts = dict(part.strip().partition(" ")[::2] for part in given.split(";"))
    for name, value in POLICY.items():
        if parts.get(name) != value:
            yield f"CSP's {name} is {parts.get(name)}"
    if "unsafe" in given or "*" in given:
        yield f"CSP is open: {given}"


def _keeping(response: HttpResponse, route: str) -> Iterator[str]:
    """Public pages are for every cache and hold no cookie; others are for none."""
    kept = response.get("Cache-Control", "")
    if route not in PUBLIC:
        if not ("private" in kept and "no-store" in kept):
            yield f"{response.status_code} with Cache-Control {kept!r}"
        return
    if response.cookies:
        yield f"a public page sets {', '.join(response.cookies)}"
    if "Cookie" in response.get("Vary", ""):
        yield "a public page varies by cookie"
    if response.status_code in (200, 410) and "public" not in kept:
        yield f"a public page with Cache-Control {kept!r}"
