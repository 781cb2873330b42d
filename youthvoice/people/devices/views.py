"""The devices that somebody is signed in on."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from youthvoice.kit import clock
from youthvoice.people.devices import actions, queries
from youthvoice.people.models import User

#: Devices shown; whoever has more ends all others at once.
_SIGN_INS_MOST = 50


@never_cache
@login_required
@require_GET
def sign_in_list(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    person, now = cast(User, request.user), clock.now()
    # The page itself may be the first that this browser opens here.
    actions.note(request, person, at=now)
    rows = [
        {"row": row, "is_current": queries.is_current(request, row)}
        for row in queries.sign_ins_of(person, most=_SIGN_INS_MOST)
    ]
    context = {"rows": rows, "this_week": clock.week_of(now), "has_others": len(rows) > 1}
    return render(request, "people/devices/sessions.html", context)


@never_cache
@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End the session of one device, or all but this one."""
    person, which = cast(User, request.user), request.POST.get("which", "")
    if which == "others":
        actions.end_others(request, person, at=clock.now())
        messages.success(request, _("其他设备都退出了。"))
    else:
        # This very session is ended by signing out.
        rows = {str(row.pk): row for row in queries.sign_ins_of(person)}
        row = rows.get(which)
        if row is None or queries.is_current(request, row):
            raise Http404
        actions.end_one(row=row, person=person, at=clock.now())
        messages.success(request, _("那台设备退出了。"))
    return redirect("people:sessions")
