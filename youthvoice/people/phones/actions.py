"""All writes that have to do with telephones."""

import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.kit.clock import start_of_month
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.people.models import Phone, PhoneCode, User
from youthvoice.people.phones import numbers, policy, sms

#: Shared with the page that says so.
VALID = timedelta(minutes=5)
TRIES = 3
#: How long a proved number waits for the rest of a sign-up.
_JOINING = timedelta(minutes=30)


class UnableToSendCode(Exception):
    """The message didn't leave."""


class WrongCode(Exception):
    """Not this one; there are tries left."""


class CodeIsOver(Exception):
    """Expired, used, or tried too often."""


class UnableToKeep(Exception):
    """The number can't be this account's."""


def send_code(*, number: str, visit: networks.Visit, at: datetime) -> PhoneCode:
    """Make a code for a number and send it, whoever's number it is.

    It says nothing of accounts, and does the same whether there is one. The message goes out
    before we answer, for the one who waits for it must know when it failed: a second try is
    theirs. Raises TooMany, UnableToSendCode.
    """
    digest = numbers.digest(number)
    also = [limits.Want(what, digest.hex()) for what in (What.PHONE_MINUTE, What.PHONE_DAY)]
    networks.take(visit, What.PHONE_NETWORK, at=at, also=also)
    code, key = f"{secrets.randbelow(10**6):06d}", secrets.token_urlsafe(24)
    sent = PhoneCode.objects.create(
        key=key,
        digest=digest,
        ending=numbers.ending(number),
        code=numbers.code_digest(code, nonce=key),
        ends_at=at + VALID,
    )
    try:
        sms.send(number, code, at=at)
    except sms.UnableToSend:
        sent.delete()
        limits.give_back(What.PHONE_DAY, who=digest.hex(), at=at)
        raise UnableToSendCode(_("短信没有发出去，请过一两分钟再试。")) from None
    return sent


def prove(*, key: str, typed: str, at: datetime) -> PhoneCode:
    """The number whose code was typed. Counted before it is looked at; a code works once.

    Raises WrongCode, CodeIsOver.
    """
    over = CodeIsOver(_("这个验证码用过了、过期了，或者错了三次。请重新获取。"))
    mine = PhoneCode.objects.filter(key=key, proved=False, ends_at__gt=at)
    if not mine.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        raise over
    sent = PhoneCode.objects.filter(key=key).first()
    if sent is None:
        raise over
    if not hmac.compare_digest(bytes(sent.code), numbers.code_digest(typed, nonce=key)):
        if sent.tries >= TRIES:
            raise over
        raise WrongCode(_("验证码不对，还可以试 %d 次。") % (TRIES - sent.tries))
    if not mine.update(proved=True, ends_at=at + _JOINING):
        raise over
    return PhoneCode.objects.get(key=key)


def join(*, key: str, fill: Callable[[User], None], at: datetime) -> User:
    """Make the account of a proved number that has none. `fill` writes what the form asked.

    No entry in the journal: it would tell the moment of a sign-up. Raises CodeIsOver.
    """
    over = CodeIsOver(_("等得太久了，请重新获取验证码。"))
    try:
        with transaction.atomic():
            sent = _take_proved(key, at)
            if sent is None:
                raise over
            # Sign-in is by the number; a name that nobody knows opens nothing.
            person = User(username=f"phone-{secrets.token_hex(8)}")
            person.set_unusable_password()
            person.save(force_insert=True)
            Phone.objects.create(
                person=person,
                digest=bytes(sent.digest),
                ending=sent.ending,
                added_at=start_of_month(at),
            )
            fill(person)
    except IntegrityError:
        # Somebody with the same telephone was faster, in another window.
        raise over from None
    return person


def enter(*, key: str, at: datetime) -> User | None:
    """Whose number it is that was proved just now; None if it is nobody's yet."""
    with transaction.atomic():
        sent = PhoneCode.objects.filter(key=key, proved=True, ends_at__gt=at).first()
        if sent is None:
            return None
        phone = Phone.objects.filter(digest=bytes(sent.digest)).select_related("person").first()
        if phone is None:
            return None
        sent.delete()
        return phone.person


def keep(*, key: str, person: User, at: datetime) -> None:
    """Make the proved number this person's, in place of an earlier one.

    Raises UnableToKeep, CodeIsOver.
    """
    try:
        with transaction.atomic():
            sent = _take_proved(key, at)
            if sent is None:
                raise CodeIsOver(_("等得太久了，请重新获取验证码。"))
            Phone.objects.update_or_create(
                person=person,
                defaults={
                    "digest": bytes(sent.digest),
                    "ending": sent.ending,
                    "added_at": start_of_month(at),
                },
            )
            record("person.phone_added", subject=person, actor=person, at=at)
    except IntegrityError:
        raise UnableToKeep(_("这个号码已经在另一个账号上了。")) from None


def remove(*, person: User, at: datetime) -> None:
    """Take the number away. Raises UnableToKeep when it is the only way in."""
    if not policy.may_remove_phone(person):
        raise UnableToKeep(_("这是你唯一的登录办法。先设一个密码，再来删号码。"))
    with transaction.atomic():
        if Phone.objects.filter(person=person).delete()[0]:
            record("person.phone_removed", subject=person, actor=person, at=at)


def forget(*, at: datetime) -> None:
    """Drop codes that are over."""
    PhoneCode.objects.filter(ends_at__lte=at).delete()


def _take_proved(key: str, at: datetime) -> PhoneCode | None:
    """The proved number, which from now on is nobody else's: of two at once one gets it."""
    sent = PhoneCode.objects.filter(key=key, proved=True, ends_at__gt=at).first()
    if sent is None or not PhoneCode.objects.filter(key=key).delete()[0]:
        return None
    return sent
