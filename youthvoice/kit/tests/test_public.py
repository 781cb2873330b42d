"""What a public page may not look at."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory

from youthvoice.kit.public import public_page


def test_a_page_that_looks_who_is_reading_is_refused():
    def nosy(request):
        request.session.get("anything")
        return HttpResponse("hello")

    request = RequestFactory().get("/nosy/")
    request.session = SessionStore()

    with pytest.raises(RuntimeError, match="/nosy/"):
        public_page()(nosy)(request)
