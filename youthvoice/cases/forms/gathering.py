import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

#: As many signs as every database's numbers have at least.
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


class Numbers(forms.TypedMultipleChoiceField):
    """Numbers of questions, as boxes give them back; whose they are, the action asks."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return bool(_NUMBER.fullmatch(str(value)))


class GatherForm(forms.Form):
    """What of a group is one thing, under which lead; or that it is none; or a topic's."""

    MERGE, APART, TOPIC = "merge", "apart", "topic"

    act = forms.ChoiceField(
        label=_("怎么办"),
        choices=[(MERGE, _("一起办理")), (APART, _("不是一回事")), (TOPIC, _("做成话题"))],
    )
    pick = Numbers(label=_("选哪些"), required=False)
    lead = forms.IntegerField(
        label=_("以哪个为主"), min_value=1, max_value=2**63 - 1, required=False
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if cleaned["act"] == self.TOPIC:
            if not cleaned["pick"]:
                self.add_error("pick", _t("请至少选一个提问。"))
            return cleaned
        chosen = {*cleaned["pick"], cleaned["lead"]} - {None}
        if cleaned["act"] == self.MERGE and cleaned["lead"] is None:
            self.add_error("lead", _t("请选一个为主的提问。"))
        elif len(chosen if cleaned["act"] == self.MERGE else set(cleaned["pick"])) < 2:
            self.add_error("pick", _t("请选两个以上的提问。"))
        return cleaned


class TakeForm(forms.Form):
    """Which question goes on its own again."""

    take = forms.IntegerField(label=_("拆开哪个"), min_value=1, max_value=2**63 - 1)
