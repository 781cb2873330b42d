from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.fields import Words
from youthvoice.moderation.choices import APPEAL_MOST, NEVER, NOTE_MOST, RULES, HideReason


def _reasons() -> list[tuple[str, str]]:
    return [(r.value, f"{r.label}：{RULES[r]}") for r in HideReason]


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("哪里不对"),
        help_text=NEVER,
        choices=_reasons,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个理由。"), "invalid_choice": _("请选一个理由。")},
    )
    note = Words(
        label=_("还想说明什么"),
        help_text=_("最多 200 字，只给处理的人看。不用写你是谁。"),
        most=NOTE_MOST,
        rows=3,
        required=False,
    )


class HideForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("按哪一条隐藏"),
        help_text=NEVER,
        choices=_reasons,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一条。"), "invalid_choice": _("请选一条。")},
    )
    sure = forms.BooleanField(
        label=_("我看过这条规则，这些话确实违反了它。"),
        error_messages={"required": _("请先确认。")},
    )


class AppealForm(forms.Form):
    text = Words(
        label=_("为什么不该隐藏"),
        help_text=_("最多 1000 字。会由另外的人来看，只能申诉一次。"),
        most=APPEAL_MOST,
        rows=6,
        error_messages={"required": _("请写下理由。")},
    )


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("怎么定"),
        choices=[("restore", _("恢复显示")), ("uphold", _("维持隐藏"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个。"), "invalid_choice": _("请选一个。")},
    )
    answer = Words(
        label=_("写给作者的理由"),
        help_text=_("最多 1000 字。作者会读到，说清是哪一句、哪一条。"),
        most=APPEAL_MOST,
        rows=6,
        error_messages={"required": _("请写下理由，作者会读到。")},
    )
