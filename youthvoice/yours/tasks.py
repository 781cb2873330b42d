"""What takes longer than a page may."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django_tasks import task

from youthvoice.people import actions as people_actions
from youthvoice.people.models import User
from youthvoice.yours import actions


@task()
def make_export(number: int, page: str) -> None:
    """Pack, and write to the person that it is ready, with nothing but the page's address."""
    export = actions.make_export(number=number)
    if export is None:
        return
    _write(
        export.person_id,
        _("你要的数据准备好了"),
        _("登录后在这里取，只能取一次，%(days)d 天内有效：") % {"days": settings.EXPORT_DAYS}
        + f"\n\n{page}\n",
    )


@task()
def shut(account: int, page: str) -> None:
    """Whoever leaves is out everywhere; and told, in case it was not them."""
    person = User.objects.filter(pk=account).first()
    if person is not None:
        people_actions.drop_worthless(person)
    _write(
        account,
        _("你申请了注销账号"),
        _("%(days)d 天后账号会被抹去。不是你，或者改了主意：在这里登录，按“我不注销了”。")
        % {"days": settings.LEAVING_DAYS}
        + f"\n\n{page}\n",
    )


def _write(account: int, subject: str, text: str) -> None:
    """To addresses that are theirs for sure; others would tell a stranger."""
    addresses = EmailAddress.objects.filter(user=account, verified=True)
    to = list(addresses.order_by("-primary", "pk").values_list("email", flat=True)[:1])
    if to:
        send_mail(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", text, None, to)
