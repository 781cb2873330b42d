"""What the staff's pages accept: the acts on a case, canned replies, asking for somebody else."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import REASON_MOST, Grade
from youthvoice.desks.choices import NOTE_MOST, Came
from youthvoice.desks.queries.canned import unknown_fields
from youthvoice.kit.fields import Code, Line, Words
from youthvoice.questions.choices import COMMENT_MOST, TEXT_MOST
from youthvoice.questions.forms import AskForm


def _reason(why: Any) -> Words:
    return Words(
        label=_("理由"),
        most=REASON_MOST,
        rows=3,
        help_text=why,
        error_messages={"required": _("请写一句理由，大家都看得到。")},
    )


class ActForm(forms.Form):
    """An act on a case that asks nothing but which lane it is about.

    Each act gives back what its page showed.
    """

    #: Case.version and Lane.mark as the page showed them.
    version = Code(
        max_length=12,
        widget=forms.HiddenInput,
        error_messages={"required": _("这一页太旧了，请刷新再试。")},
    )
    mark = Code(max_length=40, required=False, widget=forms.HiddenInput)
    lane = Code(max_length=20, required=False, widget=forms.HiddenInput)

    def clean_version(self) -> int:
        text = self.cleaned_data["version"]
        if not (text.isascii() and text.isdigit()):
            raise ValidationError(_t("这一页太旧了，请刷新再试。"))
        return int(text)


class HopForm(ActForm):
    hop = Code(max_length=20, required=False, widget=forms.HiddenInput)


class BackForm(ActForm):
    reason = _reason(_("为什么不该由你们办、该找谁。会写在公开的办理经过里。"))


class AskBackForm(ActForm):
    text = Words(
        label=_("想问什么"),
        most=COMMENT_MOST,
        rows=4,
        help_text=_("公开写在提问下面。等提问者补充的时候，你们的时限不走。"),
        error_messages={"required": _("请写下想问的。")},
    )


class TransferForm(ActForm):
    to = forms.ChoiceField(
        label=_("交给谁"),
        error_messages={
            "required": _("请选一个团组织。"),
            "invalid_choice": _("请选一个团组织。"),
        },
    )
    reason = _reason(_("为什么该由他们来办。会写在公开的办理经过里。"))

    def __init__(self, *args: Any, offices: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _t("选一个团组织")), *offices]  # type: ignore[attr-defined]


class ReferForm(ActForm):
    to = forms.MultipleChoiceField(
        label=_("请谁来办"),
        error_messages={
            "required": _("请至少选一个单位。"),
            "invalid_choice": _("有一个单位选不了，请重新选。"),
        },
    )
    grade = forms.ChoiceField(
        label=_("难不难"), choices=Grade, initial=Grade.ORDINARY, widget=forms.RadioSelect
    )
    reason = _reason(_("请他们办什么。会写在公开的办理经过里。"))

    def __init__(self, *args: Any, bodies: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = bodies  # type: ignore[attr-defined]

    @property
    def picked(self) -> set[str]:
        """The numbers that were ticked, as they came."""
        return set(self.data.getlist("to")) if hasattr(self.data, "getlist") else set()


class RemindForm(ActForm):
    text = Words(
        label=_("提醒他们"),
        most=REASON_MOST,
        rows=2,
        help_text=_("一句话，只有他们的同事看得到。一天一次，同时发信。"),
        error_messages={"required": _("请写一句话。")},
    )


class NoteForm(ActForm):
    text = Words(
        label=_("便签"),
        most=NOTE_MOST,
        rows=3,
        error_messages={"required": _("请写点什么。")},
    )


class ReplyForm(ActForm):
    """An answer in the body's name, maybe begun by one of its canned replies."""

    #: What the draft was that the form began with; see queries.canned.
    begun_with = Code(max_length=64, required=False, widget=forms.HiddenInput)
    text = Words(
        label=_("回答"),
        most=TEXT_MOST,
        help_text=_("先回答问的那件事，再说为什么、去哪里办、找谁。"),
        error_messages={"required": _("请写下回答。")},
    )
    show_writer = forms.BooleanField(label=_("同时写上我的昵称（执笔）"), required=False)
    is_read = forms.BooleanField(
        label=_("我看过了，就这样发"),
        required=False,
        help_text=_("用了常用回复又一个字没改的，要勾上才发得出去。"),
    )


class CannedForm(forms.Form):
    """A reply that a body keeps."""

    title = Line(
        label=_("叫什么"),
        max_length=40,
        help_text=_("同事按它来选。"),
        error_messages={"required": _("请起个名字。")},
    )
    text = Words(
        label=_("内容"),
        most=TEXT_MOST,
        help_text=_("花括号里的词会换成这件事的：见下面的表。"),
        error_messages={"required": _("请写下内容。")},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if unknown := unknown_fields(text):
            names = "".join(f"{{{name}}}" for name in unknown)
            raise ValidationError(_t("没有这样的字段：%s。") % names)
        return text


class OnBehalfForm(AskForm):
    """What asking takes, without a name and without pictures, and that the caller agreed."""

    channel = forms.ChoiceField(
        label=_("怎么来的"),
        choices=Came,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一下是怎么来的。")},
    )
    consented = forms.BooleanField(
        label=_("来电（来访）人同意公开这段话"),
        help_text=_("先念给对方听一遍。姓名、电话和住处不要写进去。"),
        error_messages={"required": _("没有同意，就不能公开提出。")},
    )
    name_choice = None  # type: ignore[assignment]
    pictures = None  # type: ignore[assignment]
    remember_region = None  # type: ignore[assignment]

    field_order = ["channel", "title", "field", "kind", "text", "region", "consented"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, signed_in=True, **kwargs)

    def is_of_age(self) -> bool:
        # The number is a caller's, whose age nobody knows.
        return False
