"""The field of a form that takes pictures, and the form that never loses them."""

from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from youthvoice.kit.fields import FixedCode
from youthvoice.kit.text import shown_name
from youthvoice.limits.actions import TooMany
from youthvoice.pictures.actions import Drawn, draw_each, store_all
from youthvoice.pictures.child import Made
from youthvoice.pictures.shelf import Full, Held, Shelf

#: Kilobytes that count for each picture that was sent, whatever becomes of it.
LEAST = 200


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class Pictures(forms.FileField):
    """Up to settings.PICTURES_MOST pictures; gives the list of those sent."""

    #: How many there are, from an earlier sending.
    already = 0

    def __init__(self, **kwargs: Any) -> None:
        widget = ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})
        super().__init__(required=False, widget=widget, **kwargs)

    @property
    def most(self) -> int:
        return max(int(settings.PICTURES_MOST) - self.already, 0)

    def clean(self, data: Any, initial: Any = None) -> Any:
        good, problems = self.sort(data)
        if problems:
            raise ValidationError(problems)
        return good

    def sort(self, data: Any) -> tuple[list[UploadedFile], list[ValidationError]]:
        """Those that may be drawn, and what is wrong with the others."""
        sent: Sequence[UploadedFile] = data if isinstance(data, list | tuple) else [data]
        good: list[UploadedFile] = []
        problems = []
        for file in filter(None, sent):
            try:
                good.append(self._fit(super().clean(file)))
            except ValidationError as problem:
                problems.append(problem)
        if len(good) > self.most:
            problems.append(too_many(self.most))
        return good[: self.most], problems

    def _fit(self, file: UploadedFile) -> UploadedFile:
        if (file.size or 0) > settings.PICTURE_BYTES_MOST:
            limit = settings.PICTURE_BYTES_MOST // 1024 // 1024
            raise ValidationError(
                _("“%(name)s”超过 %(limit)d MB，请先缩小再传。")
                % {"name": shown_name(file.name), "limit": limit}
            )
        return file


def too_many(most: int) -> ValidationError:
    return ValidationError(_("最多 %d 张图片。多出的没有收下。") % most)


class PicturesForm(forms.Form):
    """A form whose pictures wait for it, drawn already, when it comes back.

    Nothing is sent without a picture that was attached, unless its sender has been told. The
    template shows `waiting`, each with a box (`held`) to leave it out and with what was shown.
    """

    pictures = Pictures(
        label=gettext_lazy("图片"), help_text=gettext_lazy("拍摄地点和机型等信息会自动去掉。")
    )
    key = FixedCode(r"^[0-9a-f]{32,64}$", widget=forms.HiddenInput)

    #: What waits for the form as it is shown.
    waiting: Sequence[Held] = ()

    def __init__(
        self, *args: Any, shelf: Shelf | None = None, at: Any = None, **kwargs: Any
    ) -> None:
        """`shelf` is what `holding` found for this form and browser at the time `at`."""
        super().__init__(*args, **kwargs)
        self._shelf, self._at = shelf, at
        self._drawn: list[Made] | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if "pictures" not in self.fields:
            return cleaned
        kept, lost = self._kept(), self._lost()
        if lost:
            problem = _("之前选的 %d 张图片已经不在了：一小时没有动静就会删掉。要带图，请重新选。")
            self.add_error("pictures", ValidationError(problem % lost, code="lost"))
        room = self._most() - len(kept)
        if len(cleaned.get("pictures", ())) > room:
            self.add_error("pictures", too_many(self._most()))
        return cleaned

    @property
    def picture_count(self) -> int:
        """How many a form that is whole would be sent with."""
        return len(self._kept()) + len(self.cleaned_data.get("pictures", ()))

    def draw_pictures(self) -> list[Drawn]:
        """All of a whole form, stored; one that can't be read is an error of the form."""
        drawn = self._draw(self.cleaned_data.get("pictures", []))
        if self.errors:
            return []
        return store_all([*(one.made for one in self._kept()), *drawn])

    def hold_pictures(self, count: Callable[[int], None]) -> None:
        """Before the form is shown again: what came with it waits for it from now on.

        `count` is told how many kilobytes are about to wait, and may raise TooMany.
        """
        if self._shelf is None or "pictures" not in self.fields:
            return
        kept = [one.name for one in self._kept()]
        self._shelf.remove(set(self._list("shown")) - set(kept))
        try:
            kept += self._shelf.put(self._to_hold(len(kept), count), at=self._at)
        except TooMany as problem:
            self._refuse(str(problem))
        except Full:
            self._refuse(_("这会儿等着的图片太多，刚选的没能先存下。"))
        self._shelf.touch(at=self._at)
        self.waiting = [one for one in self._shelf.held(at=self._at) if one.name in kept]

    def _to_hold(self, kept: int, count: Callable[[int], None]) -> list[Made]:
        good, _problems = self._field.sort(self._list("pictures", self.files))
        good = good[: max(self._most() - kept, 0)]
        if not good:
            return []
        # What can't be drawn costs, too.
        count(LEAST * len(good))
        drawn = self._draw(good)
        size = sum(len(one.full) + len(one.small) for one in drawn)
        if (more := -(-size // 1024) - LEAST * len(good)) > 0:
            count(more)
        return drawn

    def _refuse(self, why: str) -> None:
        """Those that were just chosen are not held, and that is said."""
        words = _("%s刚选的图片没有收下，要带图请重新选。")
        self.add_error("pictures", ValidationError(words % why, code="not_held"))

    def sent(self) -> None:
        """It was taken: what waited for it is erased."""
        if self._shelf is not None:
            self._shelf.clear()

    def _most(self) -> int:
        return self._field.most

    @property
    def _field(self) -> Pictures:
        field = self.fields["pictures"]
        assert isinstance(field, Pictures)  # noqa: S101 - it is declared above
        return field

    def _draw(self, files: Sequence[UploadedFile]) -> list[Made]:
        """Once, whatever comes of the form."""
        if self._drawn is None:
            self._drawn = []
            results = draw_each([cast(BinaryIO, file.file) for file in files]) if files else []
            for file, result in zip(files, results, strict=True):
                if isinstance(result, ValidationError):
                    self.add_error("pictures", f"“{shown_name(file.name)}”：{result.message}")
                else:
                    self._drawn.append(result)
        return self._drawn

    def _kept(self) -> list[Held]:
        """Those that wait already and whose box is ticked."""
        if self._shelf is None:
            return []
        wanted = self._list("held")
        return (
            [one for one in self._shelf.held(at=self._at) if one.name in wanted] if wanted else []
        )

    def _lost(self) -> int:
        there = {one.name for one in self._kept()}
        return len(set(self._list("held")) - there)

    def _list(self, name: str, of: Any = None) -> list[Any]:
        of = self.data if of is None else of
        return list(of.getlist(name)) if hasattr(of, "getlist") else []
