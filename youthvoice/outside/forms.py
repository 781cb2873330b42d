"""What a body without accounts may send, what is sent to it, and what its asker lets it see."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import REASON_MOST
from youthvoice.kit.fields import Digits, Line, Words
from youthvoice.outside.codes import DIGITS
from youthvoice.questions.choices import TEXT_MOST


class CodeForm(forms.Form):
    code = Digits(
        DIGITS,
        label=_("校验码"),
        help_text=_("八位数字，写在信里，链接的下面。只能用一次。"),
        error_messages={
            "required": _("请填信里的校验码。"),
            "invalid": _("这个校验码不对，请对照信再看一遍。"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class MailForm(forms.Form):
    """The holder's: by which way the code goes, apart from the letter."""

    code_by = forms.ChoiceField(
        label=_("校验码怎么给他们"),
        choices=[
            ("phone", _("我打电话告诉他们")),
            ("mail", _("另寄一封到同一个邮箱")),
        ],
        initial="phone",
        widget=forms.RadioSelect,
        help_text=_(
            "信里只有链接，没有校验码：信会转给别人看，校验码不该跟着走。"
            "打电话最稳，寄错了邮箱也没人能冒名；没人接电话的单位，就另寄一封。"
        ),
        error_messages={
            "required": _("请选校验码怎么给他们。"),
            "invalid_choice": _("请选校验码怎么给他们。"),
        },
    )

    @property
    def code_follows(self) -> bool:
        return bool(self.cleaned_data["code_by"] == "mail")


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


class NumbersForm(forms.Form):
    """One of two buttons; who left no name says beside it that they are of age."""

    choice = forms.ChoiceField(
        label=_("号码给不给看"),
        choices=[("show", _("可以给他们看")), ("mask", _("遮住"))],
        error_messages={
            "required": _("请点一个：给看，还是遮住。"),
            "invalid_choice": _("请点一个：给看，还是遮住。"),
        },
    )
    of_age = forms.BooleanField(
        label=_("我满 18 岁了"),
        required=False,
        help_text=_("你是匿名问的，我们不知道你多大。这一句不会存下来。"),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["is_shown"] = given.get("choice") == "show"
        return given
