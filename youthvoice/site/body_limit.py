"""No request is longer than the longest form."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bytes_most() -> int:
    """All pictures of a form and one more, so that one too large is still told by name."""
    pictures = (settings.PICTURES_MOST + 1) * settings.PICTURE_BYTES_MOST
    return pictures + settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class BodyLimit:
    """Answers 413 to a longer one before any of it is read: Django itself bounds only fields.

    Of a request that does not say its length, Django reads nothing; of one that says too
    little, no more than that.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.headers.get("Content-Length", "")
        if said.isascii() and said.isdigit() and int(said[:20]) > bytes_most():
            return render(request, "413.html", status=413)
        return self.get_response(request)
