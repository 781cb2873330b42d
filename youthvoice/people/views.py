from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from youthvoice.kit import clock
from youthvoice.people import actions
from youthvoice.people.forms import ProfileForm
from youthvoice.people.models import User


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """One's own nickname."""
    person = cast(User, request.user)
    form = ProfileForm(request.POST or None, instance=User(pk=person.pk, nickname=person.nickname))
    if request.method == "POST" and form.is_valid():
        actions.rename(person=person, nickname=form.cleaned_data["nickname"], at=clock.now())
        messages.success(request, _("昵称改好了。"))
        return redirect("people:profile")
    return render(request, "people/profile.html", {"form": form})
