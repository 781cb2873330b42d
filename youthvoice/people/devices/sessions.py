"""Sessions in the database that name nobody and tell no day.

A copy of the database that says who signed in, and when, would name the one who asked without
a name a minute later. So the data of each session is sealed with a key outside the database,
and its end is the end of a week. Django's `last_login` isn't kept at all.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db

from youthvoice.kit.clock import start_of_day
from youthvoice.kit.seal import Broken, Seal


class SessionStore(db.SessionStore):
    def encode(self, session_dict: dict[str, Any]) -> str:
        return _seal(settings.SECRET_KEY).close(super().encode(session_dict))

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Nothing, for what was sealed under another key."""
        text = session_data if isinstance(session_data, str) else session_data.decode()
        keys: list[str] = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
        for key in keys:
            with suppress(Broken):
                found: dict[str, Any] = super().decode(_seal(key).open(text))
                return found
        return {}

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """The end of the week in which it would end."""
        end: datetime = super().get_expiry_date(**kwargs)
        day = start_of_day(end)
        return day + timedelta(days=7 - day.weekday())


def _seal(key: str) -> Seal:
    return Seal(f"youthvoice.sessions {key}")
