"""Fields, constraints and querysets of cases."""

from youthvoice.cases.models.case import Case, CaseQuerySet, Step
from youthvoice.cases.models.hop import Hop
from youthvoice.cases.models.lane import Lane, LaneQuerySet
from youthvoice.cases.models.late import EmptyPlace, Escalation, Notice, NoticeQuerySet, Reminder
from youthvoice.cases.models.tables import Route, Term

__all__ = [
    "Case",
    "CaseQuerySet",
    "EmptyPlace",
    "Escalation",
    "Hop",
    "Lane",
    "LaneQuerySet",
    "Notice",
    "NoticeQuerySet",
    "Reminder",
    "Route",
    "Step",
    "Term",
]
