"""What allauth does to sessions, noted in the list of devices."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from youthvoice.kit import clock
from youthvoice.people.devices import actions
from youthvoice.people.models import User


@receiver(user_logged_in)
def on_signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    actions.note(request, user, at=clock.now())


@receiver([password_changed, password_set, password_reset])
def on_new_password(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Sessions hold a digest of the password; their rows go with them."""
    actions.end_with_password(request, user)
