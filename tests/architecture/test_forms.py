"""No form of ours takes text past `kit/fields.py`: what can't be stored is refused everywhere."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.urls import get_resolver

from youthvoice.kit.fields import Line, Words
from youthvoice.kit.text import check_clean


def our_forms() -> Iterator[type[forms.BaseForm]]:
    """Every form class of our apps, wherever it is defined."""
    for app in apps.get_app_configs():
        if app.name.startswith("youthvoice."):
            for found in pkgutil.walk_packages([app.path], f"{app.name}."):
                if found.name.rpartition(".")[2] in {"forms", "guard", "admin", "views"}:
                    importlib.import_module(found.name)
    assert get_resolver().url_patterns  # imports every view
    waiting = [forms.BaseForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            if form.__module__.startswith("youthvoice.") and ".tests." not in form.__module__:
                yield form


def unguarded(form: type[forms.BaseForm]) -> list[str]:
    """The text fields of a form that don't refuse what can't be stored."""
    return [
        f"{form.__qualname__}.{name}"
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField)
        # JSON is taken apart, and never stored as it came.
        and not isinstance(field, forms.JSONField)
        and check_clean not in field.validators
    ]


def test_every_text_field_of_every_form_refuses_what_cant_be_stored():
    found = {form: unguarded(form) for form in our_forms()}

    assert len(found) > 5
    assert [name for names in found.values() for name in names] == []


@pytest.mark.django_db
def test_every_text_field_of_every_admin_page_does_too():
    request = SimpleNamespace(user=SimpleNamespace(has_perm=lambda *args: True))
    wrong = []
    for model, page in admin.site._registry.items():
        if type(page).__module__.startswith("youthvoice.") and page.has_change_permission(request):
            wrong += [f"{model.__name__}: {name}" for name in unguarded(page.get_form(request))]

    assert wrong == []


def test_a_field_that_forgets_is_found():
    class Forgetful(forms.Form):
        title = forms.CharField()
        text = Words(most=9)
        name = Line()
        count = forms.IntegerField()

    assert [name.rpartition(".")[2] for name in unguarded(Forgetful)] == ["title"]
