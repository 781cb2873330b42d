"""What is gathered, what goes into a topic, and what a topic's hosts do with it."""

import re
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.fields import Line
from youthvoice.topics.choices import INTRO_MOST, NAME_LEAST, NAME_MOST
from youthvoice.topics.models import Topic, check_name

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


class TopicForm(forms.Form):
    """Some questions, and a new topic or one that is there. Where there is none yet, it is new
    without a choice."""

    NEW = "new"

    pick = Numbers(label=_("选哪些"), required=False)
    topic = forms.ChoiceField(
        label=_("放进哪个话题"), error_messages={"required": _("请选放进哪个话题。")}
    )
    name = Line(
        label=_("新话题的名字"),
        least=NAME_LEAST,
        max_length=NAME_MOST,
        required=False,
        help_text=_("2 到 20 个字，不用写 #，也不用空格。定了就不改。"),
        error_messages={"required": _("请给话题起个名字。")},
        validators=[check_name],
    )
    intro = Line(
        label=_("说的是什么"),
        max_length=INTRO_MOST,
        required=False,
        help_text=_("一句话，写给没看过这些提问的人。"),
        error_messages={"required": _("请用一句话写下说的是什么。")},
    )

    def __init__(self, *args: Any, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {str(topic.pk): topic for topic in topics}
        field = cast(forms.ChoiceField, self.fields["topic"])
        field.choices = [
            (self.NEW, _t("一个新的话题")),
            *((k, str(t)) for k, t in self.topics.items()),
        ]
        field.initial = self.NEW
        if not self.topics:
            field.widget = forms.HiddenInput()
            for name in ("name", "intro"):
                self.fields[name].required = True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if not cleaned["pick"]:
            self.add_error("pick", _t("请至少选一个提问。"))
        if cleaned["topic"] != self.NEW:
            if cleaned["name"] or cleaned["intro"]:
                self.add_error("name", _t("选了已有的话题，就不写新的名字和介绍。"))
            return cleaned
        if not cleaned["name"]:
            self.add_error("name", _t("请给话题起个名字，或者在上面选一个已有的。"))
        if not cleaned["intro"]:
            self.add_error("intro", _t("请用一句话写下说的是什么。"))
        return cleaned

    @property
    def chosen(self) -> Topic | None:
        """The topic that is there already; None for a new one."""
        return self.topics.get(self.cleaned_data["topic"])


class LookAfterForm(forms.Form):
    """Which question is taken out; or that the topic ends, or goes on."""

    CLOSE, REOPEN = "close", "reopen"

    take = forms.IntegerField(label=_("拿出哪个"), min_value=1, max_value=2**63 - 1, required=False)
    act = forms.ChoiceField(
        label=_("怎么办"), choices=[(CLOSE, _("结束")), (REOPEN, _("重新打开"))], required=False
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and (cleaned["take"] is None) == (not cleaned["act"]):
            self.add_error(None, _t("请选一件事来做。"))
        return cleaned
