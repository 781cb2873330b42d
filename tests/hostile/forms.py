"""What a page asks for: the fields of its forms as they stand, and the names its links use."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit


class Fields(HTMLParser):
    """Names and first values of every field on a page, and names in its links' queries."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] = {}
        self.files: set[str] = set()
        self.queries: set[str] = set()
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            self.values.setdefault(name, "")
        elif tag == "option" and self._select:
            if "selected" in given or not self.values.get(self._select):
                self.values[self._select] = given.get("value", "")
        elif tag == "a":
            query = urlsplit(given.get("href", "").replace("[", "")).query
            self.queries |= {key for key, _ in parse_qsl(query, keep_blank_values=True)}

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind == "file":
            self.files.add(name)
        elif kind not in ("radio", "checkbox") or "checked" in given or name not in self.values:
            self.values[name] = given.get("value", "on" if kind == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data.removeprefix("\n")
