from youthvoice.cases.models import Case
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.policy import Anyone


def may_see_queue(user: Anyone, organisation_id: int) -> bool:
    """An organisation's desk is its members' own."""
    return orgs_policy.is_member(user, organisation_id)


def holds(user: Anyone, case: Case | None) -> bool:
    return case is not None and orgs_policy.is_member(user, case.holder_id)
