from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where it is from whether a day is worked."""

    PUBLISHED = "published", _("已公布")
    ENTERED = "entered", _("管理员填的")
    LAW = "law", _("法定")
    ESTIMATED = "estimated", _("预估")
