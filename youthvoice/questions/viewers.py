"""From a request to whoever is looking, and the cookie that remembers opened receipts.

What a receipt opened is remembered only by the browser, in a signed cookie that ends with
it: no row ties an account or a session to a nameless question.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse

from youthvoice.kit import clock
from youthvoice.kit.lazily import bare
from youthvoice.kit.receipts import digest_of, sending_key
from youthvoice.questions import actions
from youthvoice.questions.models import Question, Receipt
from youthvoice.questions.policy import Viewer

COOKIE = "yv_receipts"
_SALT = "youthvoice.receipts"
_HOURS = 12
_MOST = 20


def viewer_of(request: HttpRequest) -> Viewer:
    return Viewer(bare(request.user), opened_by(request))


def give_words(request: HttpRequest, question: Question) -> None:
    """Before words of the question are shown: whoever reads withheld ones is written down."""
    actions.give_words(question=question, to=viewer_of(request), at=clock.now())


def sending_of(request: HttpRequest, given: dict[str, Any], *also: str) -> str:
    """The key by which a form of asking is known when it arrives again; `given` is its data.

    A retry by the same account, or without one by the same browser, is the same sending:
    the answer may have been lost on the way. The same form with other words is another
    question, and in other hands it never gives the first one's receipt. Pictures don't count:
    a draft can't keep them.
    """
    person = viewer_of(request).person
    # The token's secret is this browser's alone, changes at each sign-in, and is in no row.
    browser = request.META.get("CSRF_COOKIE", "")
    region = given["region"].pk if given["region"] is not None else ""
    return sending_key(
        given["key"],
        sender=f"account {person.pk}" if person is not None else f"browser {browser}",
        words=[*(given[name] for name in ("kind", "field", "title", "text")), region, *also],
    )


def opened_by(request: HttpRequest) -> frozenset[int]:
    """The questions whose receipts this browser has opened; looks at no session."""
    return frozenset(_opened(request))


def _opened(request: HttpRequest) -> list[int]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_HOURS * 3600)
    except signing.BadSignature:
        return []
    if not isinstance(found, list):
        return []
    # No database holds a larger number, and looking for one would be an error of ours.
    return [pk for pk in found if isinstance(pk, int) and 0 < pk < 2**63]


def open_with(code: str) -> Receipt | None:
    """The receipt of a code, or None; wrong and impossible codes are told alike."""
    digest = digest_of(code)
    if digest is None:
        return None
    return Receipt.objects.select_related("question").filter(digest=digest).first()


def remember(request: HttpRequest, response: HttpResponse, question_id: int) -> None:
    """Let this browser keep the private side open until it closes, 12 hours at most."""
    kept = [pk for pk in _opened(request) if pk != question_id][-_MOST + 1 :]
    response.set_cookie(
        COOKIE,
        signing.dumps([*kept, question_id], salt=_SALT, compress=True),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
