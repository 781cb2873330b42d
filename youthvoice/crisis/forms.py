from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.crisis.choices import NOTE_MOST, Outcome, To
from youthvoice.kit.text import check_clean


class LogForm(forms.Form):
    to = forms.ChoiceField(
        label=_("交给了谁"),
        choices=[("", _("还没有交给别人")), *To.choices],
        required=False,
    )
    note = forms.CharField(
        label=_("做了什么"),
        max_length=NOTE_MOST,
        required=False,
        validators=[check_clean],
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_MOST}),
        help_text=_("打了哪个电话、谁接的、说好下一步做什么。不要写提问者是谁。"),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["to"] and not cleaned["note"]:
            raise forms.ValidationError(_t("选一下交给了谁，或者写一句做了什么。"))
        return cleaned


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一下结果。")},
    )


class PublishForm(forms.Form):
    wished = forms.BooleanField(
        label=_("提问者说愿意公开"),
        error_messages={"required": _("要先问过提问者，他愿意才能公开。")},
    )
