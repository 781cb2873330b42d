from django.db import models
from django.utils.translation import gettext_lazy as _


class WordKind(models.TextChoices):
    """What a listed word is. Complaint and criticism are no kind, and never will be."""

    ABUSE = "abuse", _("辱骂")
    FRAUD = "fraud", _("诈骗")
    DANGER = "danger", _("伤害")
