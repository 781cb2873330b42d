"""Reads that have to do with telephones."""

from datetime import datetime

from youthvoice.people.models import Phone, PhoneCode, User


def waiting_code(key: str, *, at: datetime) -> PhoneCode | None:
    """The code that was sent and not yet proved."""
    return PhoneCode.objects.filter(key=key, proved=False, ends_at__gt=at).first()


def is_proved(key: str, *, at: datetime) -> bool:
    return PhoneCode.objects.filter(key=key, proved=True, ends_at__gt=at).exists()


def phone_of(person: User) -> Phone | None:
    return Phone.objects.filter(person=person).first()
