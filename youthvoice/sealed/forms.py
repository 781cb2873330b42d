from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.kit import clock
from youthvoice.kit.fields import Code
from youthvoice.kit.text import check_clean, even_lines, one_line
from youthvoice.sealed.choices import REASON_LEAST, REASON_MOST, SILENT_DAYS_MOST, Ground
from youthvoice.sealed.keyfiles import FILE_BYTES_MOST


class AskForm(forms.Form):
    question = forms.IntegerField(
        label=_("提问的编号"),
        min_value=1,
        max_value=2**63 - 1,
        help_text=_("提问那一页网址里的数字。"),
        error_messages={"required": _("请填编号。"), "invalid": _("编号只有数字。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    ground = forms.ChoiceField(
        label=_("依据"),
        choices=Ground,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项依据。")},
    )
    reason = forms.CharField(
        label=_("理由"),
        min_length=REASON_LEAST,
        max_length=REASON_MOST,
        validators=[check_clean],
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": REASON_MOST}),
        help_text=_("哪个机关、什么文书、为什么非知道不可。提问的人以后会看到这段话。"),
        error_messages={
            "required": _("请写理由。"),
            "min_length": _("理由太短，至少 %(limit_value)d 个字。"),
            "max_length": _("理由太长，最多 %(limit_value)d 个字。"),
        },
    )
    court_order = forms.CharField(
        label=_("法院不许告诉本人的文书号"),
        required=False,
        max_length=100,
        validators=[check_clean],
        help_text=_("没有这样的文书就空着：打开以后会告诉本人。"),
    )
    silent_until = forms.DateField(
        label=_("不许告诉到哪一天为止"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("过了这一天就会告诉本人。"),
        error_messages={"invalid": _("请写成 2027-03-01 这样的日期。")},
    )

    def clean_reason(self) -> str:
        return even_lines(self.cleaned_data["reason"])

    def clean_court_order(self) -> str:
        return one_line(self.cleaned_data["court_order"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        order, until = given.get("court_order"), given.get("silent_until")
        if "silent_until" in given and bool(order) != bool(until):
            raise ValidationError(_t("文书号和日期要么都填，要么都不填。"))
        today = timezone.localdate(clock.now())
        if until and not today <= until <= today + timedelta(days=SILENT_DAYS_MOST):
            self.add_error("silent_until", _t("日期要在今天以后、5 年以内。"))
        return given


class KeyForm(forms.Form):
    """A key file and its passphrase: used once, kept nowhere."""

    key_file = forms.FileField(
        label=_("你的钥匙文件"),
        help_text=_("你自己带来的、名字以 .key 结尾的文件。用过就丢，这里不存。"),
        error_messages={"required": _("请选钥匙文件。"), "empty": _("这个文件是空的。")},
    )
    passphrase = Code(
        label=_("钥匙的口令"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请填口令。")},
    )

    def clean_key_file(self) -> bytes:
        file: UploadedFile = self.cleaned_data["key_file"]
        if file.size is None or file.size > FILE_BYTES_MOST:
            raise ValidationError(_t("这个文件太大，不是钥匙文件。"))
        return file.read()
