from typing import cast

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from youthvoice.journal.admin import JournaledAdmin
from youthvoice.kit import clock
from youthvoice.people import factor_acts
from youthvoice.people.models import User

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(JournaledAdmin):
    """People as operators see them: no password, no power beyond closing an account."""

    list_display = ["username", "nickname", "origin", "is_active", "date_joined"]
    list_filter = ["origin", "is_active"]
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
            factor_acts.reset(person=people[0], by=cast(User, request.user), at=clock.now())
        except factor_acts.UnableToReset as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("重置好了。请当面或打电话告诉本人，登录后重新设置。"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
