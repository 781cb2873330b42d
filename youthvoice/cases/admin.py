from typing import Any

from django.contrib import admin

from youthvoice.cases.models import Route, Term
from youthvoice.cases.queries.deadlines import forget_terms
from youthvoice.journal.admin import JournaledAdmin


@admin.register(Route)
class RouteAdmin(JournaledAdmin):
    list_display = ["region", "field", "kind", "holder"]
    list_filter = ["field", "kind"]
    list_select_related = ["region", "holder"]
    search_fields = ["region__name", "region__code", "holder__short_name"]
    autocomplete_fields = ["region", "holder"]


@admin.register(Term)
class TermAdmin(JournaledAdmin):
    list_display = ["field", "kind", "first_reply_hours", "worst_hours", "next_step_days"]
    list_filter = ["field", "kind"]

    def save_model(self, *args: Any, **kwargs: Any) -> None:
        super().save_model(*args, **kwargs)
        forget_terms()
