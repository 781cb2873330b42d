"""What a body without accounts may send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import REASON_MOST
from youthvoice.kit.fields import Code, Line, Words
from youthvoice.questions.choices import TEXT_MOST


class CodeForm(forms.Form):
    code = Code(
        label=_("校验码"),
        max_length=40,
        help_text=_("八位数字，写在信里，链接的下面。只能用一次。"),
        error_messages={"required": _("请填信里的校验码。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class ReplyForm(forms.Form):
    """An office's own words: its numbers may stand in them."""

    text = Words(
        label=_("回复"),
        most=TEXT_MOST,
        help_text=_("以单位的名义公开，谁都看得到。先回答问的那件事，再说依据、去哪里办、找谁。"),
        error_messages={"required": _("请写回复。")},
    )


class ReturnForm(forms.Form):
    reason = Line(
        label=_("为什么退回"),
        max_length=REASON_MOST,
        help_text=_("公开。最好写上该由谁办。"),
        error_messages={"required": _("请写为什么退回。")},
    )
