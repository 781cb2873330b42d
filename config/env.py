"""Typed reading of the environment, loud about what is wrong.

Every value has a default that is right for one machine; a wrong value stops the start
with a sentence that names the setting and how to mend it.
"""

import re
from collections.abc import Iterable
from datetime import time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

_env = Env()
_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")


def text(name: str, *, default: str = "") -> str:
    return _env.str(name, default).strip()


def icp_record(name: str) -> str:
    """The number of a site in the ministry's register, or nothing."""
    pattern = r"[\u4e00-\u9fff]{1,2}ICP[备证][0-9]{6,10}号?(-[0-9]{1,3})?"
    return _matching(name, pattern, like="豫ICP备12345678号-1")


def police_record(name: str) -> str:
    """The number of a site in the police's register, or nothing."""
    pattern = r"[\u4e00-\u9fff]{1,2}公网安备 ?[0-9]{14}号?"
    return _matching(name, pattern, like="豫公网安备41010502000000号")


def _matching(name: str, pattern: str, *, like: str) -> str:
    value = text(name)
    if value and not re.fullmatch(pattern, value):
        raise ImproperlyConfigured(f"{name} must look like {like}, not {value!r}.")
    return value


def integer(name: str, *, default: int, at_least: int = 0, at_most: int | None = None) -> int:
    """A whole number within bounds; raises ImproperlyConfigured with a sentence otherwise."""
    try:
        value = _env.int(name, default)
    except EnvError:
        raise ImproperlyConfigured(
            f"{name} must be a whole number, not {text(name)!r}; unset it for {default}."
        ) from None
    if value < at_least or (at_most is not None and value > at_most):
        bounds = f"at least {at_least}" + (f" and at most {at_most}" if at_most else "")
        raise ImproperlyConfigured(f"{name} must be {bounds}, not {value}.")
    return value


def integers(name: str, *, default: list[int], at_most: int) -> list[int]:
    """As many whole numbers as `default` has, with commas, none smaller than the one before."""
    given = text(name)
    numbers = [int(w) for w in given.split(",") if w.strip().isdecimal()] if given else default
    if len(numbers) != len(default) or numbers != sorted(numbers) or numbers[-1] > at_most:
        raise ImproperlyConfigured(
            f"{name} must be {len(default)} rising whole numbers of at most {at_most} with commas "
            f"between them, not {given!r}; unset it for {','.join(map(str, default))}."
        )
    return numbers


def boolean(name: str, *, default: bool) -> bool:
    try:
        return _env.bool(name, default)
    except EnvError:
        raise ImproperlyConfigured(
            f"{name} must be true or false, not {text(name)!r}; unset it for {default}."
        ) from None


def words(name: str, *, default: Iterable[str] = ()) -> list[str]:
    """A comma-separated list."""
    return [w.strip() for w in _env.str(name, ",".join(default)).split(",") if w.strip()]


def pair(name: str) -> list[str]:
    """Two different words with a comma between them, or none."""
    found = words(name)
    if found and (len(found) != 2 or found[0] == found[1]):
        raise ImproperlyConfigured(
            f"{name} must be two different names with a comma between them, not {text(name)!r}; "
            "unset it for none."
        )
    return found


def origins(name: str) -> list[str]:
    """A comma-separated list of full addresses, each with its scheme."""
    found = words(name)
    wrong = [w for w in found if not w.startswith(("https://", "http://"))]
    if wrong:
        raise ImproperlyConfigured(
            f"{name} must be full addresses like https://voice.example.org, not {wrong[0]!r}."
        )
    return found


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """A comma-separated list of addresses and networks."""
    found = []
    for word in words(name):
        try:
            found.append(ip_network(word, strict=False))
        except ValueError:
            raise ImproperlyConfigured(
                f"{name} must be addresses or networks like 203.0.113.7 or 198.51.100.0/24, "
                f"not {word!r}."
            ) from None
    return found


def choice(name: str, *, default: str, among: Iterable[str]) -> str:
    value = text(name, default=default)
    allowed = list(among)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def folder(name: str, *, default: Path) -> Path:
    value = Path(text(name) or default).expanduser()
    if value.exists() and not value.is_dir():
        raise ImproperlyConfigured(f"{name} must be a folder, but {value} is a file.")
    return value.resolve()


def time_zone(name: str, *, default: str) -> str:
    value = text(name, default=default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError):
        raise ImproperlyConfigured(f"{name} must be a time zone like {default}.") from None
    return value


def spans(name: str, *, default: str) -> tuple[tuple[time, time], ...]:
    """Hours of a day, in order and apart. 24:00, the day's end, is given as 00:00."""
    value = text(name, default=default)
    found: list[tuple[time, time]] = []
    before = 0
    for part in value.split(","):
        match = _SPAN.fullmatch(part.strip())
        hour, minute, to_hour, to_minute = map(int, match.groups()) if match else (0, 0, 0, 0)
        start, end = 60 * hour + minute, 60 * to_hour + to_minute
        if not before <= start < end <= 24 * 60 or max(minute, to_minute) > 59:
            raise ImproperlyConfigured(
                f"{name} must be hours of a day, in order and without overlap, like {default} "
                f"(24:00 is the end of the day), not {value!r}; unset it for {default}."
            )
        before = end
        found.append((time(hour, minute), time(to_hour % 24, to_minute)))
    return tuple(found)


def email_server(name: str) -> dict[str, object]:
    """Django's e-mail settings from one address; empty means the console backend."""
    address = text(name)
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    wrong = ImproperlyConfigured(
        f"{name} must look like smtp://name:password@host:587?tls=true "
        "(or smtps://name:password@host:465)."
    )
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise wrong from None
    options = dict(parse_qsl(parts.query))
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or set(options) - {"tls"}:
        raise wrong
    # Port 465 is encrypted from the first byte; asking for STARTTLS too would fail at each mail.
    allowed = {"false", "true"} if parts.scheme == "smtp" else {"false"}
    if options.get("tls", "false") not in allowed:
        raise wrong
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": options.get("tls") == "true",
        "EMAIL_TIMEOUT": 20,
    }


def sms_gateway(name: str, *, https: bool) -> str:
    """An https address, `console`, or nothing."""
    value = text(name)
    if value == "console":
        if https:
            raise ImproperlyConfigured(
                f"{name}=console writes numbers and codes to the log: with HTTPS=true give the "
                "address of a gateway, or unset it."
            )
        return value
    if value and (not value.startswith("https://") or not urlsplit(value).hostname):
        # Not quoted: such an address may hold a secret.
        raise ImproperlyConfigured(
            f"{name} must be an address like https://sms.example.org/send, or console."
        )
    return value
