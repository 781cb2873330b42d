"""The letter with the link; allauth writes its own."""

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.people.guardians import actions
from youthvoice.people.models import User

_log = structlog.get_logger("youthvoice.people")


def write_to_guardian(request: HttpRequest, person: User, address: str) -> bool:
    """Send the link; False when the mail server doesn't take it. Raises TooMany,
    UnableToAskGuardian.

    The letter holds nothing that the child wrote: the address may be a stranger's.
    """
    at = clock.now()
    limits.take_all(
        [limits.Want(What.GUARDIAN, person.pk), limits.Want(What.GUARDIAN_ADDRESS, address)], at=at
    )
    token = actions.ask_guardian(person=person, address=address, at=at)
    link = request.build_absolute_uri(reverse("people:guardian_answer", args=[token]))
    words = render_to_string(
        "people/guardians/letter.txt", {"link": link, "site": settings.SITE_NAME}
    )
    subject = _("[%s] 有个孩子请您同意") % settings.SITE_NAME
    try:
        send_mail(subject, words, None, [address])
    except OSError:  # what mail servers refuse is one too
        _log.exception("guardian.letter_failed")
        return False
    return True
