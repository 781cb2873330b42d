"""Organisations, the staff's front page, the header's fragment, and plain words."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse

from youthvoice.counts import queries as counts
from youthvoice.crisis import queries as crisis_queries
from youthvoice.demo.policy import sign_in_allowed
from youthvoice.desks import queries as desks_queries
from youthvoice.kit.public import public_page, visitors_piece
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs import queries as orgs_queries
from youthvoice.orgs.choices import OF_KIND
from youthvoice.orgs.models import Organisation
from youthvoice.people.choices import VERSIONS, Document
from youthvoice.people.factors import factor
from youthvoice.questions import queries, viewers
from youthvoice.site import beside, own

_ORGANISATIONS_MOST = 60


@public_page()
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html")


@public_page()
def rules(request: HttpRequest) -> HttpResponse:
    """What may be written. Its words have a version: see people.choices.VERSIONS."""
    return render(request, "site/rules.html", {"version": VERSIONS[Document.RULES].name})


@public_page()
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whom. Its words have a version, too."""
    return render(request, "site/privacy.html", {"version": VERSIONS[Document.PRIVACY].name})


@public_page("kind", "after")
def orgs(request: HttpRequest) -> HttpResponse:
    """Who answers: each kind's first from the province and its cities, or one kind in full."""
    url, kind = reverse("site:orgs"), request.GET.get("kind", "")
    if kind in OF_KIND:
        after = request.GET.get("after", "")
        page = orgs_queries.listed(kind=kind, after=after)
        here = f"{url}?kind={kind}"
        context = {
            "label": OF_KIND[kind].many,
            "organisations": page.items,
            "next_url": f"{here}&after={page.next_after}" if page.next_after else "",
            "first_url": here if after else "",
        }
        return render(request, "site/orgs_of_kind.html", context)
    found = {listing.kind: listing for listing in orgs_queries.listings()}
    groups = [
        {
            "label": of.many,
            "organisations": found[kind].organisations,
            "more_url": f"{url}?kind={kind}" if found[kind].has_more else "",
        }
        for kind, of in OF_KIND.items()
        if kind in found
    ]
    return render(request, "site/orgs.html", {"groups": groups})


def _answers(organisation: Organisation) -> int:
    kept = counts.sums("answers", [organisation.pk])
    return next(iter(kept.values())) if kept else beside.public_answers(organisation).count()


@public_page("after")
def org(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an organisation is and what it answered."""
    organisation = get_object_or_404(
        Organisation.objects.select_related("region", "parent"), slug=slug, is_active=True
    )
    after = request.GET.get("after", "")
    page = beside.answered_by_organisation(organisation, after=after)
    url = organisation.get_absolute_url()
    context = {
        "organisation": organisation,
        "children": organisation.children.filter(is_active=True)[:_ORGANISATIONS_MOST],
        "answers": page.items,
        "next_url": f"{url}?after={page.next_after}" if page.next_after else "",
        "first_url": url if after else "",
        "figures": {
            "answers": _answers(organisation),
            "holding_waiting": desks_queries.waiting_count([organisation.pk]),
        },
    }
    return render(request, "site/org.html", context)


@visitors_piece()
def me_bar(request: HttpRequest) -> HttpResponse:
    """The header's personal part."""
    memberships = orgs_queries.memberships_of(request.user)
    organisations = list({m.organisation_id for m in memberships})
    context = {
        "user": request.user,
        # Who still has to use their second factor finds the way to it at their desk.
        "is_member": bool(memberships) or factor.is_withheld(request),
        "desk_count": desks_queries.waiting_count(organisations) if organisations else 0,
        "crisis_count": crisis_queries.open_count(request.user, memberships),
        "is_operator": orgs_policy.has_operator(memberships),
        "demo": sign_in_allowed(request),
        "opened_url": _opened_url(request),
        "said": [] if _says_itself(request) else own.said_now(request),
    }
    own.let_keep(request)
    return render(request, "site/me_bar.html", context)


def _opened_url(request: HttpRequest) -> str:
    """The way back to the one question whose receipt is open here, or to the list of several."""
    opened = queries.opened(viewers.opened_by(request))
    if len(opened) == 1:
        return opened[0].get_absolute_url()
    return reverse("questions:receipt") if opened else ""


def _says_itself(request: HttpRequest) -> bool:
    """Whether the page around it has a fragment of its own that says what has just been done."""
    path = urlsplit(request.headers.get("HX-Current-URL", "")).path
    try:
        return resolve(path).view_name == "site:question"
    except Resolver404:
        return False
