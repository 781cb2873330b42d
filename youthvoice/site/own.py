"""Which pieces of a page may be kept a moment for the browser that they were drawn for
(entrance/own.py): those of an ordinary young person to whom nothing is said but what they see."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from youthvoice.demo.policy import sign_in_allowed
from youthvoice.entrance import nonces
from youthvoice.kit.lazily import bare
from youthvoice.kit.public import note_of
from youthvoice.orgs import policy
from youthvoice.people.factors import factor
from youthvoice.people.models import User
from youthvoice.questions import viewers


def let_keep(request: HttpRequest) -> None:
    """Say so to whoever draws the piece, if it is so. Asks nothing when it is drawn for nobody to
    keep."""
    note, person = note_of(request), bare(request.user)
    if note is None or not isinstance(person, User) or not person.is_active:
        return
    # Rights depend on a factor and on the clock. Who once had some has a cookie of theirs
    # (orgs/middleware.py), by which the entrance knows them.
    if policy.is_counted_as_staff(person) or factor.is_withheld(request):
        return
    if viewers.opened_by(request) or sign_in_allowed(request):
        return
    # What is said once is said by the answer to one request.
    if not _waiting(request):
        note.own = nonces.person_name(person.pk)


def said_now(request: HttpRequest) -> list[Message]:
    """What has just been done, in words; said once. Where there is nothing to be said, nothing is
    asked for: that alone would set a cookie."""
    return list(messages.get_messages(request)) if _waiting(request) else []


def _waiting(request: HttpRequest) -> int:
    return len(messages.get_messages(request))
