"""A word before personal data becomes public: it is hidden with one tap, or an adult means it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.kit import personal
from youthvoice.people import policy as people_policy

_NAMES = {
    personal.Kind.PHONE: _("手机号"),
    personal.Kind.IDENTITY: _("身份证号"),
    personal.Kind.CARD: _("卡号或回执码"),
    personal.Kind.CHAT: _("微信号或 QQ 号"),
    personal.Kind.CLASS: _("学校和班级"),
}
#: Where somebody studies is not a number; a complaint about a class may need to name it.
_MAY_STAY = {personal.Kind.CLASS}


class PersonalGuard(forms.Form):
    """Stops the first sending of words that hold personal data.

    The form then shows two buttons named `personal`: `mask` sends the words with the
    numbers hidden, `keep` sends them as they are. Numbers may be kept only by a `writer`
    who is of age: not by minors, those who never said, and those who leave no name.
    Nothing of it is stored.
    """

    guarded: tuple[str, ...] = ("text",)
    #: What was found, in words; empty when there is nothing to warn of.
    personal_found: list[str] = []
    #: Whether what was found may be sent as it is.
    may_keep = False

    def __init__(self, *args: Any, writer: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.writer = writer

    def is_guarded(self) -> bool:
        """Whether these words are a person's own; an office may give its numbers."""
        return True

    def is_strict(self) -> bool:
        """Whether the rules for minors hold. Without a name nobody looks who is writing."""
        return people_policy.is_protected(self.writer)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if not self.is_guarded():
            return cleaned
        strict = self.is_strict()
        found = {
            name: places
            for name in self.guarded
            if (places := personal.find(cleaned.get(name) or "", classes=strict))
        }
        if not found:
            return cleaned
        kinds = dict.fromkeys(place.kind for places in found.values() for place in places)
        self.may_keep = not strict or set(kinds) <= _MAY_STAY
        choice = self.data.get("personal", "")
        if choice == "mask":
            for name in found:
                cleaned[name] = personal.mask(cleaned[name], classes=strict)
        elif choice != "keep" or not self.may_keep:
            self.personal_found = [str(_NAMES[kind]) for kind in kinds]
            words = (
                _t("里面好像有%s。发出去谁都能看到，建议先遮住。")
                if self.may_keep
                else _t("里面好像有%s。发出去谁都能看到，请遮住或删掉再发。")
            )
            problem = words % _t("、").join(self.personal_found)
            self.add_error(None, ValidationError(problem, code="personal"))
        return cleaned
