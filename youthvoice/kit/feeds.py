"""Feeds for readers of Atom (RFC 4287): every feed of the house is made by `Feed`.

Its ids and those of its entries are tag: URIs (RFC 4151) under the house's own mark, so that
they are the same by whatever name the house is called, and after a change of that name. The
text of an entry is text: nothing in it is read as markup.
"""

import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

#: What XML can't hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: An empty feed is as old as the platform: one that says "now" never stays the same.
_OLDEST = datetime(2026, 1, 1, tzinfo=UTC)


class Feed(Atom1Feed):
    """One feed. `house` is the house's mark, hex digits; `name` names the feed in its id.

    `link` is the page that shows the same; every feed has one, an id and an author, and no
    two have the same id.
    """

    def __init__(
        self, request: HttpRequest, *, house: str, name: str, title: str, link: str, told: str
    ) -> None:
        self._request = request
        # Nobody can be given a name that ends so; by its digits it is this house's all the same.
        self._ours = f"tag:{house}.invalid,2026"
        super().__init__(
            title=_xml(title),
            link=request.build_absolute_uri(link),
            # Of Atom the description is the subtitle, which Django takes apart.
            description="",
            subtitle=_xml(told),
            author_name=_xml(settings.SITE_NAME),
            feed_url=request.build_absolute_uri(),
            feed_guid=f"{self._ours}:{name}",
            language="zh-Hans",
        )

    def add(
        self, *, name: str, title: str, text: str, link: str, made: datetime, changed: datetime
    ) -> None:
        """An entry; `name` is the same in every feed in which it stands."""
        self.add_item(
            title=_xml(title),
            link=self._request.build_absolute_uri(link),
            description=_xml(text),
            unique_id=f"{self._ours}:{name}",
            pubdate=made,
            updateddate=changed,
        )

    def answered(self) -> HttpResponse:
        response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
        self.write(response, "utf-8")
        return response

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=_OLDEST)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        # Django would say of each summary that it is HTML.
        super().add_item_elements(handler, item | {"description": None})
        if item["description"]:
            handler.addQuickElement("summary", item["description"], {"type": "text"})


def _xml(text: object) -> str:
    return _NOT_XML.sub("", str(text))
