from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.orgs.models import Region
from youthvoice.orgs.queries import all_regions
from youthvoice.pictures.fields import PicturesForm
from youthvoice.questions.choices import Field
from youthvoice.questions.forms import region_choices


class SupplementForm(PicturesForm):
    field = forms.ChoiceField(
        label=_("是哪方面的事"), choices=Field, widget=forms.RadioSelect,
        error_messages={"required": _("请选一下是哪方面的事。")},
    )  # fmt: skip
    region = forms.ChoiceField(label=_("在哪里"), required=False)

    field_order = ["pictures", "field", "region"]

    def __init__(self, *args: Any, already: int = 0, **kwargs: Any) -> None:
        """`already` is how many pictures the question has."""
        super().__init__(*args, **kwargs)
        self.fields["pictures"].already = already  # type: ignore[attr-defined]
        self.fields["region"].choices = region_choices()  # type: ignore[attr-defined]

    def clean_region(self) -> Region | None:
        return all_regions().get(self.cleaned_data["region"])
