from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from youthvoice.kit import clock
from youthvoice.pictures import holding


@never_cache
@require_POST
def held(request: HttpRequest) -> HttpResponse:
    """A sign of life of a form that is open, and what waits for it: for a draft that came back."""
    shelf, at = holding.shelf_of(request), clock.now()
    if shelf is not None:
        shelf.touch(at=at)
    waiting = shelf.held(at=at) if shelf is not None else []
    return render(request, "pictures/_held.html", {"waiting": waiting})
