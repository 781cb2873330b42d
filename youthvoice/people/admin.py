from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from youthvoice.journal.admin import JournaledAdmin
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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
