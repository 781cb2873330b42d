"""Who may say what is the same. Rights follow from working in the organisation that holds it."""

from youthvoice.cases.models import Case
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.policy import Anyone
from youthvoice.orgs.queries import organisations_of, region_and_below


def may_gather(user: Anyone, case: Case) -> bool:
    """Its holder's members, and those of the League's offices above: what is the same comes
    to several of them."""
    return any(
        office.pk == case.holder_id
        or (
            office.kind == OrgKind.LEAGUE
            and case.holder.region_id in region_and_below(office.region_id)
        )
        for office in organisations_of(user)
    )
