from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.fields import Code, Digits
from youthvoice.people.forms import SignupExtra
from youthvoice.people.phones import numbers


class NumberForm(forms.Form):
    number = Code(
        label=_("手机号"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_number(self) -> str:
        return numbers.read(self.cleaned_data["number"])


class CodeForm(forms.Form):
    code = Digits(
        6,
        label=_("验证码"),
        error_messages={"invalid": _("验证码是短信里的 6 位数字。")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class JoinForm(SignupExtra):
    """What a new account is asked for besides its number: the same as at any sign-up."""
