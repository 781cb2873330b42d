"""Who may, at a desk. Who may act on a case, `cases` says."""

from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.choices import OFFICIAL_KINDS, Role
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.policy import Anyone
from youthvoice.orgs.queries import memberships_of


def leads(user: Anyone, organisation_id: int) -> bool:
    """Looks after what the organisation keeps for all its people."""
    return any(
        m.role == Role.LEAD and m.organisation_id == organisation_id for m in memberships_of(user)
    )


def may_ask_on_behalf(user: Anyone, organisation: Organisation) -> bool:
    """Offices of the League answer telephones and have doors; any of their members."""
    return organisation.kind in OFFICIAL_KINDS and orgs_policy.is_member(user, organisation.pk)
