from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from youthvoice.kit import clock
from youthvoice.people import account, actions, policy
from youthvoice.people.choices import AgeBand
from youthvoice.people.forms import AgeForm, ProfileForm
from youthvoice.people.models import User


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """账号与设置: one's own nickname, and how all stands that is one's own."""
    person = cast(User, request.user)
    form = ProfileForm(request.POST or None, instance=User(pk=person.pk, nickname=person.nickname))
    if request.method == "POST" and form.is_valid():
        actions.rename(person=person, nickname=form.cleaned_data["nickname"], at=clock.now())
        messages.success(request, _("昵称改好了。"))
        return redirect("people:profile")
    context = {
        "form": form,
        "safety": account.safety_of(person),
        "agreed": account.agreed_by(person),
        "age_form": AgeForm(person=person),
        "asks_age": policy.should_say_age(person, year=timezone.localtime(clock.now()).year),
        "waits_for_guardian": policy.waits_for_guardian(person),
    }
    return render(request, "people/profile.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def age(request: HttpRequest) -> HttpResponse:
    """The age band; asked on the profile page, and never in the way."""
    person = cast(User, request.user)
    form = AgeForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        band = AgeBand(form.cleaned_data["age_band"])
        try:
            actions.say_age(person=person, band=band, at=clock.now())
        except actions.UnableToSayAge as problem:
            form.add_error("age_band", str(problem))
        else:
            if policy.waits_for_guardian(person):
                return redirect("people:guardian")
            messages.success(request, _("记下了。"))
            return redirect("people:profile")
    status = 422 if form.errors else 200
    return render(request, "people/age.html", {"form": form}, status=status)
