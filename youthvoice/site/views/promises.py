"""Promises of all bodies, and what came of them."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from youthvoice.kit import clock
from youthvoice.kit.public import public_page
from youthvoice.orgs.models import Organisation
from youthvoice.promises.queries import Narrowed, promises, shown


@public_page
def promises_page(request: HttpRequest) -> HttpResponse:
    """Narrowed by ?show= (all, open, overdue, kept, broken) and ?body= (a body's slug)."""
    given, now = request.GET, clock.now()
    show = given.get("show", "")
    chosen = Narrowed(show) if show in Narrowed.values else Narrowed.ALL
    slug = given.get("body", "")
    body = Organisation.objects.filter(slug=slug).first() if slug.isascii() else None
    found = promises(show=chosen, organisation=body, after=given.get("after", ""), at=now)
    today = timezone.localdate(now)

    def url(code: str, after: str = "") -> str:
        wanted = {"show": code, "body": body.slug if body else "", "after": after}
        query = urlencode({name: value for name, value in wanted.items() if value})
        return f"{reverse('site:promises')}?{query}"

    context = {
        "rows": [shown(promise, today=today) for promise in found.items],
        "body": body,
        "show": chosen,
        "tabs": [
            {"code": n.value, "label": n.label, "current": n == chosen, "url": url(n.value)}
            for n in Narrowed
        ],
        "everybody_url": f"{reverse('site:promises')}?show={chosen.value}",
        "next_url": url(chosen.value, found.next_after) if found.next_after else "",
        "first_url": url(chosen.value) if given.get("after") else "",
    }
    return render(request, "site/promises.html", context)
