from django.contrib import admin

from youthvoice.cases.models import Route
from youthvoice.journal.admin import JournaledAdmin


@admin.register(Route)
class RouteAdmin(JournaledAdmin):
    list_display = ["region", "field", "kind", "holder"]
    list_filter = ["field", "kind"]
    list_select_related = ["region", "holder"]
    search_fields = ["region__name", "region__code", "holder__short_name"]
    autocomplete_fields = ["region", "holder"]
