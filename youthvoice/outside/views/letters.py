"""The holder's side of a letter: a link and a code for a body in which nobody has an account."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from youthvoice.cases.actions import SomebodyWasFirst, UnableToMove
from youthvoice.cases.models import Hop
from youthvoice.cases.policy import holds
from youthvoice.kit import clock
from youthvoice.kit.letters import reach_out
from youthvoice.outside import actions, codes, policy, queries
from youthvoice.outside.choices import LINK_DAYS, MailKind, MailState
from youthvoice.outside.forms import MailForm
from youthvoice.people.models import User


def _hop(request: HttpRequest, pk: int) -> Hop:
    """Raises Http404 and PermissionDenied: letters are made by whoever holds the case."""
    found = queries.hop_for_letter(pk)
    if found is None:
        raise Http404
    if not holds(request.user, found.lane.case):
        raise PermissionDenied
    return found


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """What a letter is; a POST makes the link and the code and shows them this once."""
    hop = _hop(request, pk)
    if request.method != "POST":
        return _page(request, hop)
    try:
        link, code = _issue(request, hop)
    except UnableToMove as problem:
        return _page(request, hop, problem=problem)
    return _page(request, hop, link=link, code=code)


@never_cache
@login_required
@require_POST
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link and the code, and the letter that holds them, to print or to send."""
    from youthvoice.outside.letter_pdf import draw  # noqa: PLC0415 - see there

    hop = _hop(request, pk)
    try:
        link, code = _issue(request, hop)
    except UnableToMove as problem:
        return _page(request, hop, problem=problem)
    shows_numbers = queries.shows_numbers(hop.lane.case.question)
    drawn = draw(hop=hop, link=link, code=code, at=clock.now(), shows_numbers=shows_numbers)
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="letter-{hop.pk}.pdf"'
    return response


@never_cache
@login_required
@require_POST
def letter_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go to the body's mailbox. The address is shown to nobody here."""
    hop = _hop(request, pk)
    form = MailForm(request.POST)
    if not form.is_valid():
        return _page(request, hop, form=form, status=422)
    try:
        actions.order_mail(
            hop=hop,
            code_follows=form.code_follows,
            by=cast(User, request.user),
            at=clock.now(),
        )
    except UnableToMove as problem:
        return _page(request, hop, form=form, problem=problem)
    return redirect("outside:letter", pk)


@never_cache
@login_required
@require_POST
def letter_code(request: HttpRequest, pk: int) -> HttpResponse:
    """A code for the link in their mailbox, shown this once, to be told by telephone."""
    hop = _hop(request, pk)
    try:
        code = actions.new_code(hop=hop, by=cast(User, request.user), at=clock.now())
    except UnableToMove as problem:
        return _page(request, hop, problem=problem)
    return _page(request, hop, code=codes.in_groups(code))


def _page(
    request: HttpRequest,
    hop: Hop,
    *,
    problem: UnableToMove | None = None,
    form: MailForm | None = None,
    status: int = 200,
    **once: str,
) -> HttpResponse:
    """The page as it is now, with what is shown this once."""
    if problem is not None:
        status = 409 if isinstance(problem, SomebodyWasFirst) else 422
    question = hop.lane.case.question
    mails = queries.mails_of(hop)
    latest = next((mail for mail in mails if mail.kind == MailKind.LETTER), None)
    made = getattr(hop, "outside_code", None)
    if made is not None and latest is not None and latest.state != MailState.SENT:
        # A link of a mail that never went is nowhere.
        made = made if made.made_at < latest.made_at else None
    context = {
        "hop": hop,
        "question": question,
        "may_issue": policy.may_issue_code(request.user, hop),
        "may_mail": policy.may_mail(request.user, hop),
        "reaches_out": reach_out(),
        "holds_numbers": queries.holds_numbers(question),
        "shows_numbers": queries.shows_numbers(question),
        "mails": mails,
        "is_under_way": any(mail.state == MailState.WAITING for mail in mails),
        "code_went": mails[:1] and mails[0].kind == MailKind.CODE,
        "mailed_link": queries.mailed_link(hop),
        "form": form or MailForm(),
        "earlier": made,
        "days": LINK_DAYS,
        "problem": str(problem) if problem is not None else "",
        **once,
    }
    return render(request, "outside/letter.html", context, status=status)


def _issue(request: HttpRequest, hop: Hop) -> tuple[str, str]:
    """The link in full, and the code as people copy it."""
    token, code = actions.issue_code(hop=hop, by=cast(User, request.user), at=clock.now())
    link = request.build_absolute_uri(reverse("outside:asked", args=[token]))
    return link, codes.in_groups(code)
