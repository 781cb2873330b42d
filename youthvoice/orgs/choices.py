from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    COUNTY = "county", _("县（市、区）")


class Field(models.TextChoices):
    """The five fields of life in which questions are asked and organisations are at home."""

    WORK = "work", _("工作")
    LIFE = "life", _("生活")
    STUDY = "study", _("学习")
    STARTUP = "startup", _("创业")
    SOCIAL = "social", _("社交")


class OrgKind(models.TextChoices):
    LEAGUE = "league", _("团组织")
    LINE = "line", _("战线")
    EXPERT = "expert", _("专家")
    ALLIANCE = "alliance", _("服务联盟")


#: Kinds whose answers are the League's own, signed as official.
OFFICIAL_KINDS = (OrgKind.LEAGUE, OrgKind.LINE)


class Role(models.TextChoices):
    ANSWERER = "answerer", _("答复员")
    DUTY = "duty", _("值班员")
    LEAD = "lead", _("负责人")
    OPERATOR = "operator", _("平台管理员")
