from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from youthvoice.kit import clock
from youthvoice.people.devices import actions
from youthvoice.people.models import User

#: Where everybody passes who is signed in. Forms are sent elsewhere, so that what is noted
#: here doesn't tell who sent one.
_PATHS = ("/me/bar/", "/desk/", "/accounts/")


class SessionNotes:
    """Keeps the list of devices on which somebody is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(_PATHS) and isinstance(request.user, User):
            actions.note(request, request.user, at=clock.now())
        return response
