"""Who may, in routing."""

from youthvoice.cases.models import Case
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.policy import Anyone


def may_see_suggestion(user: Anyone, case: Case) -> bool:
    """Members of the bodies that have a part in the case. One query, and memberships."""
    holders = case.lanes.values_list("holder_id", flat=True)
    return any(orgs_policy.is_member(user, holder) for holder in holders)
