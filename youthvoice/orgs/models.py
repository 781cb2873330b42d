from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.journal.models import Trace
from youthvoice.kit.addresses import address
from youthvoice.kit.labels import Labelled
from youthvoice.orgs.choices import OFFICIAL_KINDS, WHOM_MOST, Group, Level, OrgKind, Role


class Region(models.Model):
    """A province, a prefecture-level unit, a county or a township, by its official division
    code: six digits, of a township nine."""

    code = models.CharField(_("行政区划代码"), max_length=9, primary_key=True)
    name = models.CharField(_("名称"), max_length=40)
    short_name = models.CharField(_("简称"), max_length=20)
    pinyin = models.CharField(_("拼音"), max_length=60)
    level = models.CharField(_("级别"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级地区"),
    )

    class Meta:
        verbose_name = _("地区")
        verbose_name_plural = _("地区")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Organisation(Labelled, models.Model):
    """A body that answers under its own name."""

    slug = models.SlugField(_("网址名"), max_length=60, unique=True)
    kind = models.CharField(_("类别"), max_length=10, choices=OrgKind)
    name = models.CharField(_("全称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=40)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="organisations", verbose_name=_("地区")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级组织"),
    )
    about = models.TextField(_("介绍"), blank=True)
    fields = models.JSONField(_("领域"), default=list, blank=True)
    group = models.CharField(
        _("归口"),
        max_length=20,
        choices=Group,
        blank=True,
        default="",
        help_text=_("政府部门管的是哪一类事。别的组织不用填。"),
    )
    #: Where letters go for a body in which nobody has an account. On no page.
    contact_email = models.EmailField(
        _("联系邮箱"),
        blank=True,
        default="",
        help_text=_("写单位的邮箱，不写个人的。没有账号的单位，转办函寄到这里；不会公开。"),
    )
    #: Whom staff call: who holds a case whose part is late, who looks after those below, who is
    #: on duty while a crisis is open. On no public page.
    contact_phone = models.CharField(
        _("联系电话"),
        max_length=40,
        blank=True,
        default="",
        validators=[RegexValidator(r"^[0-9+() -]{3,40}\Z", _("写单位的电话，只写数字和 - 。"))],
        help_text=_("写值班或办公室的电话，不写个人的。催办和紧急情况时给工作人员看；不会公开。"),
    )
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("组织")
        verbose_name_plural = _("组织")
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "region"])]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return address("site:org", self.slug)

    @property
    def is_official(self) -> bool:
        return self.kind in OFFICIAL_KINDS


class Invitation(models.Model):
    """A link by which one person comes to work in an organisation. It is gone once it was used
    or taken back: what came of it is in the journal.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=Role)
    #: As who invited calls them, to tell several links apart.
    whom = models.CharField(max_length=WHOM_MOST)
    #: The link dies with this account, and with its right to invite.
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    #: Of the secret in the link, which stands nowhere.
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    traces = (Trace(("orgs.invited",), at="made_at"),)

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_role_display()}"


class Membership(models.Model):
    """Somebody works in an organisation, in one role a row."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("人")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("组织")
    )
    role = models.CharField(_("角色"), max_length=10, choices=Role, default=Role.ANSWERER)

    traces = (Trace(("orgs.joined", "admin.added")),)

    class Meta:
        verbose_name = _("成员")
        verbose_name_plural = _("成员")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"], name="orgs_one_role_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} · {self.get_role_display()}"
