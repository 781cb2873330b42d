"""The public figures of moderation: what was reported, hidden, appealed; by month."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from youthvoice.kit import clock
from youthvoice.kit.months import FIRST_YEAR, folded, month_asked, month_of, next_month
from youthvoice.kit.public import public_page
from youthvoice.kit.sheets import sheet
from youthvoice.moderation import queries
from youthvoice.moderation.choices import NEVER, RULES, HideReason


@public_page("until")
def figures(request: HttpRequest) -> HttpResponse:
    last = month_asked(request, "until")
    found = queries.figures(last=last)
    url, oldest = reverse("moderation:figures"), found.months[-1].first
    earlier = next_month(oldest, -1)
    context = {
        "figures": found,
        "months": folded(found.months, is_quiet=lambda month: month.is_quiet),
        "reasons": [(r.value, r.label, RULES[r]) for r in HideReason],
        "never": NEVER,
        "csv_url": f"{reverse('moderation:figures_csv')}?until={last:%Y-%m}",
        "next_url": f"{url}?until={earlier:%Y-%m}" if earlier.year >= FIRST_YEAR else "",
        "first_url": url if last != month_of(clock.now()) else "",
    }
    return render(request, "moderation/figures.html", context)


@public_page("until")
def figures_csv(request: HttpRequest) -> HttpResponseBase:
    """The same figures for machines; times in seconds."""
    found = queries.figures(last=month_asked(request, "until"))
    return sheet(queries.lines(found), name="moderation.csv")
