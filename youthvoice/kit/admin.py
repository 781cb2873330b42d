"""The base of every page of the admin: what its own links never ask, it refuses."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin, TabularInline, display
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin, IncorrectLookupParameters
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import (
    ORDER_VAR,
    SEARCH_VAR,
    ChangeList,
    ChangeListSearchForm,
)
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    SuspiciousOperation,
    ValidationError,
)
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from youthvoice.kit.fields import Code

#: Signs of a search; each word of it is a condition for each column that is searched.
SEARCH_MOST = 100


class NotOfThisList(BadRequest):
    """The message is a sentence for the page. Nothing of it, nor of what was sent, is logged."""


class SearchForm(ChangeListSearchForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[SEARCH_VAR] = Code(required=False, strip=False, max_length=SEARCH_MOST)


class FirmList(ChangeList):
    """A list that its own filters narrow, and nothing else.

    Django takes any look-up of any column from the address: a pattern that runs for hours, or
    question after question about a column that is shown to nobody, of which no entry tells.
    """

    search_form_class = SearchForm

    def get_filters(self, request: HttpRequest) -> Any:
        found = super().get_filters(request)
        # What is left of the address once each filter has taken its own, and what Django has
        # added itself (the bounds of a date hierarchy).
        if not found[2].keys().isdisjoint(request.GET):
            raise IncorrectLookupParameters
        return found

    def get_ordering(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> list[Any]:
        """Each column once: Django would sort by as many as fit into an address."""
        if self.params.get(ORDER_VAR, "").count(".") >= len(self.list_display):
            raise IncorrectLookupParameters
        return super().get_ordering(request, queryset)


class FirmSelect(AutocompleteSelect):
    """Draws as chosen what can be a row; Django asks the database for whatever was sent."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        to: Any = self.field.remote_field
        key = to.model._meta.get_field(to.field_name)
        return super().optgroups(name, [one for one in value if not one or can_be(one, key)], attr)


def can_be(given: str, key: Any) -> bool:
    """Whether a row's key can be what was sent."""
    try:
        key.run_validators(key.to_python(given))
    except ValidationError:
        return False
    return True


class FirmFields(BaseModelAdmin[Any]):
    """What pages and the lines in them have in common."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = FirmSelect(db_field, self.admin_site)
        found = super().formfield_for_foreignkey(db_field, request, **kwargs)
        page = self.admin_site._registry.get(db_field.related_model)
        if found is not None and isinstance(page, FirmAdmin):
            found.label_from_instance = page.in_look_ups  # type: ignore[assignment]
        return found


class FirmInline(FirmFields, TabularInline[Any, Any]):
    pass


def _in_words(of: Any, column: Any) -> Any:
    """A column of yes and no as words: to those who hear it Django's picture says True."""
    fields = {one.name: one for one in of.fields if isinstance(one, models.BooleanField)}
    if column not in fields:
        return column

    @display(description=fields[column].verbose_name, ordering=column)
    def said(row: models.Model) -> str:
        return _("是") if getattr(row, column) else _("否")

    said.__name__ = column
    return said


class FirmAdmin(FirmFields, ModelAdmin[Any]):
    """Turns away what Django's own pages take for granted that their forms and links send."""

    def in_look_ups(self, row: models.Model) -> str:
        """How a row is called where it is chosen among others: in words that tell it apart."""
        return str(row)

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [_in_words(self.opts, name) for name in super().get_list_display(request)]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return FirmList

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Raises NotOfThisList; Django would show the whole list without a word, or fail."""
        try:
            return super().get_changelist_instance(request)
        except (IncorrectLookupParameters, SuspiciousOperation) as problem:
            raise NotOfThisList(
                _("这个列表没有地址里写的筛选、排序或页码。请用列表上的链接和搜索框。")
            ) from problem

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """The list has told already that the search is too long; completion has no words."""
        if len(search_term) > SEARCH_MOST:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Rows are named by their keys: a page that notes who looked knows whom they saw."""
        return to_field in {self.opts.pk.name, self.opts.pk.attname}

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> models.Model | None:
        """An empty `_to_field` is none."""
        return super().get_object(request, object_id, from_field or None)

    def get_formset_kwargs(
        self, request: HttpRequest, obj: models.Model, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Rows that a form counts and doesn't send are a bad request: Django would draw up to two
        thousand of them, empty, in half a minute."""
        told = request.POST.get(f"{prefix}-TOTAL_FORMS", "")
        if told.isdecimal() and (len(told) > 9 or int(told) > len(request.POST)):
            raise NotOfThisList(_("表单说的行数，比发来的多。请回到页面再保存一次。"))
        found: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        return found

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any) -> Any:
        """A row that can't be is a bad request; Django would ask the database for it."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(can_be(one, self.model._meta.pk) for one in chosen):
            raise NotOfThisList(_("选中的不是这个列表里的行。请回到列表再选一次。"))
        return super().response_action(request, queryset, *args)


class Completion(AutocompleteJsonView):
    """What is typed ahead in the admin's own forms.

    Django takes the name of any table and column from the address, and fails of some.
    """

    admin_site: AdminSite

    def process_request(self, request: HttpRequest) -> Any:
        asked = tuple(request.GET.get(name) for name in ("app_label", "model_name", "field_name"))
        if asked not in self._offered():
            raise PermissionDenied
        return super().process_request(request)

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        found: dict[str, str] = super().serialize_result(obj, to_field_name)
        page = self.model_admin
        return found | ({"text": page.in_look_ups(obj)} if isinstance(page, FirmAdmin) else {})

    def _offered(self) -> set[tuple[str | None, ...]]:
        """The fields that the admin's pages, and the lines in them, complete."""
        pages = self.admin_site._registry.values()
        forms: list[Any] = [*pages, *(inline for page in pages for inline in page.inlines)]
        return {
            (form.model._meta.app_label, form.model._meta.model_name, name)
            for form in forms
            for name in form.autocomplete_fields
        }
