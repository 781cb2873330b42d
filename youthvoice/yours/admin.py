from django.contrib import admin
from django.http import HttpRequest

from youthvoice.journal.admin import JournaledAdmin
from youthvoice.yours.models import Hold


@admin.register(Hold)
class HoldAdmin(JournaledAdmin):
    """Keeping an account that the law wants kept; it is lifted, not removed."""

    list_display = ["pk", "person", "law", "is_lifted"]
    list_filter = ["is_lifted"]
    list_select_related = ["person"]
    search_fields = ["person__nickname"]
    autocomplete_fields = ["person"]
    fields = ["person", "law", "reason", "is_lifted"]

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return ["person"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
