from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from youthvoice.kit import clock
from youthvoice.limits.actions import TooMany
from youthvoice.people import policy
from youthvoice.people.choices import GUARDIAN_LINK, GUARDIAN_WAIT
from youthvoice.people.guardians import actions, letters, queries
from youthvoice.people.guardians.forms import GuardianForm
from youthvoice.people.models import User


@login_required
@require_http_methods(["GET", "POST"])
def guardian(request: HttpRequest) -> HttpResponse:
    """The child's side: whether the guardian has answered, and another letter."""
    person = cast(User, request.user)
    if not policy.waits_for_guardian(person):
        return redirect("people:profile")
    asked = queries.guardianship_of(person)
    form = GuardianForm(request.POST or None, initial={"address": asked.address if asked else ""})
    context = {
        "form": form,
        "asked": asked,
        "days": GUARDIAN_LINK.days,
        "wait_days": GUARDIAN_WAIT.days,
    }
    if request.method == "POST" and form.is_valid():
        try:
            sent = letters.write_to_guardian(request, person, form.cleaned_data["address"].lower())
        except TooMany as problem:
            problem.refuse(form)
            return problem.mark(render(request, "people/guardians/guardian.html", context))
        if sent:
            messages.success(request, _("信发出去了。请监护人看看邮箱，也看看垃圾邮件。"))
        else:
            messages.error(request, _("信没有发出去。过一会儿再试一次。"))
        return redirect("people:guardian")
    status = 422 if form.errors else 200
    return render(request, "people/guardians/guardian.html", context, status=status)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The guardian's side: what the child wants to do here, and yes or no.

    Looking changes nothing: mail programmes open links of their own accord.
    """
    asked = queries.asked_guardian(token, at=clock.now())
    if asked is None:
        return render(request, "people/guardians/gone.html", status=404)
    said = request.POST.get("answer", "")
    if request.method == "POST" and said in {"yes", "no"}:
        agrees = said == "yes"
        if not actions.answer_as_guardian(token=token, agrees=agrees, at=clock.now()):
            return render(request, "people/guardians/gone.html", status=404)
        return render(request, "people/guardians/thanks.html", {"agrees": agrees})
    context = {"child": asked.person, "wait_days": GUARDIAN_WAIT.days}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/guardians/answer.html", context, status=status)
