from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import REASON_MOST
from youthvoice.kit.fields import Words


class ExclusionForm(forms.Form):
    reason = Words(
        label=_("为什么不该计入"),
        help_text=_("最多 200 字，大家都看得到。不要写出谁是谁。"),
        most=REASON_MOST,
        rows=4,
        error_messages={"required": _("请写下理由。")},
    )
