from typing import Any

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from youthvoice.journal.admin import JournaledAdmin
from youthvoice.kit.admin import FirmInline
from youthvoice.orgs.choices import Field, Level
from youthvoice.orgs.models import Membership, Organisation, Region
from youthvoice.orgs.queries import all_regions, region_and_above


class MembershipInline(FirmInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["person"]


@admin.register(Organisation)
class OrganisationAdmin(JournaledAdmin):
    list_display = ["short_name", "name", "kind", "group", "region", "is_active", "people"]
    list_filter = ["kind", "group", "is_active"]
    list_select_related = ["region"]
    search_fields = ["name", "short_name", "slug"]
    autocomplete_fields = ["region", "parent"]
    inlines = [MembershipInline]

    @admin.display(description=gettext_lazy("成员"))
    def people(self, row: Organisation) -> str:
        """The page on which people are invited; operators have no desk there."""
        if not row.is_active:
            return ""
        return format_html(
            '<a href="{}">{}</a>', reverse("orgs:members", args=[row.slug]), _("成员和邀请")
        )

    def in_look_ups(self, row: Any) -> str:
        """Many a school's committee has the same short name."""
        return row.short_name if row.short_name == row.name else f"{row.short_name}（{row.name}）"

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "fields":
            # A list of codes in the database, boxes to tick for people.
            return forms.MultipleChoiceField(
                label=db_field.verbose_name,
                choices=Field,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Region)
class RegionAdmin(JournaledAdmin):
    list_display = ["code", "name", "pinyin", "level"]
    list_filter = ["level"]
    search_fields = ["code", "name", "pinyin"]
    autocomplete_fields = ["parent"]

    def in_look_ups(self, row: Any) -> str:
        """With the county and the city above it: each county has its 城关镇."""
        regions = all_regions()
        above = [regions[code] for code in region_and_above(row.code)[1:]]
        names = "，".join(one.name for one in above if one.level != Level.PROVINCE)
        return f"{row.name}（{names}）" if names else row.name


@admin.register(Membership)
class MembershipAdmin(JournaledAdmin):
    list_display = ["person", "organisation", "role"]
    list_filter = ["role"]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__nickname", "organisation__short_name"]
    autocomplete_fields = ["person", "organisation"]
