import re
import time

from django.http import HttpResponse
from django.urls import path

from config import urls
from tests.scripts.hanging import BUSY


def hang(request):
    """A pattern that takes longer than anybody lives, in a call that keeps the interpreter."""
    return HttpResponse(str(re.match("(a|a)*$", "a" * 99 + "b")))


def busy(request):
    end = time.thread_time() + BUSY
    while time.thread_time() < end:
        sum(range(1000))
    return HttpResponse("done")


urlpatterns = [*urls.urlpatterns, path("hang/", hang), path("busy/", busy)]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500
