"""Who works in an organisation, and the links by which others come to."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from youthvoice.kit import clock
from youthvoice.orgs import actions, policy, queries
from youthvoice.orgs.choices import Role
from youthvoice.orgs.forms import InviteForm
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works here, which links are open, and a new one: its address is shown this once."""
    organisation, roles = _looked_after(request, slug)
    form = InviteForm(request.POST if request.method == "POST" else None, roles=roles)
    link = ""
    if form.is_valid():
        by = cast(User, request.user)
        try:
            token = actions.invite(
                organisation=organisation, by=by, at=clock.now(), **form.cleaned_data
            )
        except actions.UnableToInvite as problem:
            form.add_error(None, str(problem))
        else:
            link = request.build_absolute_uri(reverse("orgs:join", args=[token]))
    context = {
        "organisation": organisation,
        "members": queries.members_of(organisation),
        "invitations": queries.invitations_of(organisation, at=clock.now()),
        "form": InviteForm(roles=roles) if link else form,
        "made": form.cleaned_data if link else None,
        "link": link,
        "gives": roles,
        "is_operator": Role.OPERATOR in roles,
    }
    return render(request, "orgs/members.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_POST
def drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a link back."""
    organisation, _roles = _looked_after(request, slug)
    found = queries.invitations_of(organisation, at=clock.now()).filter(pk=pk).first()
    try:
        actions.uninvite(invitation=found, by=cast(User, request.user), at=clock.now())
    except actions.UnableToInvite as problem:
        messages.error(request, str(problem))
    return redirect("orgs:members", organisation.slug)


@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The other side of a link. Looking uses nothing up: programmes open links by themselves."""
    found = queries.invitation(token, at=clock.now())
    if found is None:
        return render(request, "orgs/gone.html", status=404)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        if actions.accept_invitation(token=token, by=request.user, at=clock.now()) is None:
            return render(request, "orgs/gone.html", status=404)
        messages.success(
            request, _("你现在在%(body)s了。") % {"body": found.organisation.short_name}
        )
        return redirect("site:desk")
    return render(request, "orgs/join.html", {"invitation": found})


def _looked_after(request: HttpRequest, slug: str) -> tuple[Organisation, list[Role]]:
    """An organisation with the roles that the reader may give there; raises PermissionDenied."""
    organisation = get_object_or_404(Organisation, slug=slug, is_active=True)
    roles = policy.roles_to_give(request.user, organisation.pk)
    if not roles:
        raise PermissionDenied
    return organisation, roles
