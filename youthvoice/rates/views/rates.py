"""The three rates of a month, with all that they are reckoned from."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from youthvoice.kit import clock
from youthvoice.kit.months import FIRST_YEAR, month_asked, month_name, month_of, next_month
from youthvoice.kit.public import public_page
from youthvoice.kit.sheets import sheet
from youthvoice.rates import queries
from youthvoice.rates.choices import FORMULAS, LEAST, MEANINGS, By, Excluded, Rate


@public_page("month", "by", "after")
def rates(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    first = month_asked(request, "month")
    given = request.GET.get("by", "")
    by = By(given) if given in By.values else By.ORGANISATION
    found = queries.table(by=by, first=first, after=request.GET.get("after", ""), at=at)
    months = queries.MONTHS if by == By.MONTH else 1
    before, after = next_month(first, -months), min(next_month(first, months), month_of(at))
    asked = urlencode({"month": f"{first:%Y-%m}"} | ({"months": months} if months > 1 else {}))
    context = {
        "table": found,
        "least": LEAST,
        "month": month_name(first),
        "tabs": [{"label": b.label, "current": b == by, "url": _url(first, b)} for b in By],
        "earlier_url": _url(before, by) if before.year >= FIRST_YEAR else "",
        "later_url": _url(after, by) if after > first else "",
        "next_url": _url(first, by, after=found.next_after) if found.next_after else "",
        "first_url": _url(first, by) if request.GET.get("after") else "",
        "formulas": [(r, r.label, FORMULAS[r], MEANINGS[r]) for r in Rate],
        "excluded": [(why, why.label, found.excluded.get(why, 0)) for why in Excluded],
        "csv_url": f"{reverse('rates:csv')}?{asked}",
        "sums_url": f"{reverse('rates:sums_csv')}?{asked}",
    }
    return render(request, "rates/rates.html", context)


def _url(first: date, by: By, **more: str) -> str:
    return (
        f"{reverse('rates:rates')}?{urlencode({'month': f'{first:%Y-%m}', 'by': by.value} | more)}"
    )


@public_page("after")
def excluded(request: HttpRequest) -> HttpResponse:
    """Each question that is left out as unreasonable, and why."""
    after, url = request.GET.get("after", ""), reverse("rates:excluded")
    found = queries.excluded(after=after)
    context = {
        "exclusions": found.items,
        "next_url": f"{url}?after={found.next_after}" if found.next_after else "",
        "first_url": url if after else "",
    }
    return render(request, "rates/excluded.html", context)


@public_page("month", "months", is_kept=False)
def rates_csv(request: HttpRequest) -> HttpResponseBase:
    """A line for each question."""
    first, months = month_asked(request, "month"), _months(request)
    return sheet(queries.lines(first, months=months, at=clock.now()), name="rates.csv")


@public_page("month", "months", is_kept=False)
def sums_csv(request: HttpRequest) -> HttpResponseBase:
    """What was rated, in sums only."""
    first, months = month_asked(request, "month"), _months(request)
    found = queries.sums(first, months=months, at=clock.now())
    return sheet(found, name="rates-satisfaction.csv")


def _months(request: HttpRequest) -> int:
    """One, or as many as the table of months has."""
    return queries.MONTHS if request.GET.get("months") == str(queries.MONTHS) else 1
