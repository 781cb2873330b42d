"""Forms of the second factor: tries are counted, and codes spent, in all processes."""

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from youthvoice.kit import clock
from youthvoice.kit.fields import Digits, Line
from youthvoice.kit.text import check_clean, one_line
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.people.devices import cookie
from youthvoice.people.factors import actions

_LONGEST = 40
#: An app's, and those kept for the day when it is lost.
_CODES = (app_settings.TOTP_DIGITS, app_settings.RECOVERY_CODE_DIGITS)


def _code_field(label: Any, help_text: Any = "", lengths: tuple[int, ...] = ()) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    return Digits(
        *(lengths or _CODES),
        label=label,
        help_text=help_text,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"invalid": get_adapter().error_messages["incorrect_code"]},
    )


class _SpendsCode(forms.Form):
    user: Any

    def clean_code(self) -> str:
        """Raises TooMany before a code is looked at, as for passwords."""
        device = cookie.known_to(context.request, self.user)
        who = f"{self.user.pk}:{device}" if device else str(self.user.pk)
        limits.take(What.SECOND_FACTOR, who=who, at=clock.now())
        code: str = self.cleaned_data["code"]
        found = actions.spend(self.user, code)
        if found is None:
            raise get_adapter().validation_error("incorrect_code")
        limits.clear(What.SECOND_FACTOR, who=who)
        self.authenticator = found
        return code


class SignInCode(_SpendsCode, AuthenticateForm):
    code = _code_field(_("验证码"), _("验证应用里的 6 位数字；手机不在身边，就填一个备用码。"))


class AgainCode(_SpendsCode, ReauthenticateForm):
    code = _code_field(_("验证码"), _("验证应用里的 6 位数字，或者一个备用码。"))


class FirstCode(ActivateTOTPForm):
    code = _code_field(_("应用里现在显示的 6 位数字"), lengths=_CODES[:1])


class _TakesAnything(forms.Form):
    """What a browser sends for a passkey is taken apart by packages that fall over what is
    none, each with errors of its own."""

    def _checked(self, check: Callable[[], Any]) -> Any:
        try:
            return check()
        except ValidationError:
            raise
        except Exception as problem:
            raise get_adapter().validation_error("incorrect_passkey") from problem


class _Credential(forms.JSONField):
    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError):
            # Brackets within brackets, thousands deep; numbers of thousands of digits.
            raise get_adapter().validation_error("incorrect_passkey") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        # What was refused is not shown again: the device answers anew.
        return None


class SignInPasskey(_TakesAnything, AuthenticateWebAuthnForm):
    credential = _Credential()

    def clean_credential(self) -> Authenticator:
        return actions.unnoted(self._checked(super().clean_credential))


class AgainPasskey(_TakesAnything, ReauthenticateWebAuthnForm):
    credential = _Credential()

    def clean_credential(self) -> Authenticator:
        return actions.unnoted(self._checked(super().clean_credential))


class _Named(forms.Form):
    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"]) or str(_("通行密钥"))
        check_clean(name)
        return name


class NewPasskey(_TakesAnything, _Named, AddWebAuthnForm):
    credential = _Credential()
    name = Line(
        label=_("给它起个名字"), max_length=_LONGEST, required=False,
        help_text=_("比如“我的手机”。"),
    )  # fmt: skip

    def clean(self) -> Any:
        return self._checked(super().clean)


class PasskeyName(_Named, EditWebAuthnForm):
    name = Line(label=_("名字"), max_length=_LONGEST)
