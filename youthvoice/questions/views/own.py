"""One's own side: the receipt, and pictures."""

from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.pictures.queries import name_of
from youthvoice.pictures.serving import served
from youthvoice.questions import queries, viewers
from youthvoice.questions.forms import ReceiptForm
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer


@never_cache
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Open a nameless question's private side with its code."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        # Before the code is looked at: one that can't be right costs the same as a wrong one.
        visit = networks.visit_of(request)
        try:
            tried = networks.take(visit, What.RECEIPT, at=clock.now())
        except limits.TooMany as problem:
            problem.refuse(form)
            return problem.mark(_receipt_page(request, form, status=200))
    if request.method == "POST" and form.is_valid():
        found = viewers.open_with(form.cleaned_data["code"])
        if found is not None:
            # Only wrong ones are guesses; what right ones cost is counted apart.
            networks.give_back(tried, at=clock.now())
            networks.take(visit, What.OPENED, at=clock.now())
            response = redirect(found.question)
            viewers.remember(request, response, found.question_id)
            return response
        form.add_error("code", _("这个号码打不开任何提问，请对照回执再看一遍。"))
    status = 422 if form.errors else 200
    return _receipt_page(request, form, status=status)


def _receipt_page(request: HttpRequest, form: ReceiptForm, *, status: int) -> HttpResponse:
    """With what this browser has open already."""
    context = {"form": form, "opened": queries.opened(viewers.opened_by(request))}
    return render(request, "questions/receipt.html", context, status=status)


@require_POST
def close_receipt(request: HttpRequest) -> HttpResponse:
    response = redirect("site:home")
    viewers.forget(response)
    return response


@require_GET
def picture(request: HttpRequest, file_name: str) -> FileResponse:
    """A picture that we drew. Its name is a secret of 128 bits and never changes content.

    Browsers that have it keep it; when its question is hidden, nobody else gets it.
    """
    _shown(file_name, Viewer(AnonymousUser()))
    response = served(file_name)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@never_cache
@require_GET
def private_picture(request: HttpRequest, file_name: str) -> FileResponse:
    """A picture of a question that is withheld, for those who may know of it."""
    viewers.give_words(request, _shown(file_name, viewers.viewer_of(request)))
    return served(file_name)


def _shown(file_name: str, viewer: Viewer) -> Question:
    """The question of a picture that the viewer may see."""
    name = name_of(file_name)
    found = queries.picture_of(name, viewer) if name else None
    if found is None or found.question.hidden_reason:
        raise Http404
    return found.question
