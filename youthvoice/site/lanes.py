"""The four kinds of help of a question, as far as it shows who has answered.

Until cases have lanes of their own: the League is asked by every question, peers and
society (experts, alliances) come of themselves, government is not asked yet.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from youthvoice.cases.models import Case
from youthvoice.questions.models import Question


@dataclass(frozen=True)
class Lane:
    code: Literal["league", "peer", "government", "society"]
    label: str
    state: Literal["faint", "waiting", "done"]
    words: str


def of_question(question: Question, case: Case | None) -> list[Lane]:
    holder = case.holder.short_name if case and not question.is_imported else ""
    if question.official_count:
        league = Lane("league", _("团帮青"), "done", _("已回答"))
    elif holder:
        league = Lane("league", _("团帮青"), "waiting", _("%s 正在办理") % holder)
    else:
        league = Lane("league", _("团帮青"), "faint", _("没有回答"))
    peers, experts = question.peer_count, question.expert_count
    return [
        league,
        Lane(
            "peer",
            _("青帮青"),
            "done" if peers else "faint",
            _("%d 个青年回答了") % peers if peers else _("等一个懂的人"),
        ),
        Lane("government", _("政帮青"), "faint", _("这次没有请政府部门")),
        Lane(
            "society",
            _("社帮青"),
            "done" if experts else "faint",
            _("%d 个专家或联盟回答了") % experts if experts else _("还没有专家来"),
        ),
    ]
