"""The field of a form that takes pictures."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from youthvoice.kit.text import shown_name


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class Pictures(forms.FileField):
    """Up to settings.PICTURES_MOST pictures; gives the list of those sent."""

    def __init__(self, **kwargs: Any) -> None:
        widget = ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})
        super().__init__(required=False, widget=widget, **kwargs)

    @property
    def most(self) -> int:
        return int(settings.PICTURES_MOST)

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent: Sequence[UploadedFile] = data if isinstance(data, list | tuple) else [data]
        files = [super(Pictures, self).clean(file, initial) for file in sent if file]
        if len(files) > self.most:
            raise ValidationError(_("最多 %d 张图片。") % self.most)
        for file in files:
            if file.size > settings.PICTURE_BYTES_MOST:
                limit = settings.PICTURE_BYTES_MOST // 1024 // 1024
                raise ValidationError(
                    _("“%(name)s”超过 %(limit)d MB，请先缩小再传。")
                    % {"name": shown_name(file.name), "limit": limit}
                )
        return files
