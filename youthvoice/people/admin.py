from collections.abc import Iterator
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from youthvoice.journal.admin import JournaledAdmin
from youthvoice.kit import clock
from youthvoice.people import actions as people_actions
from youthvoice.people import policy
from youthvoice.people.choices import Origin
from youthvoice.people.factors import actions as factors
from youthvoice.people.models import User

admin.site.unregister(Group)


class Origins(admin.ChoicesFieldListFilter):
    """Authors of imported questions are many, and can't sign in: they have a list of their own."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        _everybody, local, imported = super().choices(changelist)
        yield {**local, "selected": not imported["selected"]}
        yield imported


@admin.register(User)
class UserAdmin(JournaledAdmin):
    """People as operators see them: no password, no power beyond closing an account.

    What is private of those who aren't known to be of age stands on their own page only, and
    each look at it is an entry in the journal.
    """

    list_display = ["id", "login", "nickname", "origin", "is_active", "date_joined"]
    list_display_links = ["id", "login"]
    list_filter = [("origin", Origins), "is_active"]
    ordering = ["-id"]
    search_fields = ["username", "nickname", "email"]
    fields = ["username", "nickname", "email", "is_active", "origin", "date_joined"]
    readonly_fields = ["username", "origin", "date_joined"]
    actions = ["reset_factor"]

    @admin.action(description=gettext_lazy("重置第二步验证（丢了手机的人）"))
    def reset_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """One person at a time: it opens an account to whoever knows its password."""
        people = list(queryset[:2])
        if len(people) != 1:
            messages.error(request, _("一次只能重置一个人的。"))
            return
        try:
            factors.reset(person=people[0], by=cast(User, request.user), at=clock.now())
        except factors.UnableToReset as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("重置好了。请当面或打电话告诉本人，登录后重新设置。"))

    @admin.display(description=gettext_lazy("登录名"))
    def login(self, person: User) -> str:
        hidden = policy.is_protected(person) and policy.has_private_side(person)
        return str(_("（点开才显示）")) if hidden else person.username

    def in_look_ups(self, row: models.Model) -> str:
        """Nicknames are not one person's alone."""
        return str(_("%(name)s（编号 %(number)d）") % {"name": row, "number": row.pk})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Of those who are protected only nicknames are searched: else the list would tell
        whose an address is."""
        if "origin__exact" not in request.GET:
            queryset = queryset.exclude(origin=Origin.IMPORTED)
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if search_term:
            found = found.filter(policy.UNPROTECTED | Q(nickname__icontains=search_term))
        return found, may_repeat

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        # The page must not be seen without the entry: so the entry comes first.
        person = self.get_object(request, object_id)
        if isinstance(person, User) and self.has_view_or_change_permission(request, person):
            people_actions.note_minor_read(
                person=person, by=cast(User, request.user), at=clock.now()
            )
        return super().change_view(request, object_id, form_url, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
