from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    PUBLIC = "p", _("读者")
    STAFF = "s", _("工作人员")
    ROBOT = "r", _("机器")


#: The target that stands for all targets together.
EVERYTHING = "all"
