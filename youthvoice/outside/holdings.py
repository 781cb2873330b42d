"""What letters to other bodies hold of a person: what the asker lets them show."""

from django.utils.translation import gettext_lazy as _

from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    add(
        "outside.NumbersRelease",
        by="case__question__author",
        erase=AtErasure.DELETE,
        name=_("转办时给别的单位看电话等"),
        columns={_("哪个提问"): "case__question", _("什么时候说的"): "said_at"},
    )
