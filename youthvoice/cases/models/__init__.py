"""Fields, constraints and querysets of cases."""

from youthvoice.cases.models.callback import Callback
from youthvoice.cases.models.case import Case, CaseQuerySet, Step
from youthvoice.cases.models.exclusion import Exclusion
from youthvoice.cases.models.hop import Hop
from youthvoice.cases.models.lane import Lane, LaneQuerySet
from youthvoice.cases.models.late import EmptyPlace, Escalation, Notice, NoticeQuerySet
from youthvoice.cases.models.merge import Apart, Group, GroupMember, Merge
from youthvoice.cases.models.promise import Promise
from youthvoice.cases.models.tables import Route, Term

__all__ = [
    "Apart",
    "Callback",
    "Case",
    "CaseQuerySet",
    "EmptyPlace",
    "Escalation",
    "Exclusion",
    "Group",
    "GroupMember",
    "Hop",
    "Lane",
    "LaneQuerySet",
    "Merge",
    "Notice",
    "NoticeQuerySet",
    "Promise",
    "Route",
    "Step",
    "Term",
]
