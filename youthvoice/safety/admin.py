from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from youthvoice.journal.admin import JournaledAdmin
from youthvoice.safety.models import HelpLine, ListedWord


@admin.register(HelpLine)
class HelpLineAdmin(JournaledAdmin):
    list_display = ["name", "number", "region", "hours", "position", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["region"]
    search_fields = ["name", "number"]
    autocomplete_fields = ["region"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One that came with the house would come again; it is switched off."""
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.code is None)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}


@admin.register(ListedWord)
class ListedWordAdmin(JournaledAdmin):
    list_display = ["word", "kind", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["word"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["word"] if obj is not None and obj.is_shipped else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.is_shipped)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}
