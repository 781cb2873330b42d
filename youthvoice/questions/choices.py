"""Codes of questions and answers, and the only table of an outcome's moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.orgs.choices import Field as Field


class Kind(models.TextChoices):
    CONSULT = "consult", _("咨询")
    HELP = "help", _("求助")
    SUGGEST = "suggest", _("建议")
    TALK = "talk", _("倾诉")


class Origin(models.TextChoices):
    LOCAL = "local", _("本站")
    IMPORTED = "imported", _("导入")


class AnswerKind(models.TextChoices):
    OFFICIAL = "official", _("官方回答")
    GOVERNMENT = "government", _("政府答复")
    EXPERT = "expert", _("专家回答")
    PEER = "peer", _("青年互助")


#: Whoever answers with a duty to do so stands before those who know, and these before peers.
ANSWERS_IN_ORDER = (
    (AnswerKind.OFFICIAL, AnswerKind.GOVERNMENT),
    (AnswerKind.EXPERT,),
    (AnswerKind.PEER,),
)


class Outcome(models.TextChoices):
    """What the asker says of it; nobody else may."""

    OPEN = "open", _("还没说")
    SOLVED = "solved", _("解决了")
    UNSOLVED = "unsolved", _("没解决")


OUTCOME_MOVES = {
    Outcome.OPEN: {Outcome.SOLVED, Outcome.UNSOLVED},
    Outcome.SOLVED: {Outcome.OPEN},
    Outcome.UNSOLVED: {Outcome.OPEN, Outcome.SOLVED},
}


class HideReason(models.TextChoices):
    """Why words may be hidden, all of it; /rules/ explains each.

    Complaint about an organisation or its staff, and criticism of them, are not among them.
    """

    PERSONAL = "personal", _("写出了个人信息")
    ABUSE = "abuse", _("辱骂、威胁别人")
    FRAUD = "fraud", _("诈骗")
    SPAM = "spam", _("广告、刷屏")
    DANGER = "danger", _("可能让人受到伤害")
    ILLEGAL = "illegal", _("法律不允许")


class TallyName(models.TextChoices):
    """Numbers kept exactly, with the act that moves them; `youthvoice recount` proves it."""

    QUESTIONS = "questions", _("提问")
    IMPORTED = "imported", _("导入的提问")
    PEOPLE = "people", _("署名参与的人")
    NAMELESS = "nameless", _("匿名的提问者")


TITLE_LEAST = 4
TITLE_MOST = 60
TEXT_MOST = 5000
COMMENT_MOST = 1000
