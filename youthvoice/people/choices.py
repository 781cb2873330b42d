from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    LOCAL = "local", _("本站")
    IMPORTED = "imported", _("导入")


#: Where a session notes whose account, which is shut, has just been opened with its password.
SHUT_KEY = "shut_account"


class AgeBand(models.TextChoices):
    """All that is asked about age. Nobody's birthday is kept."""

    UNDER_14 = "under-14", _("未满 14 岁")
    YOUTH = "14-17", _("14—17 岁")
    ADULT = "18", _("18 岁以上")


class Document(models.TextChoices):
    """What one agrees to, each for itself."""

    RULES = "rules", _("规则")
    PRIVACY = "privacy", _("隐私说明")


@dataclass(frozen=True)
class Version:
    #: The day from which the words hold.
    name: str
    #: Of the words on the page: a test fails when they change and the version doesn't.
    digest: str


#: Raise the name when the words change their meaning: everybody is then asked again.
VERSIONS = {
    Document.RULES: Version("2026-11-30", "e82001d069f5cada"),
    Document.PRIVACY: Version("2026-11-30", "25fe668e8bab5372"),
}

#: How long the link in a guardian's letter opens, and how long an account waits for an answer.
GUARDIAN_LINK = timedelta(days=7)
GUARDIAN_WAIT = timedelta(days=30)
