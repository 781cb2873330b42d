from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from youthvoice.kit import clock
from youthvoice.people import actions, policy, queries
from youthvoice.people.choices import Document
from youthvoice.people.forms import ConsentForm
from youthvoice.people.models import User


@login_required
@require_http_methods(["GET", "POST"])
def consents(request: HttpRequest) -> HttpResponse:
    """What one agreed to; giving and taking back are one tap each."""
    person = cast(User, request.user)
    status = 200
    if request.method == "POST":
        form = ConsentForm(request.POST)
        if form.is_valid():
            what = Document(form.cleaned_data["what"])
            if form.cleaned_data["act"] == "give":
                actions.give_consents(person=person, what=[what], at=clock.now())
                messages.success(request, _("记下了：你同意%s。") % what.label)
            else:
                actions.withdraw_consent(person=person, what=what, at=clock.now())
                messages.success(request, _("撤回了：你不再同意%s。") % what.label)
            return redirect("people:consents")
        status = 422
    context = {
        "standings": queries.standings(person),
        "missing": policy.missing_consents(person),
        "waits_for_guardian": policy.waits_for_guardian(person),
    }
    return render(request, "people/consents.html", context, status=status)
