"""Controls that are drawn once: what people choose from is the same for everybody."""

from typing import Any

from django.forms import RadioSelect
from django.utils.safestring import SafeString

from youthvoice.readymade.fragments import Fragments

_DRAWN = Fragments(512 * 1024)


class Radios(RadioSelect):
    """Each button is kept under all that is drawn of it: nobody types into one."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> Any:
        def draw() -> SafeString:
            return RadioSelect._render(self, template_name, context, renderer)  # type: ignore[attr-defined]

        return _DRAWN.get(template_name, repr(context["widget"]), draw=draw)
