from youthvoice.crisis.choices import State
from youthvoice.crisis.models import Record
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.orgs.policy import Anyone
from youthvoice.people.models import User
from youthvoice.questions.policy import Viewer

_HELPERS = (Role.LEAD, Role.OPERATOR)


def helps(user: Anyone) -> bool:
    """Leads and operators have the list; which records are theirs is `visible_to`'s to say."""
    return (
        isinstance(user, User)
        and user.is_active
        and Membership.objects.filter(
            person=user, role__in=_HELPERS, organisation__is_active=True
        ).exists()
    )


def may_handle(user: Anyone, record: Record) -> bool:
    return Record.objects.visible_to(user).filter(pk=record.pk).exists()


def leads(user: User, record: Record) -> bool:
    """A lead of one of the organisations that were told."""
    works = Membership.objects.filter(person=user, role=Role.LEAD, organisation__is_active=True)
    return works.filter(organisation__in=record.told.values("organisation")).exists()


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
