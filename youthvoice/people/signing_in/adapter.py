"""What we do otherwise than allauth: tries are counted in the database, the worker writes
letters, and nothing tells whether somebody has an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email, filter_users_by_username
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.people.choices import SHUT_KEY
from youthvoice.people.devices import cookie
from youthvoice.people.models import User
from youthvoice.people.signing_in import tasks


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Count every form that is sent: by trying one could learn which names are taken.

        Raises TooMany.
        """
        if request.method == "POST":
            networks.take(networks.visit_of(request), What.SIGN_UP, at=clock.now())
        return True

    def is_safe_url(self, url: str | None) -> bool:
        """What is no address is no safe one; allauth fails of it."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def clean_username(self, username: str, shallow: bool = False) -> str:
        if "@" in username:
            raise ValidationError(_("登录名里不能有 @。"))
        name: str = super().clean_username(username, shallow)
        return name

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        """By the worker, who alone looks whether somebody else has the address."""
        tasks.send_confirmation.enqueue(
            address_id=emailconfirmation.email_address.pk,
            signup=signup,
            origin=tasks.origin_of(request),
        )

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at, so that racing tries gain nothing.

        What was typed is counted, not whose it is: names that don't exist are locked like
        those that do, and a locked name doesn't tell which address belongs to it. A known
        device has tries of its own, which nobody else can use up. Raises TooMany.
        """
        login = (credentials.get("email") or credentials.get("username") or "").lower()
        device = _known_device(request, login)
        if device:
            self._taken = [limits.Want(What.SIGN_IN_DEVICE, device)]
            limits.take_all(self._taken, at=clock.now())
        else:
            visit, also = networks.visit_of(request), [limits.Want(What.SIGN_IN, login)]
            self._taken = networks.take(visit, What.SIGN_IN_NETWORK, at=clock.now(), also=also)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            for want in self._taken:
                # Whoever knows one password must not guess the others' without end: the
                # network gets back this one try only.
                if want.what is What.SIGN_IN_NETWORK:
                    limits.give_back(want.what, who=want.who, at=clock.now())
                else:
                    limits.clear(want.what, who=want.who)
        return user

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        if getattr(request, "asks_guardian", False):
            return reverse("people:guardian")
        return str(super().get_signup_redirect_url(request))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor proves by it who they are: else the password alone
        could take it away."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [m for m in methods if m["id"] != "reauthenticate"] or methods

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        cookie.remember(request, response, user)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Who has shown the password of an account that is shut may take back that they leave."""
        request.session.cycle_key()
        request.session[SHUT_KEY] = {"account": user.pk, "at": int(clock.now().timestamp())}
        return redirect("yours:back")


def _known_device(request: HttpRequest, login: str) -> str | None:
    """Account and number of the device, if the one whose password is tried signed in on it."""
    if cookie.NAME not in request.COOKIES or not login:
        return None
    # As allauth looks them up: names in small letters, addresses likewise.
    found = filter_users_by_email(login, prefer_verified=True)
    found += [u for u in filter_users_by_username(login) if u.username.lower() == login]
    for person in found:
        if number := cookie.known_to(request, person):
            return f"{person.pk}:{number}"
    return None
