"""Letters, written and sent by the worker.

Whether an account exists is looked up only there, so the one who asked can't tell by the
time it took; and links with their keys are made there, so that none stands in a task's row.
"""

from collections.abc import Callable
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.core import context
from django.http import HttpRequest
from django_tasks import task
from django_tasks.base import Task

from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What

#: A mail server that is away gets the letter again after so many minutes each.
_AGAIN = (1, 5, 25)


class _AsAsked(HttpRequest):
    """The house's own name as it was used when the letter was asked for: links need it."""

    def __init__(self, origin: str) -> None:
        super().__init__()
        self._asked, _, host = origin.partition("://")
        self.META = {"HTTP_HOST": host}

    def _get_scheme(self) -> str:
        return self._asked


def origin_of(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@task()
def send_reset(email: str, origin: str, tries: int = 0) -> None:
    """A link to a new password, or the word that there is no account with this address."""

    def send() -> None:
        with context.request_context(_AsAsked(origin)) as request:
            form = ResetPasswordForm({"email": email})
            if form.is_valid():
                form.save(request)

    _try(send, send_reset, tries, email=email, origin=origin)


@task()
def send_confirmation(address_id: int, signup: bool, origin: str, tries: int = 0) -> None:
    """A link by which somebody says that an address is theirs.

    Whoever has proved that already gets the word that somebody wanted an account with it.
    """

    def send() -> None:
        address = EmailAddress.objects.filter(pk=address_id).select_related("user").first()
        if address is None:
            return
        if not tries:
            limits.take(What.LETTER, who=address.email.lower(), at=clock.now())
        adapter = DefaultAccountAdapter()
        with context.request_context(_AsAsked(origin)) as request:
            if address.can_set_verified():
                adapter.send_confirmation_mail(request, EmailConfirmationHMAC(address), signup)
            else:
                adapter.send_account_already_exists_mail(address.email)

    _try(send, send_confirmation, tries, address_id=address_id, signup=signup, origin=origin)


def _try(send: Callable[[], None], again: Task, tries: int, **told: object) -> None:
    """Send it, or later once more; after the last try the failure is the task's."""
    try:
        send()
    except limits.TooMany:
        return  # said to nobody: it would tell how often others asked for this address
    except OSError:
        if tries >= len(_AGAIN):
            raise
        later = clock.now() + timedelta(minutes=_AGAIN[tries])
        again.using(run_after=later).enqueue(tries=tries + 1, **told)
