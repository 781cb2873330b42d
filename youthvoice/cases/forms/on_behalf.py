from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import Came
from youthvoice.questions.forms import AskForm


class OnBehalfForm(AskForm):
    """What asking takes, without a name and without pictures, and that the caller agreed."""

    channel = forms.ChoiceField(
        label=_("怎么来的"),
        choices=Came,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一下是怎么来的。")},
    )
    consented = forms.BooleanField(
        label=_("来电（来访）人同意公开这段话"),
        help_text=_("先念给对方听一遍。姓名、电话和住处不要写进去。"),
        error_messages={"required": _("没有同意，就不能公开提出。")},
    )
    name_choice = None  # type: ignore[assignment]
    pictures = None  # type: ignore[assignment]
    remember_region = None  # type: ignore[assignment]

    field_order = ["channel", "title", "field", "kind", "text", "region", "consented"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, signed_in=True, **kwargs)
