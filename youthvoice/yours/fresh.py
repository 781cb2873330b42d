"""Whether it is still the one who signed in that sits here."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from youthvoice.kit import clock
from youthvoice.people.models import User

View = Callable[..., HttpResponseBase]


def fresh(view: View | None = None, *, again: bool = False) -> Any:
    """Lets in who gave a password (or second factor) within the last minutes, by the settings.

    With `again` signing in is not enough: it must be asked for anew. Accounts without any
    sign in once more. Never by allauth's own decorator: it would keep the form that was sent,
    with all cookies, in the session, and a receipt's cookie must meet no account there.
    """

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            person = cast(User, request.user)
            methods = get_adapter().get_reauthentication_methods(person)
            if _proved(request, person, by_record=bool(methods), again=again):
                return view(request, *args, **kwargs)
            if methods:
                where = urlencode({"next": request.path})
                return redirect(f"{methods[0]['url']}?{where}")
            messages.info(request, _("为了安全，请先退出，再登录一次，然后马上回到这里。"))
            return redirect("people:profile")

        return guarded

    return guard if view is None else guard(view)


def _proved(request: HttpRequest, person: User, *, by_record: bool, again: bool) -> bool:
    oldest = clock.now() - timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
    records = get_authentication_records(request, person)
    if not by_record and not records:
        # The demo's people have nothing that could be asked for; others always have a record.
        return not person.has_usable_password()
    again = again and by_record
    return any(
        record.get("at", 0) > oldest.timestamp() and (record.get("reauthenticated") or not again)
        for record in records
    )
