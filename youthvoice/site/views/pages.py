"""Organisations, the staff's front page, the header's fragment, and plain words."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from youthvoice.cases import queries as cases_queries
from youthvoice.crisis import queries as crisis_queries
from youthvoice.demo.policy import sign_in_allowed
from youthvoice.desks import queries as desks_queries
from youthvoice.kit import clock
from youthvoice.kit.public import public_page
from youthvoice.moderation import policy as moderation_policy
from youthvoice.moderation import queries as moderation_queries
from youthvoice.orgs import queries as orgs_queries
from youthvoice.orgs.choices import OF_KIND, Role
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.people.choices import VERSIONS, Document
from youthvoice.people.factors import factor
from youthvoice.people.models import User
from youthvoice.questions import queries
from youthvoice.workdays.queries import missing_years

_ORGANISATIONS_MOST = 60


@public_page
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html")


@public_page
def rules(request: HttpRequest) -> HttpResponse:
    """What may be written. Its words have a version: see people.choices.VERSIONS."""
    return render(request, "site/rules.html", {"version": VERSIONS[Document.RULES].name})


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whom. Its words have a version, too."""
    return render(request, "site/privacy.html", {"version": VERSIONS[Document.PRIVACY].name})


@public_page
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


@public_page
def org(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an organisation is and what it answered."""
    organisation = get_object_or_404(
        Organisation.objects.select_related("region", "parent"), slug=slug, is_active=True
    )
    after = request.GET.get("after", "")
    page = queries.answered_by_organisation(organisation, after=after)
    url = organisation.get_absolute_url()
    context = {
        "organisation": organisation,
        "children": organisation.children.filter(is_active=True)[:_ORGANISATIONS_MOST],
        "answers": page.items,
        "next_url": f"{url}?after={page.next_after}" if page.next_after else "",
        "first_url": url if after else "",
        "figures": {
            "answers": queries.public_answers(organisation).count(),
            "holding_waiting": desks_queries.waiting_count([organisation.pk]),
        },
    }
    return render(request, "site/org.html", context)


def _has_operator(memberships: list[Membership]) -> bool:
    return any(m.role == Role.OPERATOR for m in memberships)


@never_cache
@login_required
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The staff's front page: what waits at each organisation, and what is one's own."""
    memberships = orgs_queries.memberships_of(request.user)
    if not memberships:
        raise PermissionDenied
    now = clock.now()
    desks = desks_queries.desks(memberships, at=now)
    first = max(desks, key=lambda d: d.waiting).organisation
    show, after = request.GET.get("show", ""), request.GET.get("after", "")
    own = desks_queries.own_list(cast(User, request.user), show=show, after=after)
    late = cases_queries.notices_for(cast(User, request.user), at=now)
    is_operator = _has_operator(memberships)
    is_judge = moderation_policy.is_judge(request.user)
    context = {
        **(own or desks_queries.desk_of(first)),
        "own_tabs": desks_queries.own_tabs(show),
        "desks": desks,
        "is_judge": is_judge,
        "reported": moderation_queries.waiting_count(cast(User, request.user)) if is_judge else 0,
        "crisis_count": crisis_queries.open_count(request.user, memberships),
        "notices": late[: cases_queries.NOTICES_SHOWN],
        "more_notices": len(late) > cases_queries.NOTICES_SHOWN,
        "missing_years": missing_years(at=now) if is_operator else [],
        "empty_places": cases_queries.empty_places(at=now) if is_operator else [],
    }
    return render(request, "site/desk.html", context)


@never_cache
@require_GET
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
        "is_operator": _has_operator(memberships),
        "demo": sign_in_allowed(request),
    }
    return render(request, "site/me_bar.html", context)
