"""The public ledger of referrals: a page, a feed, and a table from which anyone can recompute."""

import re
from collections.abc import Callable
from itertools import chain
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from youthvoice.journal.queries import house
from youthvoice.kit import clock
from youthvoice.kit.feeds import Feed
from youthvoice.kit.public import public_page
from youthvoice.kit.sheets import sheet
from youthvoice.orgs.models import Organisation
from youthvoice.rates.choices import Listed
from youthvoice.rates.queries import ledger as ledger_queries
from youthvoice.rates.queries.ledger import Line

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,50}")
_FEED_MOST = 50
#: The sheet's columns, and what stands in each.
COLUMNS: dict[str, Callable[[Line], object]] = {
    "hop": lambda line: line.hop.pk,
    "question": lambda line: line.question_id,
    "kind": lambda line: line.hop.kind,
    "grade": lambda line: line.hop.grade,
    "sender": lambda line: line.hop.sender.slug,
    "sender_name": lambda line: line.hop.sender.short_name,
    "receiver": lambda line: line.hop.receiver.slug,
    "receiver_name": lambda line: line.hop.receiver.short_name,
    "reason": lambda line: line.reason,
    "made_at": lambda line: line.hop.made_at,
    "sign_due_at": lambda line: line.hop.sign_due_at,
    "due_at": lambda line: line.hop.due_at,
    "signed_at": lambda line: line.hop.signed_at,
    "state": lambda line: line.hop.state,
    "ended_at": lambda line: line.hop.ended_at,
    "return_reason": lambda line: line.return_reason,
    "clock_due_at": lambda line: line.hop.lane.due_at if line.hop.is_open else None,
    "clock_stands": lambda line: line.stands,
    "late_seconds": lambda line: line.late_seconds,
    "sign_due_estimated": lambda line: line.hop.sign_is_estimated,
    "due_estimated": lambda line: line.hop.is_estimated,
}


def _body(request: HttpRequest) -> Organisation | None:
    """The body that ?body= names. Raises Http404 for one that doesn't exist."""
    slug = request.GET.get("body", "")
    if not slug:
        return None
    found = ledger_queries.body_of(slug) if _SLUG.fullmatch(slug) else None
    if found is None:
        raise Http404
    return found


@public_page("show", "body", "after")
def ledger(request: HttpRequest) -> HttpResponse:
    """All hops, newest first; the first page sums up by body."""
    given, now = request.GET, clock.now()
    body = _body(request)
    show = Listed(given["show"]) if given.get("show") in Listed.values else Listed.ALL
    after = given.get("after", "")
    lines, next_after = ledger_queries.ledger(show=show, body=body, at=now, after=after)

    def link(**changes: str) -> str:
        """This list with something changed; equal lists have equal addresses."""
        wanted = {"show": str(show), "body": body.slug if body else ""} | changes
        if wanted["show"] == Listed.ALL:
            wanted["show"] = ""
        query = urlencode({name: value for name, value in wanted.items() if value})
        return reverse("rates:ledger") + (f"?{query}" if query else "")

    is_front = not after and body is None and show == Listed.ALL
    context = {
        "lines": lines,
        "body": body,
        "tabs": [
            {"label": label, "current": code == show, "url": link(show=code)}
            for code, label in Listed.choices
        ],
        "bodies": ledger_queries.bodies(at=now) if is_front else [],
        "bodies_most": ledger_queries.BODIES_MOST,
        "all_url": link(body=""),
        "next_url": link(after=next_after) if next_after else "",
        "first_url": link() if after else "",
    }
    return render(request, "rates/ledger.html", context)


@public_page("body")
def feed(request: HttpRequest) -> HttpResponse:
    """The newest hops, for readers of Atom; ?body= narrows it as on the page."""
    body = _body(request)
    lines, _next = ledger_queries.ledger(
        show=Listed.ALL, body=body, at=clock.now(), size=_FEED_MOST
    )
    page = reverse("rates:ledger")
    found = Feed(
        request,
        house=house(),
        # Not by its slug, which operators may change.
        name=f"ledger/{body.pk}" if body else "ledger",
        title=_("转办台账 · %s") % body.short_name if body else _("转办台账"),
        link=f"{page}?{urlencode({'body': body.slug})}" if body else page,
        told=_("每一次转办：转给谁、哪天到期、回来了什么。"),
    )
    for line in lines:
        hop = line.hop
        found.add(
            name=f"hop/{hop.pk}",
            title=f"{hop.sender.short_name} → {hop.receiver.short_name}：{_what(line)}",
            text=_told(line),
            link=line.url or page,
            made=hop.made_at,
            changed=hop.ended_at or hop.signed_at or hop.made_at,
        )
    return found.answered()


def _what(line: Line) -> str:
    return line.title or _("%d 号提问") % line.question_id


def _told(line: Line) -> str:
    """A line of the ledger as one sentence. How late it is now is for the page to say."""
    parts = [line.hop.get_kind_display(), line.reason, line.words, line.return_reason]
    return _("；").join(str(part) for part in parts if part)


@public_page(is_kept=False)
def table(request: HttpRequest) -> HttpResponseBase:
    """All hops with their numbers, oldest first; times as ISO 8601, in the house's zone."""
    lines = ledger_queries.every_line(at=clock.now())
    rows = ([value(line) for value in COLUMNS.values()] for line in lines)
    return sheet(chain([COLUMNS], rows), name="ledger.csv", marked=True)
