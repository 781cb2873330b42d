from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    LOCAL = "local", _("本站")
    IMPORTED = "imported", _("导入")


#: Where a session notes whose account, which is shut, has just been opened with its password.
SHUT_KEY = "shut_account"
