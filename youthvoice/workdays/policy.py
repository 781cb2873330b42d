from django.contrib.auth.models import AnonymousUser

from youthvoice.people.models import User


def may_enter(user: User | AnonymousUser) -> bool:
    """Enter a year's list: who may change single days too, that is, operators."""
    return user.has_perm("workdays.add_dayoverride")
