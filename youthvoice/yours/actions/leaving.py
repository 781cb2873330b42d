"""Leaving, and taking it back while there is time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.people import actions as people_actions
from youthvoice.people.models import User
from youthvoice.yours import policy
from youthvoice.yours.choices import LeavingState
from youthvoice.yours.models import Leaving


class UnableToLeave(Exception):
    """A refusal in the person's language."""


class UnableToStay(Exception):
    """A refusal in the person's language."""


def leave(*, person: User, answers_too: bool, at: datetime) -> Leaving:
    """Shut the account; all of it is erased LEAVING_DAYS later. Twice is once.

    Raises UnableToLeave for those who work in an organisation.
    """
    if not policy.may_leave(person):
        raise UnableToLeave(_("你还在组织里任职。请先让平台管理员解除你的成员身份，再来注销。"))
    with transaction.atomic():
        leaving, is_new = Leaving.objects.get_or_create(
            account=person.pk,
            defaults={
                "answers_too": answers_too,
                "asked_at": at,
                "due_at": at + timedelta(days=settings.LEAVING_DAYS),
            },
        )
        people_actions.shut_account(person)
        if is_new:
            record("person.left", subject=person, actor=person, at=at)
    return leaving


def erase_again(*, account: int, answers_too: bool, erased_at: datetime, at: datetime) -> bool:
    """Erase somebody whom a restored backup has brought back; the worker's next run does it.

    False if they are not back: an account of the same number made since is somebody else's.
    """
    with transaction.atomic():
        person = User.objects.filter(pk=account, date_joined__lt=erased_at).first()
        if person is None:
            return False
        people_actions.shut_account(person)
        Leaving.objects.update_or_create(
            account=account,
            defaults={"answers_too": answers_too, "asked_at": at, "due_at": at},
        )
        record("person.left", subject=person, actor=None, at=at, data={"again": 1})
    return True


def stay(*, person: User, at: datetime) -> None:
    """Take it back: the account opens again. Raises UnableToStay when erasing has begun."""
    with transaction.atomic():
        # Compare-and-set: the worker begins to erase with the same row.
        if not Leaving.objects.filter(account=person.pk, state=LeavingState.ASKED).delete()[0]:
            raise UnableToStay(_("已经来不及了：这个账号正在抹去。"))
        people_actions.open_account(person)
        record("person.stayed", subject=person, actor=person, at=at)
