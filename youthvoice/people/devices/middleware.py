from collections.abc import Callable

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from youthvoice.kit import clock
from youthvoice.people.devices import actions
from youthvoice.people.models import User

#: Where everybody passes who is signed in. Forms are sent elsewhere, so that what is noted
#: here doesn't tell who sent one.
_PATHS = ("/me/bar/", "/desk/", "/accounts/")


class Sessions(SessionMiddleware):
    """Django's, but for a request whose session ends under way: another tab signed out or in.

    Django calls that a bad request. Here what was only looked at is asked for once more, under
    what the browser holds by now; what was done has been done, and its answer stands.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            answer: HttpResponse = super().process_response(request, response)
        except SessionInterrupted:
            if request.method not in ("GET", "HEAD"):
                return response
            return HttpResponseRedirect(
                request.get_full_path(), headers={"Cache-Control": "no-store"}
            )
        return answer


class SessionNotes:
    """Keeps the list of devices on which somebody is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(_PATHS) and isinstance(request.user, User):
            actions.note(request, request.user, at=clock.now())
        return response
