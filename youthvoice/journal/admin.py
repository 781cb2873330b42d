"""The journal as operators see it, and the base of every editable admin page."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.filters import AllValuesFieldListFilter
from django.db import models, transaction
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from youthvoice.journal import actions
from youthvoice.journal.models import Entry
from youthvoice.journal.words import subject_words, verb_words
from youthvoice.kit import clock
from youthvoice.kit.admin import FirmAdmin
from youthvoice.kit.text import check_clean, check_line


class VerbFilter(AllValuesFieldListFilter):
    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": verb_words(str(choice["display"]))}


@admin.register(Entry)
class EntryAdmin(FirmAdmin):
    list_display = ["seq", "at", "what", "about", "actor"]
    list_filter = [("verb", VerbFilter)]
    fields = ["seq", "at", "what", "about", "actor", "data", "prev_hash", "hash"]
    ordering = ["-seq"]
    show_full_result_count = False

    @admin.display(description=_("动作"))
    def what(self, row: Entry) -> str:
        return verb_words(row.verb)

    @admin.display(description=_("对象"))
    def about(self, row: Entry) -> str:
        return subject_words(row.subject)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class JournaledAdmin(FirmAdmin):
    """An admin page whose every change is one entry: which row, which columns, by whom."""

    show_full_result_count = False

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Operators' words are as clean as anybody's, and their names as still."""
        found = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(found, forms.CharField):
            is_line = isinstance(db_field, models.CharField)
            found.validators += [check_clean, check_line] if is_line else [check_clean]
        return found

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: ModelForm[Any], change: bool
    ) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            self._record("changed" if change else "added", obj, request, form.changed_data)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        with transaction.atomic():
            self._record("removed", obj, request, [])
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        with transaction.atomic():
            for row in queryset:
                self._record("removed", row, request, [])
            super().delete_queryset(request, queryset)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_formset(request, form, formset, change)
            for row in formset.new_objects:
                self._record("added", row, request, [])
            for row, columns in formset.changed_objects:
                self._record("changed", row, request, columns)
            for row in formset.deleted_objects:
                actions.record(
                    "admin.removed",
                    subject=form.instance,
                    actor=_actor(request),
                    at=clock.now(),
                    data={"inline": row._meta.label_lower},
                )

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """One by one: many at once would pass by the receiver that takes out their names."""
        entries: list[Any] = []
        for row in queryset:
            one: Any = [row]
            entries += [super().log_deletions(request, one)]
        return entries

    def _record(
        self, what: str, row: models.Model, request: HttpRequest, columns: list[str]
    ) -> None:
        actions.record(
            f"admin.{what}",
            subject=row,
            actor=_actor(request),
            at=clock.now(),
            data={"columns": sorted(columns)} if columns else {},
        )


def _actor(request: HttpRequest) -> models.Model:
    user: Any = request.user
    return user
