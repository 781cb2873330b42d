"""What allauth does to passwords, told to the journal."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.dispatch import receiver

from youthvoice.kit import clock
from youthvoice.people.models import User
from youthvoice.people.signing_in import actions


@receiver([password_changed, password_reset])
def on_password_changed(user: User, **kwargs: Any) -> None:
    actions.record_password_changed(person=user, at=clock.now())


@receiver(password_reset)
def on_password_reset(user: User, **kwargs: Any) -> None:
    actions.unlock(user)
