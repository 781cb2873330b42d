"""What people's accounts hold. What is added last is erased first; the account itself goes last."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from youthvoice.kit import retention
from youthvoice.kit.holdings import AtErasure, Leaver, add
from youthvoice.people import actions
from youthvoice.people.devices import actions as devices
from youthvoice.people.devices.choices import Browser, Device
from youthvoice.people.devices.rows import Inside, marks_of, opened
from youthvoice.people.models import SignIn, User


def join() -> None:
    add(
        "people.User",
        by="pk",
        erase=actions.erase_accounts,
        name=_("账号"),
        columns={
            _("编号"): "pk",
            _("登录名"): "username",
            _("昵称"): "nickname",
            _("邮箱"): "email",
            _("注册月份"): "date_joined",
            _("首次参与"): "participated_at",
            _("来源"): "origin",
            _("年龄段"): "age_band",
        },
    )
    add(
        "people.Consent",
        by="person",
        erase=AtErasure.DELETE,
        name=_("我同意过什么"),
        columns={
            _("什么"): "what",
            _("版本"): "version",
            _("同意时间"): "given_at",
            _("收回时间"): "withdrawn_at",
        },
    )
    add(
        "people.Guardianship",
        by="person",
        erase=AtErasure.DELETE,
        name=_("监护人的同意"),
        columns={_("监护人的邮箱"): "address", _("同意时间"): "agreed_at"},
    )
    add(
        "account.EmailAddress",
        by="user",
        erase=AtErasure.DELETE,
        name=_("邮箱"),
        columns={_("邮箱"): "email", _("验证过"): "verified", _("主邮箱"): "primary"},
    )
    add(
        "people.Phone",
        by="person",
        erase=AtErasure.DELETE,
        name=_("手机号"),
        columns={_("最后两位"): "ending", _("绑定月份"): "added_at"},
    )
    # Nothing but keyed marks says whose it is.
    add(
        "people.SignIn",
        by="",
        found=lambda person: SignIn.objects.filter(mark__in=marks_of(person)),
        erase=devices.erase,
        name=_("登录的设备"),
        columns={
            _("设备"): ("inside", _inside(lambda kept: str(Device(kept.device).label))),
            _("浏览器"): ("inside", _inside(lambda kept: str(Browser(kept.browser).label))),
            _("登录的那一周"): ("inside", _inside(lambda kept: kept.since)),
            _("最近用过的那一周"): "seen",
        },
    )
    add(
        "mfa.Authenticator",
        by="user",
        erase=AtErasure.DELETE,
        name=_("第二步验证"),
        columns={_("种类"): "type", _("设置月份"): "created_at"},
    )
    add("account.EmailConfirmation", by="email_address__user", erase=AtErasure.DELETE)
    add("admin.LogEntry", by="user", erase=AtErasure.DELETE)
    add("people.User_groups", by="user", erase=AtErasure.DELETE)
    add("people.User_user_permissions", by="user", erase=AtErasure.DELETE)
    add("sessions.Session", by="", erase=end_sessions)
    add("django_tasks_database.DBTaskResult", by="", erase=forget_tasks)
    retention.add("sessions", purge=purge_sessions)
    retention.add("tasks", purge=purge_tasks)
    retention.add("admin_log", purge=purge_admin_log)


def _inside(tell: Callable[[Inside], str]) -> Callable[[str], str]:
    """What the sealed column of a device says; nothing where its key is gone."""

    def told(kept: str) -> str:
        found = opened(SignIn(inside=kept))
        return tell(found) if found else ""

    return told


def end_sessions(leavers: Sequence[Leaver], *, at: datetime) -> None:
    devices.end_sessions({leaver.pk for leaver in leavers})


def forget_tasks(leavers: Sequence[Leaver], *, at: datetime) -> None:
    """Finished tasks that quote them, in what they were told to do or in their error."""
    people = [leaver.pk for leaver in leavers]
    names = User.objects.filter(pk__in=people).values_list("username", "email", "nickname")
    addresses = EmailAddress.objects.filter(user__in=people).values_list("email", flat=True)
    quoted = {word for row in names for word in row if word} | set(addresses)
    if not quoted:
        return
    theirs = [
        task.pk
        for task in DBTaskResult.objects.finished().order_by().iterator(chunk_size=200)
        if any(w in f"{task.args_kwargs}{task.return_value}{task.traceback}" for w in quoted)
    ]
    retention.delete_in_chunks(DBTaskResult.objects.filter(pk__in=theirs))


def purge_sessions(*, at: datetime) -> int:
    return retention.delete_in_chunks(Session.objects.filter(expire_date__lt=at))


def purge_tasks(*, at: datetime) -> int:
    over = at - timedelta(days=settings.TASK_DAYS)
    return retention.delete_in_chunks(DBTaskResult.objects.finished().filter(finished_at__lt=over))


def purge_admin_log(*, at: datetime) -> int:
    over = at - timedelta(days=settings.ADMIN_LOG_DAYS)
    return retention.delete_in_chunks(LogEntry.objects.filter(action_time__lt=over))
