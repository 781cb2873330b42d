"""Numbers that help, in sentences of the house's own: a tap calls them."""

import re

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

#: Police, fire, ambulance and traffic; then the lines for young people, those in despair, women,
#: the law, work, and all that an authority may be asked.
NUMBERS = ("110", "119", "120", "122", "12355", "12356", "12338", "12348", "12333", "12345")
_NUMBER = re.compile(rf"(?<![0-9.-])({'|'.join(NUMBERS)})(?![0-9.-])")


def with_calls(words: str) -> SafeString:
    """The words as HTML, escaped unless they are safe, each such number a link that calls it.

    Only for what the house says itself: in people's words 120 may be a price. Safe HTML that has
    links already is not looked through.
    """
    text = conditional_escape(words)
    if "<a " in text:
        return text
    parts = _NUMBER.split(text)
    pairs = zip(parts[::2], [*parts[1::2], ""], strict=True)
    return format_html_join("", "{}{}", ((SafeString(said), _call(n)) for said, n in pairs))


def _call(number: str) -> str:
    return format_html('<a href="tel:{0}">{0}</a>', number) if number else ""
