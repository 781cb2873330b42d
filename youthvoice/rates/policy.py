"""Who may leave a question out of the rates: leads, and never one of them alone."""

from youthvoice.cases.models import Case
from youthvoice.cases.policy import is_public
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.policy import Anyone
from youthvoice.orgs.queries import province_committee, region_and_above
from youthvoice.rates.models import Exclusion


def is_countable(case: Case) -> bool:
    """Whether the rates could count it at all."""
    return is_public(case) and not case.question.is_imported


def may_propose_exclusion(user: Anyone, case: Case) -> bool:
    return is_countable(case) and orgs_policy.is_lead_of(user, [case.holder_id])


def may_see_exclusion(user: Anyone, case: Case) -> bool:
    """Leads of whoever holds it, and those who may confirm it."""
    return orgs_policy.is_lead_of(user, [case.holder_id, *_above(case)])


def may_confirm_exclusion(user: Anyone, exclusion: Exclusion) -> bool:
    """A second person: a lead of a League office above the holder's region, or the province's."""
    is_first = exclusion.asked_by_id is None or exclusion.asked_by_id == user.pk
    return not is_first and orgs_policy.is_lead_of(user, _above(exclusion.case))


def may_end_exclusion(user: Anyone, exclusion: Exclusion) -> bool:
    """What only waits, also those who proposed it; what holds, only those above."""
    if exclusion.ended_at is not None:
        return False
    above = _above(exclusion.case)
    waits = exclusion.confirmed_at is None
    return orgs_policy.is_lead_of(user, [*above, exclusion.case.holder_id] if waits else above)


def _above(case: Case) -> list[int]:
    """The League's offices above the holder's region, and always the province's."""
    above = region_and_above(case.holder.region_id)[1:]
    offices = Organisation.objects.filter(kind=OrgKind.LEAGUE, region__in=above, is_active=True)
    found = set(offices.values_list("pk", flat=True))
    top = province_committee()
    return [*found | ({top.pk} if top is not None else set())]
