"""Whose password it is: one slow hash a try, whether there is such a person or not."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from youthvoice.people.models import User
from youthvoice.readymade.prepared import prepared


class SignInBackend(AuthenticationBackend):
    """allauth's, which tries everybody with an address, and some twice: the time would tell
    how many there are."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is None and credentials.get("password"):
            # The backends behind this one would hash once more.
            raise PermissionDenied
        return user

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        found = _find(credentials.get("email") or "", credentials.get("username") or "")
        user: User | None = self._check_password(found, credentials["password"])
        return user

    def get_user(self, user_id: int) -> User | None:
        found: User | None = _by_number.first(number=user_id)
        return found if found is not None and self.user_can_authenticate(found) else None


@prepared("number")
def _by_number(number: int) -> QuerySet[User]:
    return User.objects.filter(pk=number)


def _find(email: str, username: str) -> User | None:
    """The one whose password is looked at. Several may have said an address is theirs: then it
    is who proved it, else who said so first."""
    users: list[User] = []
    if email:
        users = filter_users_by_email(email, prefer_verified=True, for_login=True)
    if not users and username:
        found: User | None = get_user_by_username(username)
        return found
    return min(users, key=lambda user: user.pk, default=None)
