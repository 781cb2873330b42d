from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.callbacks.choices import MISSING_MOST, Satisfied
from youthvoice.callbacks.models import Callback
from youthvoice.kit.fields import Words


class SolvedForm(forms.Form):
    """One tap."""

    solved = forms.ChoiceField(
        label=_("解决了吗"), choices=[("yes", _("解决了")), ("no", _("没解决"))]
    )


class SatisfiedForm(forms.Form):
    """What may be said besides; what has been said already is asked no more."""

    satisfied = forms.TypedChoiceField(
        label=_("满意吗"),
        choices=Satisfied,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    missing = Words(
        label=_("还缺什么"),
        most=MISSING_MOST,
        rows=4,
        required=False,
        help_text=_("不公开。只有正在办的单位看得到。"),
    )

    def __init__(self, *args: Any, callback: Callback, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("satisfied", "missing"):
            if getattr(callback, name):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not any(given.values()):
            self.add_error(None, _("选一个，或者写一句。"))
        return given
