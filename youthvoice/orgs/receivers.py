from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from youthvoice.orgs import policy
from youthvoice.orgs.middleware import WORKS
from youthvoice.people.models import User


@receiver(user_logged_in)
def on_signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Mark sessions of staff, so that they end when nothing is done; it begins now."""
    if policy.is_counted_as_staff(user):
        request.session[WORKS] = True
        request.looked_at = True  # type: ignore[attr-defined]
