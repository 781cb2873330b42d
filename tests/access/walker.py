"""Every address that the house answers at, found by walking the resolver itself."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver

_GROUP = re.compile(r"<[^>]+>|\(\?P<\w+>[^)]*\)")


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Each pattern as ResolverMatch.route writes it, included ones with what stands before."""
    for entry in resolver.url_patterns:
        own = str(entry.pattern)
        route = before + (own.removeprefix("^") if before else own)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from patterns(entry, route)


def unlisted(resolver: URLResolver, listed: Iterable[str]) -> list[str]:
    """Patterns that the table forgot, that it has in vain, and that hide one another."""
    found, known = Counter(patterns(resolver)), set(listed)
    return [
        *(f"{route} is not in the table" for route in found if route not in known),
        *(f"{route} is in the table but leads nowhere" for route in sorted(known - set(found))),
        *(f"{route} stands {times} times" for route, times in found.items() if times > 1),
    ]


def address(route: str, values: Iterable[object]) -> str:
    """The path of a pattern with its groups filled in, from the left."""
    left = iter(values)
    path = _GROUP.sub(lambda found: str(next(left)), route)
    if extra := list(left):
        raise ValueError(f"{route} has no place for {extra}")
    return "/" + path.removeprefix("^").removesuffix("$")
