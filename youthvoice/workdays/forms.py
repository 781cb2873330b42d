from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.fields import Words

#: Signs. The notices that were published so far have some 900.
_MOST = 5000


class NoticeForm(forms.Form):
    text = Words(
        label=_("通知全文"),
        most=_MOST,
        rows=16,
        error_messages={"required": _("把通知的文字贴在这里。")},
    )
    # As wide as the admin's own.
    text.widget.attrs["class"] = "vLargeTextField"
