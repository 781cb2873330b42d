"""A control that holds all regions of the province."""

from typing import Any

from django.forms import Select
from django.utils.safestring import SafeString

from youthvoice.orgs.queries import all_regions
from youthvoice.readymade.fragments import Fragments

_DRAWN = Fragments(2 * 1024 * 1024)


class RegionSelect(Select):
    """Some two hundred options, the same for everybody until the regions change."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Its first option is none, which Django would look for by making them all."""
        return not self.is_hidden

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        return _DRAWN.get(
            name,
            str(value or ""),
            repr(sorted((attrs or {}).items())),
            of=all_regions(),
            draw=lambda: Select.render(self, name, value, attrs, renderer),
        )
