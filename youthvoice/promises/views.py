"""Making a promise under one's own body's reply, saying whether it was kept, and all of them."""

from datetime import timedelta
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from youthvoice.cases.actions import UnableToMove
from youthvoice.kit import clock
from youthvoice.kit.fields import refusals
from youthvoice.kit.public import public_page
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.promises import actions, policy, queries
from youthvoice.promises.actions import LONGEST
from youthvoice.promises.forms import DecideForm, PromiseForm
from youthvoice.promises.models import Promise
from youthvoice.questions import viewers
from youthvoice.questions.models import Answer, Question


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    answer = _answer_for(request, pk)
    case = answer.question.case if hasattr(answer.question, "case") else None
    if not orgs_policy.is_member(request.user, answer.organisation_id):
        raise PermissionDenied
    if hasattr(answer, "promise") or not policy.is_promising(answer, case):
        messages.error(request, _("这个回答现在不能加承诺，或者已经有了。"))
        return redirect("site:act", answer.question_id)
    today = timezone.localdate(clock.now())
    form = PromiseForm(request.POST or None, first=today + timedelta(days=1), last=today + LONGEST)
    if request.method == "POST" and form.is_valid():
        by = cast(User, request.user)
        try:
            limits.take(What.WRITE, who=by.pk, at=clock.now())
            actions.promise(
                answer=answer,
                text=form.cleaned_data["text"],
                due_on=form.cleaned_data["due_on"],
                by=by,
                at=clock.now(),
            )
            return redirect(answer.get_absolute_url())
        except UnableToMove as problem:
            form.add_error(None, str(problem))
        except limits.TooMany as problem:
            problem.refuse(form)
            return problem.mark(_page(request, answer, form))
    return _page(request, answer, form)


def _page(request: HttpRequest, answer: Answer, form: PromiseForm) -> HttpResponse:
    viewers.give_words(request, answer.question)
    context = {"form": form, "answer": answer, "question": answer.question}
    status = 422 if form.errors else 200
    return render(request, "promises/promise.html", context, status=status)


def _answer_for(request: HttpRequest, pk: int) -> Answer:
    known = Question.objects.visible_to(request.user, viewers.opened_by(request))
    rows = Answer.objects.filter(Exists(known.filter(pk=OuterRef("question"))), deleted_at=None)
    rows = rows.select_related("question__case", "question__region", "organisation", "promise")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The asker's word; what is refused is said on the page that follows."""
    viewer = viewers.viewer_of(request)
    known = Question.objects.visible_to(viewer.user, viewer.opened)
    rows = Promise.objects.filter(Exists(known.filter(pk=OuterRef("case__question"))))
    rows = rows.select_related("case__question", "organisation")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    form = DecideForm(request.POST)
    if not form.is_valid():
        return HttpResponse(refusals(form), status=422, content_type="text/plain")
    kept = form.cleaned_data["kept"] == "yes"
    try:
        actions.decide(promise=found, kept=kept, by=viewer, at=clock.now())
    except UnableToMove as problem:
        messages.error(request, str(problem))
    is_part = request.headers.get("HX-Request") == "true"
    return redirect("site:me_question" if is_part else "site:act", found.case.question_id)


@public_page("show", "body", "after")
def promises(request: HttpRequest) -> HttpResponse:
    """Promises of all bodies, and what came of them.

    Narrowed by ?show= (all, open, overdue, kept, broken) and ?body= (a body's slug).
    """
    given, now = request.GET, clock.now()
    show = given.get("show", "")
    chosen = queries.Narrowed(show) if show in queries.Narrowed.values else queries.Narrowed.ALL
    slug = given.get("body", "")
    body = Organisation.objects.filter(slug=slug).first() if slug.isascii() else None
    found = queries.promises(show=chosen, organisation=body, after=given.get("after", ""), at=now)
    today = timezone.localdate(now)

    def url(code: str, after: str = "") -> str:
        wanted = {"show": code, "body": body.slug if body else "", "after": after}
        query = urlencode({name: value for name, value in wanted.items() if value})
        return f"{reverse('promises:promises')}?{query}"

    context = {
        "rows": [queries.shown(promise, today=today) for promise in found.items],
        "body": body,
        "show": chosen,
        "tabs": [
            {"code": n.value, "label": n.label, "current": n == chosen, "url": url(n.value)}
            for n in queries.Narrowed
        ],
        "everybody_url": f"{reverse('promises:promises')}?show={chosen.value}",
        "next_url": url(chosen.value, found.next_after) if found.next_after else "",
        "first_url": url(chosen.value) if given.get("after") else "",
    }
    return render(request, "promises/promises.html", context)
