"""Limits by network, where a crowd behind one address is no attacker.

A class, a company, a carrier's gateway: thousands may have one address. So three things are
counted side by side. The browser that sends, by the secret of its token against forged forms: it
is the first to be refused, and takes nothing from its neighbours. The network: up to `most`
nobody notices; above it each act waits once for a few seconds, which people can and floods can't
use; `crowd` times `most` is the end. And the wider network, so that whoever has many addresses
side by side has not as many times the right.

A wait is a signed cookie with a number that is good for one act. It needs no script, and nothing
of it is kept but that its number was used.
"""

import ipaddress
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from youthvoice.kit.network import client_network
from youthvoice.limits import actions, store
from youthvoice.limits.actions import TooMany, Want
from youthvoice.limits.choices import LIMITS, What

COOKIE = "yv_wait"
WAIT = timedelta(seconds=20)
#: How long a wait that is over may be used.
_VALID = timedelta(minutes=15)
_SIGNER = signing.Signer(salt="youthvoice.limits.wait")
#: A wider network may reach so many times what one may.
WIDER = 4
_BROWSER = gettext_lazy("你这台设备刚才发得太多")
_CROWD = gettext_lazy("这会儿同一个网络里用的人多")


@dataclass(frozen=True)
class Visit:
    """Where an act comes from, as far as limits need to know it. Never stored, never logged."""

    network: str
    #: Of this browser alone; empty for one that has none, which no form lets pass.
    browser: str = ""
    #: The wait that it brings along.
    ticket: str = ""
    secure: bool = False


class Wait(TooMany):
    """Not refused: in a few seconds it is accepted."""

    def __init__(self, what: What, visit: Visit, ticket: str, *, seconds: int) -> None:
        super().__init__(LIMITS[what], wait_seconds=seconds)
        self.hint = _("不是你发得多，也没有被拒绝：等够了，再发一次就行。")
        self._visit, self._ticket = visit, ticket
        words = {"what": _CROWD, "seconds": seconds}
        self.args = (_("%(what)s，请 %(seconds)d 秒后再试。") % words,)

    def refuse(self, form: forms.BaseForm) -> None:
        super().refuse(form)
        form.add_error(None, self.hint)

    def mark(self, response: HttpResponse) -> HttpResponse:
        response.set_cookie(
            COOKIE,
            self._ticket,
            max_age=int((WAIT + _VALID).total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=self._visit.secure,
        )
        return super().mark(response)


def visit_of(request: HttpRequest) -> Visit:
    return Visit(
        network=client_network(request),
        browser=request.META.get("CSRF_COOKIE") or "",
        ticket=request.COOKIES.get(COOKIE, ""),
        secure=request.is_secure(),
    )


def take(
    visit: Visit,
    acts: What | Mapping[What, int],
    *,
    at: datetime,
    named: bool = False,
    also: Iterable[Want] = (),
) -> list[Want]:
    """Count acts of one sending (each so many times), all of them or none, and `also` with them;
    what is done under a name and without is counted apart. One wait is enough for all.

    Gives what was counted, for `give_back`. Raises TooMany, and Wait for one that only waits.
    """
    counted = {acts: 1} if isinstance(acts, What) else acts
    wants, slow = [*also], None
    with store.transaction():
        for what, many in counted.items():
            free, most = ceilings(what, visit.network)
            here = Want(what, _apart(visit.network, named), many, most)
            if actions.used(here, at=at) + many > free:
                slow = what
            wants += [*_of_browser(what, visit, named, many), here]
            # A school's many are no reason to refuse its neighbours.
            if not is_shared(visit.network):
                wide = _apart(wider(visit.network), named)
                wants.append(Want(what, wide, many, most * WIDER))
        actions.take_all(wants, at=at)
        if slow is not None:
            _use_wait(slow, visit, at)
    return wants


def give_back(wants: Iterable[Want], *, at: datetime) -> None:
    """The try was a good one: only wrong ones count."""
    for want in wants:
        actions.give_back(want.what, who=want.who, at=at)


def ceilings(what: What, network: str) -> tuple[int, int]:
    """How many acts of a network are free, and how many there may be at all."""
    limit = LIMITS[what]
    most = limit.most * min(limit.crowd, settings.CROWD_TIMES)
    if is_shared(network):
        free = limit.most * settings.SHARED_NETWORK_TIMES
        return free, max(free, most)
    return limit.most, most


def is_shared(network: str) -> bool:
    try:
        found = ipaddress.ip_address(network)
    except ValueError:
        return False
    # Mixed versions are in no network of the other.
    return any(found in shared for shared in settings.SHARED_NETWORKS)


def wider(network: str) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one: what one customer is often given."""
    try:
        found = ipaddress.ip_address(network)
    except ValueError:
        return f"wide {network}"
    length = 24 if found.version == 4 else 48
    return f"wide {ipaddress.ip_network((found, length), strict=False)}"


def _apart(who: str, named: bool) -> str:
    return who + (" named" if named else "")


def _of_browser(what: What, visit: Visit, named: bool, many: int) -> list[Want]:
    each = LIMITS[what].each
    if not each or not visit.browser:
        return []
    return [Want(what, _apart(f"browser {visit.browser}", named), many, each, _BROWSER)]


def _use_wait(what: What, visit: Visit, at: datetime) -> None:
    """Use up the wait that this visit brings, once. Raises Wait if there is none, or not yet."""
    now = int(at.timestamp())
    number, ripe = _read(visit)
    if number and now < ripe:
        raise Wait(what, visit, visit.ticket, seconds=ripe - now)
    if number and now <= ripe + _VALID.total_seconds():
        try:
            actions.take(What.WAITED, who=number, at=at)
            return
        except TooMany:
            # Used already: another act, another wait.
            pass
    seconds = int(WAIT.total_seconds())
    ticket = _SIGNER.sign(f"{secrets.token_hex(8)}.{now + seconds}.{_mark(visit)}")
    raise Wait(what, visit, ticket, seconds=seconds)


def _read(visit: Visit) -> tuple[str, int]:
    """Number and time of a wait that was given to this network; empty for none."""
    try:
        number, ripe, mark = _SIGNER.unsign(visit.ticket).split(".")
        return (number, int(ripe)) if mark == _mark(visit) else ("", 0)
    except (signing.BadSignature, ValueError):
        return "", 0


def _mark(visit: Visit) -> str:
    return Want(What.WAITED, visit.network).key.hex()[:16]
