"""What we do otherwise than allauth when a password is forgotten."""

from typing import Any

from allauth.account.forms import EmailField, ResetPasswordForm
from django.http import HttpRequest

from youthvoice.kit import clock
from youthvoice.kit.text import check_clean
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.people.signing_in import tasks


class ResetForm(ResetPasswordForm):
    """Takes any address and looks up none; the worker does."""

    email = EmailField(required=True, validators=[check_clean])

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Raises TooMany, for addresses known and unknown alike."""
        email: str = self.cleaned_data["email"]
        visit, also = networks.visit_of(request), [limits.Want(What.LETTER, email)]
        networks.take(visit, What.LETTER_NETWORK, at=clock.now(), also=also)
        tasks.send_reset.enqueue(email=email, origin=tasks.origin_of(request))
        return email
