"""Who works where: a role given, and links by which people come to one."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.orgs import policy, queries
from youthvoice.orgs.choices import INVITED_DAYS, INVITED_MOST, Role
from youthvoice.orgs.models import Invitation, Membership, Organisation
from youthvoice.people.models import User
from youthvoice.people.queries import hash_of


class UnableToInvite(Exception):
    """A refusal in the person's language."""


def join(
    *, person: User, organisation: Organisation, role: str, by: User | None, at: datetime
) -> Membership:
    """Give a person a role in an organisation; twice is once."""
    with transaction.atomic():
        membership, made = Membership.objects.get_or_create(
            person=person, organisation=organisation, role=role
        )
        if made:
            record("orgs.joined", subject=membership, actor=by, at=at, data={"role": role})
    return membership


def invite(
    *, organisation: Organisation, role: str, whom: str, days: int, by: User, at: datetime
) -> str:
    """Give the secret of a link by which one person joins; it is stored nowhere.

    Raises UnableToInvite.
    """
    if not organisation.is_active or role not in policy.roles_to_give(by, organisation.pk):
        raise UnableToInvite(_("你不能请人在这里担任这个角色。"))
    if days not in INVITED_DAYS:
        raise UnableToInvite(_("链接不能这么久有效。"))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        made = Invitation.objects.create(
            organisation=organisation,
            role=role,
            whom=whom,
            made_by=by,
            token_hash=hash_of(token),
            made_at=at,
            ends_at=at + timedelta(days=days),
        )
        data = {"organisation": organisation.pk, "role": role, "days": days}
        record("orgs.invited", subject=made, actor=by, at=at, data=data)
        # Looked at behind the journal's lock, so that two at once don't both find room.
        if queries.invitations_of(organisation, at=at).count() > INVITED_MOST:
            raise UnableToInvite(_("还没用的邀请太多了，先收回几个。"))
    return token


def uninvite(*, invitation: Invitation | None, by: User, at: datetime) -> None:
    """Take a link back. Raises UnableToInvite when it isn't theirs to give, or is gone (None)."""
    if invitation is not None and invitation.role not in policy.roles_to_give(
        by, invitation.organisation_id
    ):
        raise UnableToInvite(_("这个邀请不由你收回。"))
    with transaction.atomic():
        if invitation is None or not Invitation.objects.filter(pk=invitation.pk).delete()[0]:
            raise UnableToInvite(_("这个邀请刚刚用掉了，或者已经收回。"))
        record("orgs.uninvited", subject=invitation, actor=by, at=at)


def accept_invitation(*, token: str, by: User, at: datetime) -> Membership | None:
    """Use a link up: the person works there from now on. None when it opens nothing any more.

    The rights wait for a second factor, as all of a membership's do.
    """
    with transaction.atomic():
        found = queries.invitation(token, at=at)
        # Of two who come at once, whoever deletes the row has used it.
        if found is None or not Invitation.objects.filter(pk=found.pk).delete()[0]:
            return None
        organisation = Organisation.objects.get(pk=found.organisation_id)
        return join(person=by, organisation=organisation, role=Role(found.role), by=by, at=at)


def purge_invitations(*, at: datetime) -> int:
    """Delete the links that are over."""
    return Invitation.objects.filter(ends_at__lte=at).delete()[0]
