from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from youthvoice.orgs.models import Region
from youthvoice.orgs.queries import all_regions, region_options
from youthvoice.pictures.fields import PicturesForm
from youthvoice.questions.choices import Field


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
        # A township that was chosen stays in the list, else it would be lost unseen.
        chosen = self["region"].value() or ""
        self.fields["region"].choices = region_options(chosen)  # type: ignore[attr-defined]

    def clean_region(self) -> Region | None:
        return all_regions().get(self.cleaned_data["region"])
