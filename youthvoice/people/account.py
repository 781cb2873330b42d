"""What the page of one's own account lists: each thing with how it stands now."""

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.urls import reverse
from django.utils.translation import gettext as _

from youthvoice.people.choices import AgeBand
from youthvoice.people.devices.queries import sign_ins_of
from youthvoice.people.models import User
from youthvoice.people.phones import sms
from youthvoice.people.phones.queries import phone_of
from youthvoice.people.queries import standings


@dataclass(frozen=True)
class Row:
    """One setting: where it is changed, and how it stands, in words."""

    name: str
    url: str
    now: str


def safety_of(person: User) -> Iterator[Row]:
    """How one signs in. Five queries."""
    email = EmailAddress.objects.filter(user=person).order_by("-primary", "pk").first()
    if email is None:
        said = _("还没有。忘了密码时用它找回")
    else:
        said = email.email if email.verified else _("%s，还没验证") % email.email
    yield Row(_("邮箱"), reverse("account_email"), said)
    if sms.is_on():
        phone = _("有，可以用短信登录") if phone_of(person) else _("还没有")
        yield Row(_("手机号"), reverse("people:phone"), phone)
    if person.has_usable_password():
        yield Row(_("密码"), reverse("account_change_password"), _("改密码"))
    else:
        yield Row(_("密码"), reverse("account_set_password"), _("还没有，设一个"))
    factor = _("开着") if is_mfa_enabled(person) else _("没开")
    yield Row(_("第二步验证"), reverse("mfa_index"), factor)
    many = _("%d 个") % len(sign_ins_of(person))
    yield Row(_("登录的设备"), reverse("people:sessions"), many)


def agreed_by(person: User) -> Iterator[Row]:
    """What one has said and agreed to. One query."""
    age = AgeBand(person.age_band).label if person.age_band else _("没说过")
    yield Row(_("年龄段"), reverse("people:age"), str(age))
    given = [(one.what.label, one.given.version) for one in standings(person) if one.given]
    said = _("、").join(f"{what} {version}" for what, version in given) or _("现在没有同意")
    yield Row(_("我同意过什么"), reverse("people:consents"), said)
