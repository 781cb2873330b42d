from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.fields import Line
from youthvoice.orgs.choices import INVITED_DAYS, WHOM_MOST, Role


class InviteForm(forms.Form):
    """Who, as what, and for how long the link opens."""

    whom = Line(
        label=_("请谁"),
        max_length=WHOM_MOST,
        help_text=_("怎么称呼都行，只为分清几个链接；用过就删。"),
    )
    role = forms.ChoiceField(label=_("角色"))
    days = forms.TypedChoiceField(
        label=_("几天内有效"),
        coerce=int,
        choices=[(days, _("%d 天") % days) for days in INVITED_DAYS],
        initial=7,
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(r.value, r.label) for r in roles]  # type: ignore[attr-defined]
