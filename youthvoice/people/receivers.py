"""What allauth does to accounts, told to the journal."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from youthvoice.kit import clock
from youthvoice.kit.clock import start_of_month
from youthvoice.people import actions, factor, factor_acts, sign_ins
from youthvoice.people.models import User


@receiver([password_changed, password_reset])
def on_password_changed(user: User, **kwargs: Any) -> None:
    actions.record_password_changed(person=user, at=clock.now())


@receiver(password_reset)
def on_password_reset(user: User, **kwargs: Any) -> None:
    actions.unlock(user)


@receiver(pre_save, sender=Authenticator)
def on_factor_saved(instance: Authenticator, **kwargs: Any) -> None:
    """The month is enough: to the second it would tell who was here when something was asked."""
    for name in ("created_at", "last_used_at"):
        if at := getattr(instance, name):
            setattr(instance, name, start_of_month(at))


@receiver(user_logged_in)
def on_signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    sign_ins.note(request, user, at=clock.now())


@receiver([password_changed, password_set, password_reset])
def on_new_password(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Sessions hold a digest of the password; their rows go with them."""
    sign_ins.end_with_password(request, user)


@receiver(authenticator_added)
def on_factor_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    if authenticator.type not in factor.TYPES:
        return
    if authenticator.type == Authenticator.Type.TOTP:
        # The code that set it up is spent like any other.
        factor.spend_of(authenticator, request.POST.get("code", ""))
    factor_acts.note_change(request, user, verb="added", type=authenticator.type, at=clock.now())
    factor.note_used(request, authenticator)
    factor_acts.tell(user, _("你的账号多了一种第二步验证，其他设备都已退出。"))


@receiver(authenticator_removed)
def on_factor_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    if authenticator.type not in factor.TYPES:
        return
    factor_acts.note_change(request, user, verb="removed", type=authenticator.type, at=clock.now())
    factor_acts.tell(user, _("你的账号少了一种第二步验证，其他设备都已退出。"))


@receiver(authenticator_reset)
def on_codes_renewed(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    factor_acts.note_change(request, user, verb="renewed", type=authenticator.type, at=clock.now())
    factor_acts.tell(user, _("你的备用码换了新的，旧的作废，其他设备都已退出。"))
