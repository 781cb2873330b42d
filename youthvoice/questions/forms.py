"""What the forms accept, each with a sentence for what they don't."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.fields import Code, Digits, Line, Words
from youthvoice.kit.receipts import DIGITS
from youthvoice.orgs.models import Organisation, Region
from youthvoice.orgs.queries import all_regions, region_options
from youthvoice.orgs.widgets import RegionChoice, RegionSelect
from youthvoice.pictures.fields import PicturesForm
from youthvoice.questions.choices import (
    COMMENT_MOST,
    TEXT_MOST,
    TITLE_LEAST,
    TITLE_MOST,
    Field,
    Kind,
    Outcome,
)
from youthvoice.readymade.widgets import Radios
from youthvoice.safety.guard import PersonalGuard


class Title(Line):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=TITLE_MOST, least=TITLE_LEAST, **kwargs)


class AskForm(PicturesForm, PersonalGuard):
    guarded = ("title", "text")

    kind = forms.ChoiceField(
        label=_("你想要什么"),
        choices=Kind,
        widget=Radios,
        error_messages={"required": _("请选一下想要什么。")},
    )
    field = forms.ChoiceField(
        label=_("是哪方面的事"),
        choices=Field,
        widget=Radios,
        error_messages={"required": _("请选一下是哪方面的事。")},
    )
    title = Title(
        label=_("一句话说清"),
        help_text=_("别人在列表里先看到这一句。"),
        error_messages={
            "required": _("请写一句标题。"),
            "min_length": _("标题太短，至少 %(limit_value)d 个字。"),
        },
    )
    text = Words(
        label=_("慢慢说"),
        most=TEXT_MOST,
        help_text=_("发生了什么、什么时候、你希望怎样。电话、身份证号不要写在这里。"),
        error_messages={"required": _("请把事情说一说。")},
    )
    region = RegionChoice(
        label=_("在哪里"),
        required=False,
        widget=RegionSelect,
        help_text=_("选到县区，会直接转给当地的团组织。"),
    )
    remember_region = forms.BooleanField(label=_("下次还选这里"), required=False)
    name_choice = forms.ChoiceField(
        label=_("要不要匿名"),
        choices=[("named", _("用我的昵称")), ("nameless", _("匿名"))],
        widget=Radios,
    )

    # As the page asks, one thing after another.
    field_order = ["title", "field", "kind", "text", "pictures", "region", "name_choice"]

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self["region"].value() or ""
        self.fields["region"].choices = lambda: region_options(chosen)  # type: ignore[attr-defined]
        if not signed_in:
            self.fields["name_choice"].choices = [  # type: ignore[attr-defined]
                ("nameless", _t("匿名"))
            ]

    def is_nameless(self) -> bool:
        return self.cleaned_data.get("name_choice") != "named"

    def clean_region(self) -> Region | None:
        return all_regions().get(self.cleaned_data["region"])


class SignedForm(PersonalGuard):
    """A form whose words may be signed by an organisation that the writer works in."""

    sign_as = forms.ChoiceField(label=_("署名"), widget=forms.RadioSelect, required=False)

    def __init__(
        self,
        *args: Any,
        organisations: Sequence[Organisation],
        may_be_peer: bool = True,
        first: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(o.pk): o for o in organisations}
        choices = [(pk, o.short_name) for pk, o in self.organisations.items()]
        if may_be_peer:
            choices.append(("", _t("以自己的昵称")))
        self.fields["sign_as"].choices = choices  # type: ignore[attr-defined]
        keys = [key for key, _label in choices]
        self.fields["sign_as"].initial = str(first) if str(first) in keys else (keys or [""])[0]
        if not self.organisations:
            del self.fields["sign_as"]

    def is_guarded(self) -> bool:
        return self.signed_by is None

    @property
    def signed_by(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data.get("sign_as", ""))


class AnswerForm(SignedForm):
    text = Words(
        label=_("你的回答"),
        most=TEXT_MOST,
        help_text=_("先回答问题，再说依据和下一步找谁。"),
        error_messages={"required": _("请写下回答。")},
    )
    show_writer = forms.BooleanField(
        label=_("在组织名后显示我的昵称"),
        required=False,
        help_text=_("不勾选时，只有同组织的同事知道是谁写的。"),
    )

    field_order = ["text", "sign_as", "show_writer"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.organisations:
            del self.fields["show_writer"]


class CommentForm(SignedForm):
    text = Words(
        label=_("评论"),
        most=COMMENT_MOST,
        rows=4,
        error_messages={"required": _("请写点什么。")},
    )

    field_order = ["text", "sign_as"]


class EditForm(PersonalGuard):
    #: The version that the editor began with; see `version` of the models.
    seen = Code(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_office: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_office = is_office

    def is_guarded(self) -> bool:
        return not self.is_office


class EditQuestionForm(EditForm):
    guarded = ("title", "text")

    title = Title(label=_("标题"))
    text = Words(label=_("内容"), most=TEXT_MOST, rows=12)


class EditAnswerForm(EditForm):
    text = Words(label=_("内容"), most=TEXT_MOST, rows=12)


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(choices=Outcome)


class ReceiptForm(forms.Form):
    code = Digits(
        DIGITS,
        label=_("回执码"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=_("16 位数字，发出提问时给你的。空格有没有都行。"),
        error_messages={
            "required": _("请填回执码。"),
            # As of a wrong one.
            "invalid": _("这个号码打不开任何提问，请对照回执再看一遍。"),
        },
    )
