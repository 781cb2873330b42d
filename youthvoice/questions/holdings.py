"""What questions, answers and what hangs on them hold of a person."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.holdings import add
from youthvoice.pictures.queries import path_of
from youthvoice.questions import actions
from youthvoice.questions.models import Picture


def join() -> None:
    erase = actions.erase_people
    add(
        "questions.Question",
        by="author",
        erase=erase,
        name=_("提问"),
        columns={
            _("编号"): "pk",
            _("标题"): "title",
            _("内容"): "text",
            _("类型"): "kind",
            _("领域"): "field",
            _("地区"): "region__name",
            _("提问时间"): "asked_at",
            _("修改时间"): "edited_at",
            _("撤下时间"): "deleted_at",
            _("隐藏的原因"): "hidden_reason",
            _("结果"): "outcome",
        },
    )
    add(
        "questions.Revision",
        by="question__author",
        erase=erase,
        name=_("提问改之前的样子"),
        columns={
            _("提问编号"): "question",
            _("标题"): "title",
            _("内容"): "text",
            _("从"): "since",
            _("到"): "at",
        },
    )
    add(
        "questions.Picture",
        by="question__author",
        erase=erase,
        name=_("图片"),
        columns={_("提问编号"): "question", _("文件"): ("name", _file_name)},
        files=_pictures,
    )
    add(
        "questions.Answer",
        by="author",
        erase=erase,
        name=_("回答"),
        columns={
            _("编号"): "pk",
            _("提问编号"): "question",
            _("内容"): "text",
            _("替哪个组织"): "organisation__name",
            _("回答时间"): "created_at",
            _("修改时间"): "edited_at",
            _("撤下时间"): "deleted_at",
            _("隐藏的原因"): "hidden_reason",
        },
    )
    add(
        "questions.Revision",
        by="answer__author",
        erase=erase,
        name=_("回答改之前的样子"),
        columns={_("回答编号"): "answer", _("内容"): "text", _("从"): "since", _("到"): "at"},
    )
    add(
        "questions.Comment",
        by="author",
        erase=erase,
        name=_("评论"),
        columns={
            _("编号"): "pk",
            _("提问编号"): "question",
            _("回答编号"): "answer",
            _("内容"): "text",
            _("替哪个组织"): "organisation__name",
            _("评论时间"): "created_at",
            _("撤下时间"): "deleted_at",
            _("隐藏的原因"): "hidden_reason",
        },
    )
    hidden = {_("标题"): "title", _("内容"): "text", _("隐藏时间"): "at"}
    for words, name in (
        ("question", _("被隐藏的提问")),
        ("answer", _("被隐藏的回答")),
        ("comment", _("被隐藏的评论")),
    ):
        add(
            "questions.Hidden",
            by=f"{words}__author",
            erase=erase,
            name=name,
            columns={_("编号"): words, **hidden},
        )
    add(
        "questions.Follow",
        by="person",
        erase=erase,
        name=_("我也想问的"),
        columns={_("提问编号"): "question", _("时间"): "at"},
    )
    add(
        "questions.Useful",
        by="person",
        erase=erase,
        name=_("我标过有用的"),
        columns={_("回答编号"): "answer", _("时间"): "at"},
    )


def _file_name(name: str) -> str:
    return f"{name}.jpg"


def _pictures(rows: QuerySet[Picture]) -> Iterator[tuple[str, str]]:
    for name in rows.values_list("name", flat=True):
        yield _file_name(name), path_of(_file_name(name))
