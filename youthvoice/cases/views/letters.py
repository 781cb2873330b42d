"""The holder's side of a letter: a link and a code for a body in which nobody has an account."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from youthvoice.cases import actions, codes, letters, policy
from youthvoice.cases.models import Hop
from youthvoice.cases.queries import outside as queries
from youthvoice.kit import clock
from youthvoice.people.models import User


def _hop(request: HttpRequest, pk: int) -> Hop:
    """Raises Http404 and PermissionDenied: letters are made by whoever holds the case."""
    found = queries.hop_for_letter(pk)
    if found is None:
        raise Http404
    if not policy.holds(request.user, found.lane.case):
        raise PermissionDenied
    return found


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """What a letter is; a POST makes the link and the code and shows them this once."""
    hop = _hop(request, pk)
    context = {
        "hop": hop,
        "question": hop.lane.case.question,
        "may_issue": policy.may_issue_code(request.user, hop),
        "earlier": getattr(hop, "outside_code", None),
        "days": actions.LINK_DAYS,
    }
    if request.method == "POST":
        try:
            context["link"], context["code"] = _issue(request, hop)
        except actions.UnableToMove as problem:
            context["problem"] = str(problem)
            return render(request, "cases/letter.html", context, status=422)
    return render(request, "cases/letter.html", context)


@never_cache
@login_required
@require_POST
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link and the code, and the letter that holds them, to print or to send."""
    hop = _hop(request, pk)
    try:
        link, code = _issue(request, hop)
    except actions.UnableToMove as problem:
        context = {"hop": hop, "question": hop.lane.case.question, "problem": str(problem)}
        return render(request, "cases/letter.html", context, status=422)
    drawn = letters.draw(hop=hop, link=link, code=code, at=clock.now())
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="letter-{hop.pk}.pdf"'
    return response


def _issue(request: HttpRequest, hop: Hop) -> tuple[str, str]:
    """The link in full, and the code as people copy it."""
    token, code = actions.issue_code(hop=hop, by=cast(User, request.user), at=clock.now())
    link = request.build_absolute_uri(reverse("cases:outside", args=[token]))
    return link, codes.in_groups(code)
