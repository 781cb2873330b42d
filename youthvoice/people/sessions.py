"""Sessions in the database that tell no day: when somebody signed in is nobody's to know.

A session that says when it began would name, among those who signed in, the one who asked
without a name a minute later. So would Django's `last_login`, which isn't kept at all.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends import db

from youthvoice.kit.clock import start_of_day


class SessionStore(db.SessionStore):
    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """The end of the week in which it would end."""
        end: datetime = super().get_expiry_date(**kwargs)
        day = start_of_day(end)
        return day + timedelta(days=7 - day.weekday())
