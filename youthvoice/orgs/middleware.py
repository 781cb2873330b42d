"""Sessions of staff: they end when nothing is done, and wait for their second factor."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from youthvoice.kit import clock
from youthvoice.kit.lazily import bare
from youthvoice.orgs import policy
from youthvoice.orgs.policy import Anyone
from youthvoice.people.factors import factor
from youthvoice.people.models import User

#: Says when this session last did something. In the browser and not in the database, where
#: it would tell who was here when a question without a name was asked.
COOKIE = "yv_awake"
_SALT = "youthvoice.awake"
#: Seconds for which a cookie is left as it is.
_FRESH = 60
#: Set at the sign-in of whoever works in an organisation.
WORKS = "works"


class StaffSessions:
    """Ends idle sessions, and leads whoever was refused for want of a factor to theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.user
        request.user = SimpleLazyObject(lambda: _awake(request, given))  # type: ignore[assignment]
        with factor.bound(request):
            response = self.get_response(request)
        if factor.is_withheld(request) and _is_refusal(response):
            response = _lead_to_factor(request)
        if hasattr(request, "slept"):
            messages.info(
                request,
                _("你有 %(minutes)d 分钟没有操作，为了安全已经退出，请重新登录。")
                % {"minutes": settings.STAFF_IDLE_SECONDS // 60},
            )
        _keep_awake(request, response)
        return response


def _is_refusal(response: HttpResponse) -> bool:
    """Refused, or sent to the door of the admin as nobody special."""
    to_door = response.get("Location", "").startswith(reverse("admin:login"))
    return response.status_code in {403, 404} or to_door


def _lead_to_factor(request: HttpRequest) -> HttpResponseRedirect:
    """To use one's factor, or to set one up, and then on to where one was going."""
    wanted = request.get_full_path() if request.method == "GET" else _page_before(request)
    if factor.has(cast(User, request.user)):
        messages.info(request, _("这一页只给工作人员看，先输入验证码。"))
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': wanted})}")
    messages.info(request, _("办理和后台要多一步验证，别人知道了你的密码也进不来。先设置一次。"))
    request.session[factor.NEXT] = wanted
    return redirect("mfa_index")


def _page_before(request: HttpRequest) -> str:
    """The page of a form that can't be sent again by going there: it keeps what was typed."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if page and ours else reverse("site:desk")


def _awake(request: HttpRequest, given: Anyone) -> Anyone:
    """Who is signed in; nobody any more if they work here and did nothing for too long."""
    request.looked_at = True  # type: ignore[attr-defined]
    given = bare(given)
    if not isinstance(given, User) or not _is_watched(request, given):
        return given
    idle = clock.now().timestamp() - _last_seen(request, given)
    if idle <= settings.STAFF_IDLE_SECONDS or factor.is_waived(request):
        return given
    if not policy.is_counted_as_staff(given):
        return given
    request.user = given
    auth.logout(request)
    request.slept = True  # type: ignore[attr-defined]
    return AnonymousUser()


def _is_watched(request: HttpRequest, person: User) -> bool:
    """Whether the session may be that of staff: no query for all the others."""
    return bool(request.session.get(WORKS)) or bool(factor.used_at(request, person))


def _last_seen(request: HttpRequest, person: User) -> float:
    """Seconds since 1970, by the cookie of this very session or by its factor."""
    return max(_cookie_time(request), factor.used_at(request, person))


def _keep_awake(request: HttpRequest, response: HttpResponse) -> None:
    if not hasattr(request, "looked_at") or not request.session.session_key:
        return
    # A page that calls by itself is nobody at work: see desks.views.work.here.
    if hasattr(request, "by_itself"):
        return
    if not isinstance(request.user, User) or not _is_watched(request, request.user):
        return
    now = int(clock.now().timestamp())
    if now - _cookie_time(request) >= _FRESH:
        response.set_cookie(
            COOKIE,
            cookie_value(request.session.session_key, now),
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _cookie_time(request: HttpRequest) -> float:
    try:
        told = signing.Signer(salt=_SALT).unsign(request.COOKIES.get(COOKIE, ""))
    except signing.BadSignature:
        return 0
    name, _dot, seconds = told.partition(".")
    return float(seconds) if name == _name_of(request.session.session_key or "") else 0


def cookie_value(session_key: str, seconds: int) -> str:
    """What says that this session did something so many seconds after 1970 began."""
    return signing.Signer(salt=_SALT).sign(f"{_name_of(session_key)}.{seconds}")


def _name_of(session_key: str) -> str:
    return salted_hmac(_SALT, session_key, algorithm="sha256").hexdigest()[:24]
