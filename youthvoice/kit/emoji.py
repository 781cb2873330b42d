"""Emoji that are put together of several signs, some of which draw nothing by themselves.

A joiner or a selector within such a one is what makes it, so a name may hold it; anywhere else
it only makes two names of what looks like one.
"""

import re
import unicodedata

#: What may be drawn as a picture. Wider than Unicode's table, which grows each year, and free of
#: letters: what is let through here still has to be seen.
_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe"
    "\u2600-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f004-\U0001f0cf\U0001f170-\U0001f1e5\U0001f200-\U0001f251\U0001f300-\U0001f3fa"
    "\U0001f400-\U0001faff]"
)
#: In colour, or as a letter of the text is: telephones add the one, copied signs hold the other.
_ONE = f"{_PICTURE}(?:[\U0001f3fb-\U0001f3ff]\ufe0f?|[\ufe0e\ufe0f])?"
#: The flags of parts of a country that there are: of any other end, none would be drawn.
_PARTS = "|".join(
    "".join(chr(0xE0000 + ord(sign)) for sign in part) for part in ("gbeng", "gbsct", "gbwls")
)
_EMOJI = re.compile(
    f"\U0001f3f4(?:{_PARTS})\U000e007f"
    # No family has more than four, no couple more than four parts.
    f"|{_ONE}(?:\u200d{_ONE}){{0,4}}"
    "|[\U0001f1e6-\U0001f1ff]{2}"
    "|[0-9#*]\ufe0f?\u20e3"
)
#: Letters and signs that draw nothing, besides white space, controls and format characters.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe0e\ufe0f\U000e0000-\U000e0fff]"
)
#: A selector after an ideograph says in which of its forms a name is written with it.
_FORMS = re.compile(
    "([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af])"
    "[\ufe00-\ufe02\U000e0100-\U000e01ef]"
)


def without_emoji(text: str) -> str:
    """What remains of it without those that are well made; in place of each stands a space."""
    return _EMOJI.sub(" ", text)


def hides_something(name: str) -> bool:
    """Whether there is a sign in it that nobody sees, and that isn't part of an emoji."""
    rest = _FORMS.sub(r"\1", without_emoji(name))
    return bool(_BLANK.search(rest)) or any(
        unicodedata.category(sign) in {"Cf", "Cc", "Co", "Cs"} or "\ufe00" <= sign <= "\ufe0d"
        for sign in rest
    )
