from dataclasses import dataclass
from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    COUNTY = "county", _("县（市、区）")
    TOWN = "town", _("乡镇（街道）")


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
    #: Of schools, enterprises, villages: committees and branches that are no region's own.
    BRANCH = "branch", _("基层团组织")
    EXPERT = "expert", _("专家")
    ALLIANCE = "alliance", _("服务联盟")
    GOVERNMENT = "government", _("政府部门")
    SOCIAL = "social", _("社会组织")


#: Kinds whose answers are the League's own, signed as official.
OFFICIAL_KINDS = (OrgKind.LEAGUE, OrgKind.LINE, OrgKind.BRANCH)


@dataclass(frozen=True)
class OfKind:
    """What hangs on a kind of organisation, besides its name."""

    #: What all of them together are called.
    many: object
    #: Which kind of help they give; peers are no body.
    lane: Literal["league", "government", "society"]
    #: Their place among those to whom a case may be referred: departments first, for whoever
    #: is asked for help is mostly one of them.
    referred: int


OF_KIND: dict[str, OfKind] = {
    OrgKind.LEAGUE: OfKind(_("各级团组织"), "league", 5),
    OrgKind.LINE: OfKind(_("各条战线"), "league", 6),
    OrgKind.BRANCH: OfKind(_("基层团组织"), "league", 7),
    OrgKind.GOVERNMENT: OfKind(_("政府部门"), "government", 1),
    OrgKind.EXPERT: OfKind(_("专家"), "society", 3),
    OrgKind.ALLIANCE: OfKind(_("服务联盟"), "society", 4),
    OrgKind.SOCIAL: OfKind(_("社会组织"), "society", 2),
}


def lane_of(kind: str) -> Literal["league", "government", "society"]:
    return OF_KIND[kind].lane


class Group(models.TextChoices):
    """The subject that a government department answers for.

    The groups are those into which the departments sort what people write to leaders with.
    """

    CONSTRUCTION = "construction", _("城乡建设")
    LABOUR = "labour", _("劳动和社会保障")
    EDUCATION = "education", _("教育文体")
    HEALTH = "health", _("卫生计生")
    JUSTICE = "justice", _("政法")
    CIVIL = "civil", _("民政")
    TRANSPORT = "transport", _("交通运输")
    TRADE = "trade", _("商贸旅游")
    ECONOMY = "economy", _("经济管理")
    RURAL = "rural", _("农村农业")
    LAND = "land", _("国土资源")
    ENVIRONMENT = "environment", _("环境保护")
    TECHNOLOGY = "technology", _("科技与信息产业")
    PARTY = "party", _("党务政务")
    DISCIPLINE = "discipline", _("纪检监察")


class Role(models.TextChoices):
    ANSWERER = "answerer", _("答复员")
    DUTY = "duty", _("值班员")
    LEAD = "lead", _("带班")
    OPERATOR = "operator", _("平台管理员")


#: What a lead may give in their own organisation; leads and operators are named by operators.
LEADS_GIVE = (Role.ANSWERER, Role.DUTY)
#: Letters of the name by which an invitation is told from others.
WHOM_MOST = 20
#: For how many days its link may open.
INVITED_DAYS = (1, 3, 7, 14, 30)
#: Links of one organisation that may be open at once, and of a whole import.
INVITED_MOST = 100
