"""What a choice is called, at the price of a look-up.

Django's own `get_…_display` reads all labels of the field anew each time, each through gettext.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Field
from django.utils.encoding import force_str
from django.utils.translation import get_language

#: The language of a house that has only one.
_ONLY = settings.LANGUAGE_CODE if len(settings.LANGUAGES) == 1 else None


def language() -> str | None:
    """In which language is spoken; where there is one, nobody is asked."""
    return _ONLY or get_language()


class Labelled:
    """Stands before `models.Model` among a model's bases."""

    def _get_FIELD_display(self, field: Field[Any, Any]) -> str:
        return _label(field, getattr(self, field.attname), language())


@lru_cache(maxsize=4096)
def _label(field: Field[Any, Any], value: Any, _language: str | None) -> str:
    return force_str(dict(field.flatchoices).get(value, value), strings_only=True)
