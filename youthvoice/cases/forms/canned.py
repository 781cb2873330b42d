"""A body's canned replies."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.queries.canned import unknown_fields
from youthvoice.kit.fields import Line, Words
from youthvoice.questions.choices import TEXT_MOST


class CannedForm(forms.Form):
    title = Line(
        label=_("叫什么"),
        max_length=40,
        help_text=_("同事按它来选。"),
        error_messages={"required": _("请起个名字。")},
    )
    text = Words(
        label=_("内容"),
        most=TEXT_MOST,
        help_text=_("花括号里的词会换成这件事的：见下面的表。"),
        error_messages={"required": _("请写下内容。")},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if unknown := unknown_fields(text):
            names = "".join(f"{{{name}}}" for name in unknown)
            raise ValidationError(_t("没有这样的字段：%s。") % names)
        return text
