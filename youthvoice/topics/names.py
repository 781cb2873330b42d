"""What may stand between two #, and when two names are the same."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from youthvoice.kit.text import check_clean, check_line, seen
from youthvoice.topics.choices import KEY_MOST, NAME_LEAST, NAME_MOST

#: Marks that draw nothing: they would make two names of one.
_UNSEEN = re.compile("[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def key_of(name: str) -> str:
    """Equal for names that read alike: compatible signs are one sign, and cases are one."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded)


def check_name(name: str) -> None:
    """2 to 20 signs that are all seen, without white space and #, and not signs alone.

    Raises ValidationError with a sentence for whoever wrote it.
    """
    check_clean(name)
    check_line(name)
    key = key_of(name)
    if any(sign.isspace() for sign in name + key):
        raise ValidationError(_("话题的名字里不能有空格。"), code="space")
    if "#" in key:
        raise ValidationError(_("名字里不用写 #，显示的时候会自动加上。"), code="hash")
    if not all(map(_is_seen, name)) or _UNSEEN.search(name + key):
        raise ValidationError(
            _("名字里有看不见的字符，请删去；有些表情里也藏着它。"), code="unseen"
        )
    if not NAME_LEAST <= len(name) <= NAME_MOST or not NAME_LEAST <= len(key) <= KEY_MOST:
        words = {"least": NAME_LEAST, "most": NAME_MOST}
        raise ValidationError(_("名字要 %(least)d 到 %(most)d 个字。") % words, code="length")
    # A sign that Python's tables don't know yet is one of the newest ideographs.
    if not any(unicodedata.category(sign)[0] in "LN" or _is_new(sign) for sign in name):
        raise ValidationError(_("名字里要有文字，不能只是符号。"), code="signs")


def _is_seen(sign: str) -> bool:
    kind = unicodedata.category(sign)
    # Signs for private use are drawn otherwise by everybody's screen.
    return kind[0] == "M" or (kind != "Co" and bool(seen(sign)))


def _is_new(sign: str) -> bool:
    return unicodedata.category(sign) == "Cn"
