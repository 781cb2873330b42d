"""Addresses by their names, as Django's `reverse` gives them, at the price of a look-up.

A page has a hundred of them. One with a number is text around it, learnt once; others are kept.
The house stands at the root of its name: its front gives Django no SCRIPT_NAME.
"""

from functools import lru_cache

from django.core.signals import setting_changed
from django.dispatch import receiver
from django.urls import reverse

_KEPT = 4096
#: Two numbers as long as none is, and as short.
_LONG, _SHORT = 1234567891234, 7


def address(name: str, *args: object) -> str:
    """The path of a named address. Raises NoReverseMatch, as `reverse` does."""
    if len(args) == 1 and type(args[0]) is int and args[0] >= 0:
        around = _around_number(name)
        if around is not None:
            return f"{around[0]}{args[0]}{around[1]}"
    return _kept(name, *((type(arg), arg) for arg in args))


@lru_cache(_KEPT)
def _kept(name: str, *args: tuple[type, object]) -> str:
    return reverse(name, args=[arg for _type, arg in args])


@lru_cache(_KEPT)
def _around_number(name: str) -> tuple[str, str] | None:
    """What stands before and behind a number, where that is so for any."""
    before, found, behind = reverse(name, args=[_LONG]).partition(str(_LONG))
    is_so = found and reverse(name, args=[_SHORT]) == f"{before}{_SHORT}{behind}"
    return (before, behind) if is_so else None


@receiver(setting_changed)
def _forget(**_kwargs: object) -> None:
    """Other addresses may stand in the settings: in tests."""
    _kept.cache_clear()
    _around_number.cache_clear()
