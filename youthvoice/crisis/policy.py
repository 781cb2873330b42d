from youthvoice.crisis.choices import State
from youthvoice.crisis.models import Record
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.choices import Role
from youthvoice.orgs.policy import Anyone
from youthvoice.orgs.queries import memberships_of
from youthvoice.people.models import User
from youthvoice.questions.policy import Viewer

_HELPERS = (Role.LEAD, Role.OPERATOR)


def helps(user: Anyone) -> bool:
    """Leads and operators have the list; which records are theirs is `visible_to`'s to say."""
    return orgs_policy.has_role(user, *_HELPERS)


def may_handle(user: Anyone, record: Record) -> bool:
    return Record.objects.visible_to(user).filter(pk=record.pk).exists()


def leads(user: User, record: Record) -> bool:
    """A lead of one of the organisations that were told."""
    led = [m.organisation_id for m in memberships_of(user) if m.role == Role.LEAD]
    return record.told.filter(organisation__in=led).exists()


def may_object(viewer: Viewer, record: Record) -> bool:
    """Only who asked may say that it is a misunderstanding."""
    question = record.question
    return (
        record.state == State.OPEN
        and record.objected_at is None
        and record.is_of_question
        and question is not None
        and viewer.is_asker(question)
    )
