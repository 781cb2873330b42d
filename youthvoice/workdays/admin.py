from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.journal.admin import JournaledAdmin
from youthvoice.kit import clock
from youthvoice.people.models import User
from youthvoice.workdays import actions, policy
from youthvoice.workdays.forms import NoticeForm
from youthvoice.workdays.models import DayOverride
from youthvoice.workdays.notice import read


@admin.register(DayOverride)
class DayOverrideAdmin(JournaledAdmin):
    list_display = ["date", "is_working", "name", "notice_year"]
    list_filter = ["is_working"]
    search_fields = ["name"]
    change_list_template = "workdays/days.html"

    def get_urls(self) -> list[URLPattern]:
        notice = path(
            "notice/",
            self.admin_site.admin_view(self.notice),
            name="workdays_dayoverride_notice",
        )
        return [notice, *super().get_urls()]

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> None:
        """From now on it is what an operator said of this day alone."""
        obj.notice_year = None
        super().save_model(request, obj, form, change)

    def notice(self, request: HttpRequest) -> HttpResponse:
        """Paste a year's notice, see how it was read, confirm it."""
        if not policy.may_enter(request.user):
            raise PermissionDenied
        by = cast(User, request.user)
        form = NoticeForm(request.POST if request.method == "POST" else None)
        found, problem = None, ""
        if form.is_valid():
            found, now = read(form.cleaned_data["text"]), clock.now()
            try:
                if "confirm" in request.POST:
                    actions.enter_year(notice=found, by=by, at=now)
                    messages.success(request, _t("%s 年的放假和调休填好了。") % found.year)
                    return redirect("admin:workdays_dayoverride_changelist")
                if found.year is not None:
                    actions.check_year(found.year, at=now)
            except actions.UnableToEnter as refusal:
                problem = str(refusal)
        context = {
            **self.admin_site.each_context(request),
            "title": _("粘贴放假通知"),
            "opts": self.opts,
            "form": form,
            "found": found,
            "problem": problem,
            "ready": found is not None and not found.faults and not problem,
            "kept": _kept(found),
        }
        status = 400 if problem or (found is not None and found.faults) or form.errors else 200
        return TemplateResponse(request, "workdays/notice.html", context, status=status)


def _kept(found: Any) -> list[DayOverride]:
    """The days of which an operator said something else by itself; that stays."""
    if found is None:
        return []
    said = {day: is_working for day, is_working, _name in found.days}
    rows = DayOverride.objects.filter(notice_year=None, date__in=said)
    return [row for row in rows.order_by("date") if row.is_working != said[row.date]]
