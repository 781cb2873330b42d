import tempfile
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.people.choices import SHUT_KEY
from youthvoice.people.models import User
from youthvoice.questions import actions as questions_actions
from youthvoice.questions import policy as questions_policy
from youthvoice.questions import viewers
from youthvoice.questions.models import Question
from youthvoice.yours import actions, nameless, policy, queries, tasks
from youthvoice.yours.forms import LeaveForm
from youthvoice.yours.fresh import fresh
from youthvoice.yours.models import Export

_GET_AND_POST = require_http_methods(["GET", "POST"])


@never_cache
@_GET_AND_POST
@fresh
def data(request: HttpRequest) -> HttpResponse:
    """What becomes of my data: take a copy along, or leave."""
    person = cast(User, request.user)
    if request.method == "POST":
        # Raises TooMany, for which the whole site has one page.
        limits.take(What.EXPORT, who=person.pk, at=clock.now())
        export = actions.ask_export(person=person, at=clock.now())
        tasks.make_export.enqueue(export.pk, request.build_absolute_uri(reverse("yours:data")))
        return redirect("yours:data")
    context = {
        "export": queries.latest_export(person),
        "at": clock.now(),
        "days": settings.EXPORT_DAYS,
        "leaving_days": settings.LEAVING_DAYS,
        "holds": queries.holds_on(person.pk),
    }
    return render(request, "yours/data.html", context)


@never_cache
@require_POST
@fresh
def take(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a packet; a button and no link, so that nothing fetches it by looking ahead."""
    person = cast(User, request.user)
    export = get_object_or_404(Export, pk=pk, person=person)
    try:
        packet = actions.take_export(export=export, by=person, at=clock.now())
    except actions.UnableToTake as problem:
        messages.error(request, str(problem))
        return redirect("yours:data")
    return _attached(FileResponse(packet, content_type="application/zip"), "mine")


@never_cache
@_GET_AND_POST
@fresh(again=True)
def leave(request: HttpRequest) -> HttpResponse:
    """What goes, what stays, and the button."""
    person = cast(User, request.user)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(person=person, at=clock.now(), **form.cleaned_data)
            tasks.shut.enqueue(person.pk, request.build_absolute_uri(reverse("account_login")))
            logout(request)
            return render(request, "yours/left.html", {"days": settings.LEAVING_DAYS})
        except actions.UnableToLeave as problem:
            form.add_error(None, str(problem))
            status = 422
    context = {
        "form": form,
        "days": settings.LEAVING_DAYS,
        "holds": queries.holds_on(person.pk),
        "may": policy.may_leave(person),
    }
    return render(request, "yours/leave.html", context, status=status)


@never_cache
@_GET_AND_POST
def back(request: HttpRequest) -> HttpResponse:
    """For who has just given the password of an account that is shut: stay after all?"""
    shown = request.session.get(SHUT_KEY, {})
    age = clock.now().timestamp() - shown.get("at", 0)
    is_fresh = age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    leaving = queries.leaving_of(shown["account"]) if is_fresh else None
    person = User.objects.filter(pk=leaving.account).first() if leaving else None
    if leaving is None or person is None:
        return redirect("account_inactive")
    if request.method == "POST":
        request.session.flush()
        try:
            actions.stay(person=person, at=clock.now())
            messages.success(request, _("账号还是你的。请再登录一次。"))
        except actions.UnableToStay as problem:
            messages.error(request, str(problem))
        return redirect("account_login")
    context = {"leaving": leaving, "holds": queries.holds_on(leaving.account)}
    return render(request, "yours/back.html", context)


@never_cache
@_GET_AND_POST
def own(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A nameless question's own export and erasure, for whoever holds its receipt."""
    viewer = viewers.viewer_of(request)
    question = get_object_or_404(Question.objects.visible_to(viewer.user, viewer.opened), pk=pk)
    if not questions_policy.may_erase(viewer, question):
        raise Http404
    if request.method == "POST":
        # By network: what is done without a name is never counted by an account.
        networks.take(networks.visit_of(request), What.WRITE_NAMELESS, at=clock.now())
        if request.POST.get("act") == "erase":
            questions_actions.erase_nameless_question(question=question, by=viewer, at=clock.now())
            messages.success(request, _("抹去了。"))
            return redirect("yours:own", pk)
        packet = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        nameless.pack_question(packet, question)
        packet.seek(0)
        return _attached(FileResponse(packet, content_type="application/zip"), f"question-{pk}")
    return render(request, "yours/own.html", {"question": question})


def _attached(response: FileResponse, name: str) -> FileResponse:
    response["Content-Disposition"] = f'attachment; filename="youthvoice-{name}.zip"'
    return response
