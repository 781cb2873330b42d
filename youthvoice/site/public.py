"""In whose eyes public pages are drawn, and that each is counted once an hour."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from youthvoice.kit import clock
from youthvoice.questions.viewers import opened_by
from youthvoice.reads.actions import recorder
from youthvoice.reads.visitors import identify
from youthvoice.site.targets import of_question

EVERYBODY = AnonymousUser()


def count_read(request: HttpRequest, target: str) -> None:
    """Note that the page's target is read; robots and staff are told apart there.

    Not by whoever has opened its receipt: the first reader of a nameless question is its asker,
    and that they are counted among staff would say of them that they are.
    """
    own = map(of_question, opened_by(request))
    if request.method == "GET" and target not in own:
        at = clock.now()
        recorder.add(target=target, visitor=identify(request, at=at), at=at)
