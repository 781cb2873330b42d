"""What is done with second factors: told to the journal, to the person, to other sessions."""

import time
from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.people.devices import actions as devices
from youthvoice.people.devices.queries import number_of
from youthvoice.people.factors.adapter import SealBroken
from youthvoice.people.models import User


class UnableToReset(Exception):
    """Its message is shown to the person who tried."""


def note_change(request: HttpRequest, person: User, *, verb: str, type: str, at: datetime) -> None:
    """A factor was added, removed, or its recovery codes renewed: other sessions end."""
    with transaction.atomic():
        devices.end_all(person, but=number_of(request))
        record(f"person.factor_{verb}", subject=person, actor=person, at=at, data={"type": type})
    devices.stay(request, person)


def reset(*, person: User, by: User | None, at: datetime) -> None:
    """Take away all factors of somebody who lost theirs, and end their sessions.

    `by` is an operator, or None for whoever has the machine itself. Raises UnableToReset.
    """
    if by is not None and by.pk == person.pk:
        raise UnableToReset(_("自己的第二步验证不能自己重置，请另一位管理员来做。"))
    with transaction.atomic():
        many, _rows = Authenticator.objects.filter(user=person).delete()
        if not many:
            raise UnableToReset(_("这个账号没有设置第二步验证。"))
        devices.end_all(person)
        record("person.factor_reset", subject=person, actor=by, at=at)
    tell(person, _("你的第二步验证被管理员重置了，所有设备都已退出。登录后请重新设置。"))


def tell(person: User, words: str) -> None:
    """Tell somebody by e-mail what was changed in their account, if they left an address."""
    if not person.email:
        return
    text = _("%(words)s\n\n如果不是你要求的，请马上改密码，并联系 %(contact)s。") % {
        "words": words,
        "contact": settings.CONTACT,
    }
    subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{_('账号安全提醒')}"
    # A mail server that is away must not undo what has been done.
    send_mail(subject, text, None, [person.email], fail_silently=True)


def spend(person: User, code: str) -> Authenticator | None:
    """The authenticator that this code belongs to, or None; no code is good twice."""
    for authenticator in Authenticator.objects.filter(user=person).exclude(
        type=Authenticator.Type.WEBAUTHN
    ):
        try:
            if spend_of(authenticator, code):
                authenticator.user = person
                return unnoted(authenticator)
        except SealBroken:
            continue
    return None


def unnoted(authenticator: Authenticator) -> Authenticator:
    """allauth would write to its row each time that it is used: the log of writes would tell who
    came before something was asked without a name."""
    authenticator.record_usage = lambda: None
    return authenticator


def spend_of(authenticator: Authenticator, code: str) -> bool:
    if authenticator.type == Authenticator.Type.TOTP:
        return _spend_totp(authenticator, code)
    return bool(authenticator.wrap().validate_code(code))


def _spend_totp(authenticator: Authenticator, code: str) -> bool:
    """RFC 6238, 5.2: a step that was accepted, and every one before it, is used up.

    What is used up stands where limits are counted, for all processes and over restarts, and not
    in the app's row, which is somebody's: see `unnoted`.
    """
    row = Authenticator.objects.filter(pk=authenticator.pk).first()
    if row is None:
        return False
    secret = decrypt(row.data["secret"])
    now = int(time.time()) // app_settings.TOTP_PERIOD
    first = now - app_settings.TOTP_TOLERANCE
    for step in range(first, now + app_settings.TOTP_TOLERANCE + 1):
        expected = format_hotp_value(hotp_value(secret, step))
        if compare_user_code(actual=code, expected=expected) and _use_up(authenticator, step):
            for earlier in range(first, step):
                _use_up(authenticator, earlier)
            return True
    return False


def _use_up(authenticator: Authenticator, step: int) -> bool:
    """False if it is used up already."""
    try:
        limits.take(What.FACTOR_STEP, who=f"{authenticator.pk}:{step}", at=clock.now())
    except limits.TooMany:
        return False
    return True
