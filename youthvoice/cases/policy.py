"""Who may, in cases. Rights follow from working in the organisation that holds a part."""

from youthvoice.cases.choices import HOP_OPEN, WAITING, State
from youthvoice.cases.models import Case, Exclusion, Hop, Lane, Notice
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.policy import Anyone
from youthvoice.orgs.queries import (
    province_committee,
    region_and_above,
)


def may_see_queue(user: Anyone, organisation_id: int) -> bool:
    """An organisation's desk is its members' own."""
    return orgs_policy.is_member(user, organisation_id)


def holds(user: Anyone, case: Case | None) -> bool:
    return case is not None and orgs_policy.is_member(user, case.holder_id)


def may_work_on(user: Anyone, lane: Lane) -> bool:
    return orgs_policy.is_member(user, lane.holder_id)


def may_transfer(user: Anyone, case: Case) -> bool:
    """Only while nobody else is at it: what was asked of others is the holder's to look after."""
    return case.state in WAITING and holds(user, case)


#: While the question stands so, other bodies may be asked for their part.
REFERABLE = (*WAITING, State.REFERRED, State.ANSWERED, State.ASKING)


def may_refer(user: Anyone, case: Case) -> bool:
    return case.state in REFERABLE and holds(user, case)


def may_withdraw(user: Anyone, hop: Hop) -> bool:
    """Whoever holds the case takes back what was asked of another body."""
    return hop.state in HOP_OPEN and not hop.lane.is_own and holds(user, hop.lane.case)


def may_tick_off(user: Anyone, notice: Notice) -> bool:
    """What one was told of oneself."""
    return notice.person_id == user.pk and orgs_policy.is_staff(user)


def is_public(case: Case) -> bool:
    """Whether everybody may read the question's words."""
    return case.question.withheld_at is None and case.question.deleted_at is None


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
