"""Fields of forms for what people write. A form of ours has no other fields for text:
`tests/architecture/test_forms.py` looks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _t

from youthvoice.kit.digits import codes_in
from youthvoice.kit.text import (
    check_clean,
    check_line,
    even_lines,
    is_unstorable,
    one_line,
    seen,
)


def refusals(form: forms.BaseForm) -> str:
    """What is wrong in a form of buttons, in lines without the names that programs give them."""
    return "\n".join(str(words) for found in form.errors.values() for words in found)


class Bounded(forms.CharField):
    """What is too long is refused for its length alone: nothing reads it sign by sign."""

    def run_validators(self, value: Any) -> None:
        if self.is_too_long(value):
            lengths = (v for v in self.validators if isinstance(v, MaxLengthValidator))
            longest = next(lengths)
            try:
                longest(value)
            except ValidationError as problem:
                words = self.error_messages.get(longest.code)
                problem.message = words or problem.message
                raise
        # Django has another sentence for NUL: one fault is told once.
        check_clean(value)
        super().run_validators(value)

    def is_too_long(self, value: str) -> bool:
        return self.max_length is not None and len(value) > self.max_length


class Words(Bounded):
    """Text as written; only line ends are made alike. Text that shows nothing is none."""

    default_validators = [check_clean]

    def __init__(self, *, most: int, rows: int = 8, **kwargs: Any) -> None:
        super().__init__(
            max_length=most,
            strip=False,
            widget=forms.Textarea(attrs={"rows": rows, "maxlength": most}),
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        text = even_lines(super().to_python(value) or "")
        return text if self.is_too_long(text) or _shows(text) else ""


class Line(Bounded):
    """One line that stands amid others' words: a title, a name."""

    default_validators = [check_clean, check_line]

    def __init__(self, *, least: int = 1, **kwargs: Any) -> None:
        self.least = least
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        least = {"minlength": str(self.least)} if self.least > 1 else {}
        return super().widget_attrs(widget) | least

    def to_python(self, value: Any) -> str:
        line = one_line(super().to_python(value) or "")
        return line if self.is_too_long(line) or _shows(line) else ""

    def validate(self, value: str) -> None:
        super().validate(value)
        if self.is_too_long(value):
            return
        if value and not is_unstorable(value) and len(seen(value)) < self.least:
            message = self.error_messages.get("min_length") or _t("至少 %(limit_value)d 个字。")
            params = {"limit_value": self.least}
            raise ValidationError(message, code="min_length", params=params)


def _shows(text: str) -> bool:
    """What can't be stored is kept for its own refusal to find."""
    return bool(seen(text)) or is_unstorable(text)


class Code(Bounded):
    """A number or code that a page or a person gives back: never shown, never stored."""

    default_validators = [check_clean]


class FixedCode(Bounded, forms.RegexField):
    """A code of one shape."""

    default_validators = [check_clean]


class Digits(Code):
    """A code of so many digits, however it was typed or pasted: see `codes_in`.

    What can't be one is refused here, so that it costs no try of those that look at codes.
    """

    def __init__(self, *lengths: int, **kwargs: Any) -> None:
        self.lengths = lengths
        # The whole message that it came in may be pasted.
        super().__init__(**{"max_length": 300} | kwargs)

    def to_python(self, value: Any) -> str:
        typed: str = super().to_python(value) or ""
        if not typed or self.is_too_long(typed) or is_unstorable(typed):
            return typed
        found = codes_in(typed, *self.lengths)
        if len(found) > 1:
            raise ValidationError(_t("里面不止一个号码，请只填一个。"), code="several")
        if not found:
            message = self.error_messages.get("invalid") or _t("这里要填 %s 位数字。")
            digits = _t(" 或 ").join(map(str, self.lengths))
            raise ValidationError(message % digits if "%s" in message else message, code="invalid")
        return found[0]
