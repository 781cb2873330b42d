import re
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from youthvoice.cases import actions, policy
from youthvoice.cases.models import Notice
from youthvoice.kit import clock
from youthvoice.orgs import policy as orgs_policy
from youthvoice.people.models import User

SLUG = re.compile("[-a-zA-Z0-9_]{1,60}", re.ASCII)


@login_required
@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """知道了."""
    if not orgs_policy.is_staff(request.user):
        raise PermissionDenied
    notice = get_object_or_404(Notice.objects.select_related("lane__case"), pk=pk)
    if not policy.may_tick_off(request.user, notice):
        raise Http404
    actions.tick_off(notice=notice, by=cast(User, request.user), at=clock.now())
    return back(request)


def back(request: HttpRequest) -> HttpResponse:
    """To the desk on which it stood: a body's own, or the front page."""
    slug = request.POST.get("desk", "")
    return redirect("desks:queue", slug) if SLUG.fullmatch(slug) else redirect("site:desk")
