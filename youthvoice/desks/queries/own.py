"""What somebody of the staff has for themselves, over all bodies that they work for."""

from typing import Any

from django.urls import reverse

from youthvoice.desks.choices import OwnShow
from youthvoice.desks.queries.notes import mentions_of
from youthvoice.desks.queries.queues import of_person
from youthvoice.kit.paging import Page
from youthvoice.people.models import User


def own_tabs(show: str) -> list[dict[str, Any]]:
    """The way to each list, from wherever one is."""
    url = reverse("site:desk")
    return [
        {"code": s, "label": s.label, "current": s == show, "url": f"{url}?show={s}"}
        for s in OwnShow
    ]


def own_list(person: User, *, show: str, after: str) -> dict[str, Any] | None:
    """What a page needs to show one of them; None where `show` is none of them."""
    if show not in OwnShow:
        return None
    url = f"{reverse('site:desk')}?show={show}"
    if show == OwnShow.MENTIONED:
        found: Page[Any] = mentions_of(person, after=after)
        rows = {"mentions": found.items}
    else:
        found = of_person(person, after=after)
        rows = {"lanes": found.items}
    return {
        "show": OwnShow(show),
        "heading": OwnShow(show).label,
        **rows,
        "next_url": f"{url}&after={found.next_after}" if found.next_after else "",
        "first_url": url if after else "",
    }
