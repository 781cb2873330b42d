from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from youthvoice.kit import clock
from youthvoice.kit.emoji import hides_something
from youthvoice.kit.fields import Line
from youthvoice.kit.text import check_clean, check_line, one_line, seen
from youthvoice.limits.actions import TooMany
from youthvoice.people import actions
from youthvoice.people.choices import AgeBand, Document
from youthvoice.people.guardians import letters
from youthvoice.people.guardians.forms import guardian_field
from youthvoice.people.models import User
from youthvoice.people.names import misleads


def clean_nickname(value: str, *, person: User | None = None) -> str:
    """A nickname on one line that passes for nobody else; `person` has an account already."""
    name = one_line(value)
    check_clean(name)
    check_line(name)
    if len(seen(name)) < 2:
        raise ValidationError(_("昵称至少两个字。"))
    if hides_something(name):
        raise ValidationError(_("昵称里有看不见的字符，请重新输入。"))
    if misleads(name, person=person):
        raise ValidationError(
            _("这个昵称容易让人认错：像单位、热线、本站，或者像匿名的人。请换一个。")
        )
    return name


def _page(url: Any, name: Any, words: Any) -> Any:
    """A line of why with the page that it speaks of, opened beside what was typed."""
    return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>{}', url, name, words)


_linked = lazy(_page, str)
_AGE_WHY = _(
    "不满 18 岁的人受更多保护：电话之类要先遮住才能发。"
    "未满 14 岁，要监护人同意。只记年龄段，不问生日。"
)


def age_field(**kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("你多大"),
        help_text=_AGE_WHY,
        choices=AgeBand,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一下年龄段。")},
        **kwargs,
    )


class SignupExtra(forms.Form):
    """What sign-up asks besides allauth's own fields."""

    nickname = Line(
        label=_("昵称"), max_length=20, help_text=_("别人看到的名字，可以随时改，不必是真名。")
    )

    age_band = age_field()
    #: Shown only to who chooses the youngest band (css/components/form.css).
    guardian = guardian_field(required=False)
    agree_rules = forms.BooleanField(
        label=_("我同意规则"),
        help_text=_linked(
            reverse_lazy("site:rules"), _("看规则"), _("：什么可以发，什么会被撤下。")
        ),
        error_messages={"required": _("同意规则，才能注册。不注册也能提问。")},
    )
    agree_privacy = forms.BooleanField(
        label=_("我同意隐私说明"),
        help_text=_linked(
            reverse_lazy("site:privacy"), _("看隐私说明"), _("：我们记什么，给谁看，怎么删。")
        ),
        error_messages={"required": _("同意隐私说明，才能注册。不注册也能提问。")},
    )

    field_order = [
        "nickname",
        "username",
        "email",
        "password1",
        "password2",
        "age_band",
        "guardian",
        "agree_rules",
        "agree_privacy",
    ]

    def clean_nickname(self) -> str:
        return clean_nickname(self.cleaned_data["nickname"])

    def clean_guardian(self) -> str:
        given: str = self.cleaned_data["guardian"]
        if self.cleaned_data.get("age_band") != AgeBand.UNDER_14:
            return ""
        if not given:
            raise ValidationError(_("未满 14 岁，请填监护人的邮箱。"))
        return given.lower()

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account is made."""
        given = self.cleaned_data
        band = AgeBand(given["age_band"])
        actions.sign_up(person=user, nickname=given["nickname"], band=band, at=clock.now())
        if band != AgeBand.UNDER_14:
            return
        # The adapter sends them on to the page that says what happens now.
        request.asks_guardian = True  # type: ignore[attr-defined]
        try:
            letters.write_to_guardian(request, user, given["guardian"])
        except TooMany:
            # That page says that there was no letter, and sends it later.
            return


class AgeForm(forms.Form):
    age_band = age_field()

    def __init__(self, data: Any = None, *, person: User) -> None:
        super().__init__(data, initial={"age_band": person.age_band})


class ConsentForm(forms.Form):
    what = forms.ChoiceField(choices=Document)
    act = forms.ChoiceField(choices=[("give", ""), ("withdraw", "")])


class ProfileForm(forms.ModelForm[User]):
    nickname = Line(label=_("昵称"), max_length=20, help_text=_("别人看到的名字，不必是真名。"))

    class Meta:
        model = User
        fields = ["nickname"]

    def clean_nickname(self) -> Any:
        return clean_nickname(self.cleaned_data["nickname"], person=self.instance)
