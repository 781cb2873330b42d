from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoRole(models.TextChoices):
    """Who a newcomer may be for a while."""

    YOUTH = "youth", _("青年")
    EXPERT = "expert", _("专家")
    COUNTY = "county", _("县团委成员")
    GOVERNMENT = "government", _("政府部门工作人员")
    SOCIAL = "social", _("社会组织成员")
    DUTY = "duty", _("值班员")
    LEAD = "lead", _("带班")
    OPERATOR = "operator", _("平台管理员")


#: What each can do here, one line.
WHAT = {
    DemoRole.YOUTH: _("提问、帮别人回答、说解决了没有"),
    DemoRole.EXPERT: _("以专家组的名义回答"),
    DemoRole.COUNTY: _("看本县的待回答，以团县委的名义答复"),
    DemoRole.GOVERNMENT: _("以政府部门的名义答复"),
    DemoRole.SOCIAL: _("以社会组织的名义回答"),
    DemoRole.DUTY: _("看全省待回答里等得最久的"),
    DemoRole.LEAD: _("看还有谁没人管"),
    DemoRole.OPERATOR: _("管理人、组织和转办表"),
}

#: The verb under which the journal keeps that the demo was loaded.
LOADED = "demo.loaded"
#: And that it was not wanted at the first start, so that no later start brings it.
DECLINED = "demo.declined"


def username_of(role: str) -> str:
    return f"demo-{role}"
