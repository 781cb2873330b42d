"""The packet of one nameless question. Nothing in it, and nothing about it, names anybody."""

from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from youthvoice.kit import holdings
from youthvoice.questions.models import Question
from youthvoice.yours import packing

#: Which rows of which table are the question's own.
_OWN: list[tuple[str, str, dict[str, Any]]] = [
    ("questions.Question", "author", {"pk": "pk"}),
    ("questions.Revision", "question__author", {"question": "pk"}),
    ("questions.Picture", "question__author", {"question": "pk"}),
    ("questions.Comment", "author", {"question": "pk", "is_asker": True}),
    ("questions.Hidden", "question__author", {"question": "pk"}),
    ("callbacks.Callback", "case__question__author", {"case__question": "pk"}),
    ("outside.NumbersRelease", "case__question__author", {"case__question": "pk"}),
    ("questions.Hidden", "comment__author", {"comment__question": "pk", "comment__is_asker": True}),
]


def pack_question(out: IO[bytes], question: Question) -> None:
    parts = []
    for model, by, narrowed in _OWN:
        holding = next(h for h in holdings.all_holdings() if (h.model, h.by) == (model, by))
        look_ups = {name: question.pk if v == "pk" else v for name, v in narrowed.items()}
        rows = holding.table._base_manager.filter(**look_ups).order_by("pk")
        parts.append(packing.part(holding, rows))
    words = _(
        "这里是你在%(site)s匿名问的一个提问，和你作为提问者写的评论。\n"
        "别人写的话不在里面。里面没有你是谁：我们不知道。\n"
    )
    packing.pack(out, parts, readme=words % {"site": settings.SITE_NAME})
