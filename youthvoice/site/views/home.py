from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from youthvoice.counts.queries import Kept
from youthvoice.kit import clock
from youthvoice.kit.addresses import address
from youthvoice.kit.public import public_page
from youthvoice.orgs.models import Region
from youthvoice.orgs.queries import all_regions, region_and_above, region_groups
from youthvoice.questions import queries
from youthvoice.questions.choices import Field, Kind, TallyName
from youthvoice.questions.models import Question
from youthvoice.reads import queries as reads_queries
from youthvoice.reads.actions import count_read
from youthvoice.reads.choices import Audience
from youthvoice.readymade.fragments import Fragments
from youthvoice.site import beside

_SHOW = {"new": _("最新"), "hot": _("大家在聊"), "waiting": _("等回答"), "solved": _("已解决")}
_CARDS = 4
#: The most-used of the lists' ways to be narrowed, of which there are some twenty thousand.
_NARROWINGS = Fragments(4 * 1024 * 1024)


@public_page("show", "field", "region", "kind", "after")
def home(request: HttpRequest) -> HttpResponse:
    """The pulse, what has just been answered, what waits, the doors, and the list."""
    count_read(request, "home")
    filters = queries.Filters.of(request.GET.dict())
    show = request.GET.get("show", "")
    show = show if show in _SHOW else "new"
    after = request.GET.get("after", "")
    is_front = not after and show == "new" and filters == queries.Filters()
    found = queries.listed(show=show, filters=filters, after=after)
    echoed = beside.latest_echoed(most=_CARDS) if is_front else []
    waiting = beside.longest_waiting(most=_CARDS) if is_front else []
    beside.with_regions([*found.items, *echoed, *waiting])
    link = _Links(show, filters)
    kept = queries.site_numbers() if is_front else None
    context = {
        "pulse": pulse(kept) if is_front else {},
        "is_front": is_front,
        "echoed": echoed,
        "waiting": waiting,
        "fields": _doors(kept) if is_front else [],
        "show": show,
        "filters": filters,
        "tabs": [
            {"code": code, "label": label, "current": code == show, "url": link(show=code)}
            for code, label in _SHOW.items()
        ],
        "narrowed_to": _narrowed_to(filters),
        "show_name": "" if show == "new" else _SHOW[show],
        "narrowing": _narrowing(show, filters),
        "questions": found.items,
        "next_url": link(after=found.next_after) if found.next_after else "",
        "first_url": link() if after else "",
    }
    return render(request, "site/home.html", context)


def _narrowing(show: str, filters: queries.Filters) -> SafeString:
    """What leads to the list narrowed otherwise: some hundred links, the same until regions are."""

    def draw() -> SafeString:
        return render_to_string("site/_filters.html", ways(show, filters))

    return _NARROWINGS.get(show, filters, of=all_regions(), draw=draw)


def ways(show: str, filters: queries.Filters) -> dict[str, list[dict[str, Any]]]:
    link = _Links(show, filters)
    return {
        "field_links": link.choices("field", Field.choices, filters.field),
        "kind_links": link.choices("kind", Kind.choices, filters.kind),
        "places": _places(link, filters.region),
    }


class _Links:
    """Addresses of this list with something changed; equal lists have equal addresses."""

    def __init__(self, show: str, filters: queries.Filters) -> None:
        self.now = {
            "show": show,
            "field": filters.field,
            "region": filters.region,
            "kind": filters.kind,
        }

    def __call__(self, **changes: str) -> str:
        wanted = self.now | changes
        if wanted["show"] == "new":
            wanted["show"] = ""
        query = urlencode({name: value for name, value in wanted.items() if value})
        return address("site:home") + (f"?{query}" if query else "")

    def choices(
        self, name: str, choices: Iterable[tuple[str, object]], current: str
    ) -> list[dict[str, object]]:
        return [
            {"code": code, "label": label, "current": code == current, "url": self(**{name: code})}
            for code, label in [("", _("全部")), *choices]
        ]


def _narrowed_to(filters: queries.Filters) -> list[object]:
    """What the list is narrowed to, in words: the place, the field, what is wanted."""
    place = all_regions().get(filters.region)
    return [
        *([place.name] if place else []),
        *([Field(filters.field).label] if filters.field else []),
        *([Kind(filters.kind).label] if filters.kind else []),
    ]


def _places(link: _Links, code: str) -> list[dict[str, object]]:
    """The cities, and where one is chosen its counties: each list with what is chosen of it.

    Without a county the second one stands for its whole city.
    """
    groups = region_groups()
    above = region_and_above(code)
    group = next((g for g in groups if g.city.code in above), None)
    cities = _Places(_("全省"), "", [g.city for g in groups], group.city.code if group else "")
    if group is None or not group.counties:
        return [cities.drawn(link, _("选市"))]
    counties = _Places(_("所有县区"), group.city.code, group.counties, code)
    return [cities.drawn(link, _("选市")), counties.drawn(link, _("选县区"))]


@dataclass(frozen=True)
class _Places:
    """A list of places of which one may be chosen, or all of them by their own code."""

    all_name: object
    all_code: str
    regions: list[Region]
    chosen: str

    def drawn(self, link: _Links, name: object) -> dict[str, object]:
        chosen = next((r for r in self.regions if r.code == self.chosen), None)
        return {
            "name": name,
            "chosen": chosen.name if chosen else self.all_name,
            "links": [
                {"label": self.all_name, "url": link(region=self.all_code), "current": not chosen},
                *(
                    {"label": r.short_name, "url": link(region=r.code), "current": r == chosen}
                    for r in self.regions
                ),
            ],
        }


def _doors(kept: Kept | None) -> list[dict[str, object]]:
    """What waits behind each; where nobody has asked yet, not that all was answered."""
    waiting, asked = _waiting(kept)
    return [
        {
            "code": code,
            "label": label,
            "waiting": waiting.get(code, 0),
            "is_answered": code in asked and not waiting.get(code),
        }
        for code, label in Field.choices
    ]


def _waiting(kept: Kept | None) -> tuple[dict[str, int], Collection[str]]:
    """How many wait in each field, and in which of the others anybody has asked."""
    if kept is not None:
        waits, asked = kept.get("waiting"), kept.get("asked")
        return waits[0] if waits else {}, asked[0] if asked else {}
    rows = Question.objects.waiting().order_by().values_list("field")
    found = dict(rows.annotate(Count("pk")))
    # Django asks nothing of the database for an empty list.
    others = Question.objects.listed().filter(field__in=set(Field.values) - set(found))
    return found, set(others.order_by().values_list("field", flat=True).distinct())


def pulse(kept: Kept | None = None) -> dict[str, object]:
    tally = queries.tallies()
    return {
        "questions": tally[TallyName.QUESTIONS],
        "participants": tally[TallyName.PEOPLE] + tally[TallyName.NAMELESS],
        "reads": reads_queries.site_totals()[Audience.PUBLIC],
        "median_seconds": queries.median_first_answer_seconds(at=clock.now(), kept=kept),
        "imported": tally[TallyName.IMPORTED],
    }


@public_page()
def pulse_page(request: HttpRequest) -> HttpResponse:
    """What each number of the pulse means, and what is counted apart."""
    reads = reads_queries.site_totals()
    numbers = pulse(queries.site_numbers())
    context = {
        "pulse": numbers,
        "median_days": queries.MEDIAN_DAYS,
        "apart": {
            "imported_questions": numbers["imported"],
            "staff_reads": reads[Audience.STAFF],
            "robot_reads": reads[Audience.ROBOT],
        },
    }
    return render(request, "site/pulse.html", context)
