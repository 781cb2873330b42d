"""Who may, in cases. Rights follow from working in the organisation that holds a part."""

from youthvoice.cases.choices import HOP_OPEN, WAITING, State
from youthvoice.cases.models import Case, Hop, Lane, Notice
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.policy import Anyone
from youthvoice.orgs.queries import committees_over


def may_see_queue(user: Anyone, organisation_id: int) -> bool:
    """An organisation's desk is its members' own."""
    return orgs_policy.is_member(user, organisation_id)


def holds(user: Anyone, case: Case | None) -> bool:
    return case is not None and orgs_policy.is_member(user, case.holder_id)


def may_work_on(user: Anyone, lane: Lane) -> bool:
    return orgs_policy.is_member(user, lane.holder_id)


def oversees(user: Anyone, case: Case | None) -> Organisation | None:
    """The committee above the holder that somebody works in; its members read the case."""
    over = committees_over(user, case.holder) if case is not None else []
    return over[0].organisation if over else None


def steps_in(user: Anyone, case: Case) -> Organisation | None:
    """The committee above the holder in whose name somebody reminds it or takes it away: they
    are on duty there, or lead it."""
    over = committees_over(user, case.holder)
    return next((m.organisation for m in over if m.role in (Role.DUTY, Role.LEAD)), None)


def may_transfer(user: Anyone, case: Case) -> bool:
    """Only while nobody else is at it: what was asked of others is the holder's to look after."""
    if case.state not in WAITING:
        return False
    return holds(user, case) or steps_in(user, case) is not None


def may_give_back(user: Anyone, case: Case) -> bool:
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
