"""Who may write to bodies without accounts, and who may show them an asker's numbers."""

from youthvoice.cases.choices import HOP_OPEN
from youthvoice.cases.models import Hop
from youthvoice.cases.policy import holds
from youthvoice.orgs.policy import Anyone
from youthvoice.orgs.queries import has_members
from youthvoice.people import policy as people_policy
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer, may_mark


def may_issue_code(user: Anyone, hop: Hop) -> bool:
    """Only a body in which nobody has an account is given a letter: others sign in."""
    if hop.state not in HOP_OPEN or hop.lane.is_own or not holds(user, hop.lane.case):
        return False
    return not has_members(hop.receiver_id)


def may_mail(user: Anyone, hop: Hop) -> bool:
    """Its letter may go by mail where an operator has given the body's address."""
    return hop.receiver.contact_email != "" and may_issue_code(user, hop)


def may_keep_numbers(viewer: Viewer, question: Question) -> bool:
    """What was released is taken back by its asker, at any time and at any age."""
    return may_mark(viewer, question)


def may_release_numbers(viewer: Viewer, question: Question) -> bool:
    """An asker who is of age. Who leaves no name isn't looked at, and says so with the act."""
    grown = question.is_nameless or not people_policy.is_protected(viewer.person)
    return grown and may_mark(viewer, question)
