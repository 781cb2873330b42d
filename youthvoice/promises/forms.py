from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import REASON_MOST
from youthvoice.kit.fields import Line


class PromiseForm(forms.Form):
    """An office's own words: nothing in them is warned of."""

    text = Line(
        label=_("会做到什么"),
        max_length=REASON_MOST,
        least=4,
        help_text=_("一句话，别人照着它就能看出做到没有。比如：答复退款结果。"),
        error_messages={"required": _("请写会做到什么。")},
    )
    due_on = forms.DateField(
        label=_("最晚哪一天"),
        help_text=_("从明天起，最晚到一年以后。过了这一天还没做到，谁都看得见。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请选一天。"), "invalid": _("这不是一个日期。")},
    )

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = {"min": first.isoformat(), "max": last.isoformat()}
        self.fields["due_on"].widget.attrs.update(days)


class DecideForm(forms.Form):
    kept = forms.ChoiceField(
        label=_("兑现了吗"), choices=[("yes", _("兑现了")), ("no", _("没有兑现"))]
    )
