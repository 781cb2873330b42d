"""What is decided of a question, and whence a suggestion comes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Target(models.TextChoices):
    """What a suggestion speaks of, each with a model of its own."""

    GROUP = "group", _("部门类别")
    FIELD = "field", _("领域")
    HOLDER = "holder", _("承办组织")


class Source(models.TextChoices):
    """What a suggestion follows from."""

    RULES = "rules", _("规则")
    LEARNT = "learnt", _("学自工作人员的决定")
    TABLE = "table", _("转办规则表")
