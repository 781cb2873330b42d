from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.text import check_clean


def guardian_field(**kwargs: Any) -> forms.EmailField:
    return forms.EmailField(
        validators=[check_clean],
        label=_("监护人的邮箱"),
        help_text=_("爸爸、妈妈或别的监护人。我们发一封信去问，答了就不再存这个邮箱。"),
        error_messages={"required": _("请填监护人的邮箱。")},
        **kwargs,
    )


class GuardianForm(forms.Form):
    address = guardian_field()
