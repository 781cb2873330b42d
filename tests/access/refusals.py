"""The pages of refusals, drawn once: nothing but the kind of refusal is in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django import shortcuts
from django.http import HttpRequest, HttpResponse

from youthvoice.site import errors

FORGED = "403_csrf.html"


@contextmanager
def drawn_once() -> Iterator[dict[str, bytes]]:
    """A refusal in here gets the bytes of the first of its kind; gives those, by template.

    A third of a refused request would go into drawing the same page. That it is the same
    whoever asks, test_matrix.py shows.
    """
    drawn: dict[str, bytes] = {}

    def render(
        request: HttpRequest, template: str, context: Any = None, *, status: int
    ) -> HttpResponse:
        if context:
            return shortcuts.render(request, template, context, status=status)
        if template not in drawn:
            drawn[template] = shortcuts.render(request, template, status=status).content
        return HttpResponse(drawn[template], status=status)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(errors, "render", render)
        yield drawn
