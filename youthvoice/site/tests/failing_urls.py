"""The site's addresses, and one whose view always fails."""

from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def fail(request):
    raise ZeroDivisionError("what somebody wrote")


urlpatterns = [*real, path("fail/", fail)]
