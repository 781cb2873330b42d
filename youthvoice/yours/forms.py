from django import forms
from django.utils.translation import gettext_lazy as _


class LeaveForm(forms.Form):
    answers_too = forms.BooleanField(
        label=_("我给别人的回答也一起抹去"),
        required=False,
        help_text=_("不勾的话，回答留着，不再写你的名字：问的人可能还用得着。"),
    )
