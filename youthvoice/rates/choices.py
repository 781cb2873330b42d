"""The classes into which the three rates sort every question of a month; lists of the ledger.

A question has one class of each rate. What stands in IN is divided, what stands in TOP divides
it; the others are told apart. Nobody's silence is in TOP.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Listed(models.TextChoices):
    """The lists of the public ledger."""

    ALL = "all", _("全部")
    OPEN = "open", _("在办")
    OVERDUE = "overdue", _("超时")
    RETURNED = "returned", _("退回")


#: What is rated by fewer than so many isn't shown.
LEAST = 5


class By(models.TextChoices):
    ORGANISATION = "organisation", _("组织")
    FIELD = "field", _("领域")
    REGION = "region", _("地区")
    MONTH = "month", _("月份")


class Excluded(models.TextChoices):
    """Why a question counts in none of the rates; the first that fits."""

    IMPORTED = "imported", _("从旧平台搬来的")
    HIDDEN = "hidden", _("按规则隐藏的")
    DELETED = "deleted", _("提问者撤下的")
    MERGED = "merged", _("合并到别的提问的")
    STAFF_ASKED = "staffasked", _("工作人员代为提出的")
    UNREASONABLE = "unreasonable", _("要求明显不合理的")


class Rate(models.TextChoices):
    RESPONSE = "response", _("响应率")
    SOLUTION = "solution", _("解决率")
    SATISFACTION = "satisfaction", _("满意率")


class Response(models.TextChoices):
    IN_TIME = "intime", _("按时回复")
    LATE = "late", _("回复了，晚了")
    NONE = "none", _("到期没有回复")
    NOT_DUE = "notdue", _("还没到期")
    PAUSED = "paused", _("在等提问者补充")
    SETTLED = "settled", _("到期前提问者说解决了")


class Solution(models.TextChoices):
    SOLVED = "solved", _("说解决了")
    UNSOLVED = "unsolved", _("说没解决")
    REOPENED = "reopened", _("重新打开")
    SILENT = "silent", _("没有说")
    OPEN = "open", _("还没有回答")


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", _("满意")
    SO_SO = "soso", _("一般")
    UNSATISFIED = "unsatisfied", _("不满意")
    SILENT = "silent", _("问了，没有评分")
    UNASKED = "unasked", _("还没问")


CLASSES: dict[Rate, type[models.TextChoices]] = {
    Rate.RESPONSE: Response,
    Rate.SOLUTION: Solution,
    Rate.SATISFACTION: Satisfaction,
}
#: The class above the line.
TOP: dict[Rate, str] = {
    Rate.RESPONSE: Response.IN_TIME,
    Rate.SOLUTION: Solution.SOLVED,
    Rate.SATISFACTION: Satisfaction.SATISFIED,
}
#: The classes below it, which a bar shows.
IN: dict[Rate, tuple[str, ...]] = {
    Rate.RESPONSE: (Response.IN_TIME, Response.LATE, Response.NONE),
    Rate.SOLUTION: (Solution.SOLVED, Solution.UNSOLVED, Solution.REOPENED, Solution.SILENT),
    Rate.SATISFACTION: (Satisfaction.SATISFIED, Satisfaction.SO_SO, Satisfaction.UNSATISFIED),
}

#: How each is reckoned, as everybody reads it.
FORMULAS = {
    Rate.RESPONSE: _("按时得到第一次正式回复的提问 ÷ 应当已经回复的提问"),
    Rate.SOLUTION: _("提问者说“解决了”的提问 ÷ 有了回答、或提问者已经说过的提问"),
    Rate.SATISFACTION: _("回访时打 4 分或 5 分的提问 ÷ 打了分的提问"),
}
MEANINGS = {
    Rate.RESPONSE: _(
        "正式回复是团组织、政府部门、专家或社会力量的回答，青年互助不算。"
        "期限是提问时告诉提问者的那一个，移交、转办都不重新计；只有等提问者补充的时间不算。撤下的回复不算回复。"
    ),
    Rate.SOLUTION: _(
        "解决没有，只听提问者自己的。没有说就是没有说，留在分母里，不当成解决。还没有回答的，不在里面。"
    ),
    Rate.SATISFACTION: _(
        "回答以后的第 1 天和第 28 天各问一次，满分 5 分，取最近一次打的分，"
        "只看昨天和以前回话的。没有打分的单独列出，不当成满意，也不当成不满意。"
    ),
}
