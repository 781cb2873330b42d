"""In whose eyes public pages are drawn, and that each is counted once an hour."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from youthvoice.kit import clock
from youthvoice.reads.actions import recorder
from youthvoice.reads.visitors import identify

EVERYBODY = AnonymousUser()


def count_read(request: HttpRequest, target: str) -> None:
    """Note that the page's target is read; robots and staff are told apart there."""
    if request.method == "GET":
        at = clock.now()
        recorder.add(target=target, visitor=identify(request, at=at), at=at)
