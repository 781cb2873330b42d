"""The public figures of moderation: what was reported, hidden, appealed; by month."""

import csv
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from youthvoice.kit import clock
from youthvoice.moderation import queries
from youthvoice.moderation.choices import NEVER, RULES, HideReason
from youthvoice.site.public import public_page

#: Nothing was counted before; and no later year than a person will ask for.
_FIRST_YEAR, _LAST_YEAR = 2020, 2200


def _last(request: HttpRequest) -> date:
    """The latest month to show, as ?until=2026-03; what is none means this month."""
    this = queries.month_of(clock.now())
    year, _, month = request.GET.get("until", "").partition("-")
    if not (year.isascii() and year.isdigit() and month.isascii() and month.isdigit()):
        return this
    if len(year) != 4 or len(month) > 2 or not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return this
    return min(date(int(year), int(month), 1), this) if 1 <= int(month) <= 12 else this


@public_page
def moderation(request: HttpRequest) -> HttpResponse:
    last = _last(request)
    found = queries.figures(last=last)
    url, oldest = reverse("site:moderation"), found.months[-1].first
    earlier = queries.next_month(oldest, -1)
    context = {
        "figures": found,
        "reasons": [(r.value, r.label, RULES[r]) for r in HideReason],
        "never": NEVER,
        "csv_url": f"{reverse('site:moderation_csv')}?until={last:%Y-%m}",
        "next_url": f"{url}?until={earlier:%Y-%m}" if earlier.year >= _FIRST_YEAR else "",
        "first_url": url if last != queries.month_of(clock.now()) else "",
    }
    return render(request, "site/moderation.html", context)


@public_page
def moderation_csv(request: HttpRequest) -> HttpResponse:
    """The same figures for machines; times in seconds."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="moderation.csv"'
    csv.writer(response).writerows(queries.lines(queries.figures(last=_last(request))))
    return response
