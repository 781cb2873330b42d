"""A word before personal data becomes public: the writer hides it with one tap, or means it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.kit import personal

_NAMES = {
    personal.Kind.PHONE: _("手机号"),
    personal.Kind.IDENTITY: _("身份证号"),
    personal.Kind.CARD: _("卡号或回执码"),
    personal.Kind.CHAT: _("微信号或 QQ 号"),
}


class PersonalGuard(forms.Form):
    """Stops the first sending of words that hold personal data.

    The form then shows two buttons named `personal`: `mask` sends the words with the
    numbers hidden, `keep` sends them as they are. Nothing of it is stored.
    """

    guarded: tuple[str, ...] = ("text",)
    #: What was found, in words; empty when there is nothing to warn of.
    personal_found: list[str] = []

    def is_guarded(self) -> bool:
        """Whether these words are a person's own; an office may give its numbers."""
        return True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        found = {
            name: places
            for name in self.guarded
            if (places := personal.find(cleaned.get(name) or ""))
        }
        if not found or not self.is_guarded():
            return cleaned
        choice = self.data.get("personal", "")
        if choice == "mask":
            for name in found:
                cleaned[name] = personal.mask(cleaned[name])
        elif choice != "keep":
            kinds = dict.fromkeys(place.kind for places in found.values() for place in places)
            self.personal_found = [str(_NAMES[kind]) for kind in kinds]
            words = _t("里面好像有%s。发出去谁都能看到，建议先遮住。")
            problem = words % _t("、").join(self.personal_found)
            self.add_error(None, ValidationError(problem, code="personal"))
        return cleaned
