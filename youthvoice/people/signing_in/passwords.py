"""Whether a password can be guessed: not by its signs, but by how people choose them."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn_rs_py import zxcvbn

#: As many tries must not be enough.
LEAST_GUESSES = 10_000
#: What is looked at: the work grows faster than the length, to 0.1 s at so many signs.
_LOOKED_AT = 40


class GuessesValidator:
    def validate(self, password: str, user: Any = None) -> None:
        found = zxcvbn(_readable(password), _own_words(user))
        if found.guesses < LEAST_GUESSES:
            raise ValidationError(
                _(
                    "这个密码太容易猜到。换几个不相干的词连起来，比如四个词，不用名字、生日和键盘顺序。"
                ),
                code="password_too_guessable",
            )

    def get_help_text(self) -> str:
        return _("几个不相干的词连起来，又好记又难猜。")


def _own_words(user: Any) -> list[str]:
    given = [str(getattr(user, name, "") or "") for name in ("nickname", "username", "email")]
    # Parts of an address count as well as the whole.
    words = {part for word in given for part in (word, *re.split(r"[@._+\s-]", word))}
    return sorted(_readable(word) for word in words if len(word) > 2)


def _readable(word: str) -> str:
    """Its beginning, without the halves of signs that zxcvbn can't be given."""
    return word[:_LOOKED_AT].encode(errors="replace").decode()
