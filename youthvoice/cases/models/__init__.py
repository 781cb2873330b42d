"""Fields, constraints and querysets of cases."""

from youthvoice.cases.models.canned import Canned
from youthvoice.cases.models.case import Case, CaseQuerySet, Step
from youthvoice.cases.models.hop import Hop
from youthvoice.cases.models.lane import Lane, LaneQuerySet
from youthvoice.cases.models.note import Mention, Note
from youthvoice.cases.models.presence import Presence
from youthvoice.cases.models.tables import Route, Term

__all__ = [
    "Canned",
    "Case",
    "CaseQuerySet",
    "Hop",
    "Lane",
    "LaneQuerySet",
    "Mention",
    "Note",
    "Presence",
    "Route",
    "Step",
    "Term",
]
