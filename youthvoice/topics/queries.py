from youthvoice.kit.paging import Page, by_time, page
from youthvoice.orgs.models import Organisation
from youthvoice.topics.models import Topic

_LATEST = by_time("active_at")


def listed(*, after: str = "") -> Page[Topic]:
    """One page of all topics, those first in which something was said last. One query."""
    return page(Topic.objects.select_related("host"), key=_LATEST, after=after)


def hosted_by(organisation: Organisation, *, after: str = "") -> Page[Topic]:
    """One page of an organisation's topics, the same way. One query."""
    return page(Topic.objects.filter(host=organisation), key=_LATEST, after=after)


def open_at(organisation: Organisation, *, most: int) -> list[Topic]:
    """Those that still take questions, the liveliest first."""
    rows = Topic.objects.filter(host=organisation, closed_at=None)
    return list(rows.order_by("-active_at", "-pk")[:most])
