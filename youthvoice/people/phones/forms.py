import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.fields import Code
from youthvoice.people.forms import SignupExtra
from youthvoice.people.phones import numbers


class NumberForm(forms.Form):
    number = Code(
        label=_("手机号"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_number(self) -> str:
        return numbers.read(self.cleaned_data["number"])


class CodeForm(forms.Form):
    code = Code(
        label=_("验证码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        code = re.sub(r"\s", "", unicodedata.normalize("NFKC", self.cleaned_data["code"]))
        if not re.fullmatch(r"\d{6}", code, re.ASCII):
            raise ValidationError(_("验证码是短信里的 6 位数字。"))
        return code


class JoinForm(SignupExtra):
    """What a new account is asked for besides its number: the same as at any sign-up."""
