"""Nobody writes under a name without having agreed to the rules and the privacy page.

One guard for every unsafe request of whoever is signed in. An address is not asked to opt in:
what may be done without consent stands here, with its reason, and nothing else may.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from youthvoice.kit import clock
from youthvoice.people import actions, policy
from youthvoice.people.choices import Document
from youthvoice.pictures import holding
from youthvoice.pictures.fields import PicturesForm
from youthvoice.promises.models import Promise
from youthvoice.questions import viewers
from youthvoice.questions.models import Answer, Comment

_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
#: One's own account (reading, exporting, erasing, consenting), the operators' pages, and the
#: demo's door: nothing there is published.
_FREE_PATHS = ("/accounts/", "/guardian/", "/admin/", "/demo/")
_FREE_VIEWS = {
    # To read, with a receipt that no account is tied to.
    "questions:receipt",
    "questions:close_receipt",
    # To take along or erase what only a receipt opens.
    "yours:own",
    # To take back one's own words.
    "questions:delete",
    "questions:delete_answer",
    "questions:delete_comment",
    # To say by a letter's link what came of an answer: nobody looks who is signed in.
    "callbacks:back_by_link",
    # To tell of words that break a rule, and to defend one's own: nothing of it is published.
    "moderation:report",
    "moderation:sent",
    "moderation:hidden",
    # A body acts by its letter, whoever may be signed in at that browser.
    "outside:asked",
    "outside:sign",
    "outside:reply",
    "outside:return",
    # A page that says by itself that it is open: leaving it would lose what is being written.
    "desks:here",
    # What waits for a form that is open in this browser: nothing of it is published.
    "pictures:held",
    # They know no unsafe method, and their answers are the same for everybody.
    "questions:picture",
    "site:healthz",
    "site:robots",
    "site:icon",
}
#: What the holder of a receipt may do to their own question; what the view's number is of
#: where it isn't the question's, and the way from there to the question.
_AS_ASKER: dict[str, tuple[type[Model], str] | None] = {
    "questions:comment": None,
    "questions:edit": None,
    "supplements:supplement": None,
    "questions:outcome": None,
    "callbacks:back": None,
    "outside:numbers": None,
    "questions:comment_answer": (Answer, "question"),
    "questions:reply": (Comment, "question"),
    "questions:accept": (Answer, "question"),
    "promises:decide": (Promise, "case__question"),
}
#: The field in which the page below sends what was agreed to.
FIELD = "consent"


class ConsentFirst:
    """Asks again, on a page that carries what was written, when something is missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method in _SAFE or request.path.startswith(_FREE_PATHS):
            return None
        # A public page refuses such a request itself, without looking whose it is.
        if getattr(view, "is_public", False) or _name(request) in _FREE_VIEWS:
            return None
        # Nor is it asked who sends what carries no name.
        if _is_nameless(request, kwargs) or not request.user.is_authenticated:
            return None
        person = request.user
        waits, missing = policy.waits_for_guardian(person), policy.missing_consents(person)
        given = [what for what in missing if what.value in request.POST.getlist(FIELD)]
        if given and not waits:
            actions.give_consents(person=person, what=given, at=clock.now())
            missing = [what for what in missing if what not in given]
        return _ask(request, missing, waits=waits) if missing or waits else None


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _is_nameless(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    name = _name(request)
    if name == "questions:ask":
        return request.POST.get("name_choice") != "named"
    if name not in _AS_ASKER:
        return False
    opened = viewers.opened_by(request)
    way = _AS_ASKER[name]
    if not opened or way is None:
        return kwargs["pk"] in opened
    model, question = way
    rows = model._default_manager.filter(pk=kwargs["pk"])
    return rows.filter(**{f"{question}__in": opened}).exists()


def _ask(request: HttpRequest, missing: list[Document], *, waits: bool) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        # A small act: nothing written would be lost by leaving the page.
        response = HttpResponse(status=403)
        response["HX-Redirect"] = reverse("people:consents")
        return response
    form = _held(request)
    context = {
        "missing": missing,
        "waits_for_guardian": waits,
        "carried": [*_carried(request.POST), *(("held", one.name) for one in form.waiting)],
        "files": list(request.FILES) if form.errors else [],
        "waiting": form.waiting,
        "problems": form.errors.get("pictures", []),
        "tried": "consent_asked" in request.POST,
    }
    response = render(request, "people/consent_first.html", context, status=403)
    holding.remember(request, response)
    return response


def _held(request: HttpRequest) -> PicturesForm:
    """Pictures that came along wait for the form as they do when it comes back."""
    form = PicturesForm(
        request.POST, request.FILES, shelf=holding.shelf_of(request), at=clock.now()
    )
    form.full_clean()
    holding.hold(request, form, named=True, at=clock.now())
    return form


def _carried(sent: QueryDict) -> list[tuple[str, str]]:
    """What was sent, but for the token, which the page has anew, and the boxes."""
    left = {"csrfmiddlewaretoken", FIELD, "consent_asked", "held", "shown"}
    pairs = [(name, value) for name, values in sent.lists() if name not in left for value in values]
    return [*pairs, ("consent_asked", "1")]
