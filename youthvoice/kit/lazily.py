"""Who is signed in comes wrapped, so that nobody is looked up in vain."""

from typing import TypeVar, cast

from django.utils.functional import LazyObject, empty

T = TypeVar("T")


def bare(one: T) -> T:
    """What is in the wrapping, which asks anew with each attribute what it is."""
    found: object = one
    while issubclass(type(found), LazyObject):
        wrapping = cast(LazyObject, found)
        if wrapping._wrapped is empty:
            wrapping._setup()
        found = wrapping._wrapped
    return cast(T, found)
