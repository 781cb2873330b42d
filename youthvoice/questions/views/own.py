"""One's own side: the receipt, 我的提问, and pictures."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from youthvoice.kit import clock
from youthvoice.kit.network import client_network
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.people.models import User
from youthvoice.pictures.queries import name_of
from youthvoice.pictures.serving import served
from youthvoice.questions import queries, viewers
from youthvoice.questions.forms import ReceiptForm
from youthvoice.questions.models import Picture, Question


@never_cache
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Open a nameless question's private side with its code."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        # Before the code is looked at: one that can't be right costs the same as a wrong one.
        try:
            limits.take(What.RECEIPT, who=client_network(request), at=clock.now())
        except limits.TooMany as problem:
            problem.refuse(form)
            return problem.mark(render(request, "questions/receipt.html", {"form": form}))
    if request.method == "POST" and form.is_valid():
        found = viewers.open_with(form.cleaned_data["code"])
        if found is not None:
            response = redirect(found.question)
            viewers.remember(request, response, found.question_id)
            return response
        form.add_error("code", _("这个号码打不开任何提问，请对照回执再看一遍。"))
    status = 422 if form.errors else 200
    return render(request, "questions/receipt.html", {"form": form}, status=status)


@require_POST
def close_receipt(request: HttpRequest) -> HttpResponse:
    response = redirect("site:home")
    viewers.forget(response)
    return response


_TABS = {
    "asked": gettext_lazy("我的提问"),
    "following": gettext_lazy("我也想问的"),
    "answered": gettext_lazy("我的回答"),
}


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody asked, follows and answered under their own name."""
    person = cast(User, request.user)
    tab = request.GET.get("tab", "asked")
    tab = tab if tab in _TABS else "asked"
    after = request.GET.get("after", "")
    rows: list[Question]
    if tab == "following":
        follows = queries.followed_by(person, after=after)
        rows, next_after = [f.question for f in follows.items], follows.next_after
    elif tab == "answered":
        answers = queries.answered_by(person, after=after)
        rows, next_after = [a.question for a in answers.items], answers.next_after
    else:
        asked = queries.asked_by(person, after=after)
        rows, next_after = asked.items, asked.next_after
    base = f"{reverse('questions:mine')}?tab={tab}"
    context = {
        "tab": tab,
        "tabs": [
            {
                "code": code,
                "label": label,
                "current": code == tab,
                "url": f"{reverse('questions:mine')}?tab={code}",
            }
            for code, label in _TABS.items()
        ],
        "questions": rows,
        "asks": tab == "asked",
        "next_url": f"{base}&after={next_after}" if next_after else "",
        "first_url": base if after else "",
    }
    return render(request, "questions/mine.html", context)


@require_GET
def picture(request: HttpRequest, file_name: str) -> FileResponse:
    """A picture that we drew. Its name is a secret of 128 bits and never changes content.

    Browsers that have it keep it; when its question is hidden, nobody else gets it.
    """
    question = _picture(file_name).question
    if question.hidden_reason or question.withheld_at is not None:
        raise Http404
    response = served(file_name)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@never_cache
@require_GET
def private_picture(request: HttpRequest, file_name: str) -> FileResponse:
    """A picture of a question that is withheld, for those who may know of it."""
    question = _picture(file_name).question
    if question.hidden_reason or not queries.is_visible(question, viewers.viewer_of(request)):
        raise Http404
    return served(file_name)


def _picture(file_name: str) -> Picture:
    name = name_of(file_name)
    found = queries.picture_of(name) if name else None
    if found is None:
        raise Http404
    return found
