import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.fields import Line
from youthvoice.kit.text import check_clean, check_line, one_line, seen
from youthvoice.people.models import User

#: Names under which somebody could pass for an office.
_OFFICIAL = ("团委", "团省委", "团市委", "共青团", "官方", "管理员", "客服")


def clean_nickname(value: str) -> str:
    """A nickname on one line that does not pretend to be an office."""
    name = one_line(value)
    check_clean(name)
    check_line(name)
    if len(seen(name)) < 2:
        raise ValidationError(_("昵称至少两个字。"))
    if any(unicodedata.category(sign) in {"Cf", "Cc", "Co"} for sign in name):
        raise ValidationError(_("昵称里有看不见的字符，请重新输入。"))
    # As it looks: "团 委" and full-width letters read like the office too.
    look = unicodedata.normalize("NFKC", name).replace(" ", "")
    if any(word in look for word in _OFFICIAL):
        raise ValidationError(_("这个昵称容易让人以为是官方，请换一个。"))
    return name


class SignupExtra(forms.Form):
    """What sign-up asks besides allauth's own fields."""

    nickname = Line(
        label=_("昵称"), max_length=20, help_text=_("别人看到的名字，可以随时改，不必是真名。")
    )

    field_order = ["nickname", "username", "email", "password1", "password2"]

    def clean_nickname(self) -> str:
        return clean_nickname(self.cleaned_data["nickname"])

    def signup(self, request: HttpRequest, user: User) -> None:
        user.nickname = self.cleaned_data["nickname"]
        user.save(update_fields=["nickname"])


class ProfileForm(forms.ModelForm[User]):
    nickname = Line(label=_("昵称"), max_length=20, help_text=_("别人看到的名字，不必是真名。"))

    class Meta:
        model = User
        fields = ["nickname"]

    def clean_nickname(self) -> Any:
        return clean_nickname(self.cleaned_data["nickname"])
