from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NumbersForm(forms.Form):
    """One of two buttons; who left no name says beside it that they are of age."""

    choice = forms.ChoiceField(
        choices=[("show", _("可以给他们看")), ("mask", _("遮住"))],
        error_messages={
            "required": _("请点一个：给看，还是遮住。"),
            "invalid_choice": _("请点一个：给看，还是遮住。"),
        },
    )
    of_age = forms.BooleanField(
        label=_("我满 18 岁了"),
        required=False,
        help_text=_("你没有留名，我们不知道你多大。这一句不会存下来。"),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["is_shown"] = given.get("choice") == "show"
        return given
