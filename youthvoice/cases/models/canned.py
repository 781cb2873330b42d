"""Replies that a body keeps, to begin an answer with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.orgs.models import Organisation
from youthvoice.questions.choices import TEXT_MOST


class Canned(models.Model):
    """Never sent as it is: somebody changes it, or says that they have read it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="canned")
    title = models.CharField(_("叫什么"), max_length=40)
    #: With fields in braces; see choices.CANNED_FIELDS.
    text = models.TextField(_("内容"), max_length=TEXT_MOST)

    class Meta:
        verbose_name = _("常用回复")
        verbose_name_plural = _("常用回复")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title"], name="cases_canned_once")
        ]

    def __str__(self) -> str:
        return self.title
