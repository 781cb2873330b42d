from django.contrib import admin

from youthvoice.journal.admin import JournaledAdmin
from youthvoice.workdays.models import DayOverride


@admin.register(DayOverride)
class DayOverrideAdmin(JournaledAdmin):
    list_display = ["date", "is_working", "name"]
    list_filter = ["is_working"]
    search_fields = ["name"]
