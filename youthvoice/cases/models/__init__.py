"""Fields, constraints and querysets of cases."""

from youthvoice.cases.models.behalf import OnBehalf
from youthvoice.cases.models.callback import Callback
from youthvoice.cases.models.case import Case, CaseQuerySet, Step
from youthvoice.cases.models.exclusion import Exclusion
from youthvoice.cases.models.hop import Hop
from youthvoice.cases.models.lane import Lane, LaneQuerySet
from youthvoice.cases.models.promise import Promise
from youthvoice.cases.models.tables import Route, Term

__all__ = [
    "Callback",
    "Case",
    "CaseQuerySet",
    "Exclusion",
    "Hop",
    "Lane",
    "LaneQuerySet",
    "OnBehalf",
    "Promise",
    "Route",
    "Step",
    "Term",
]
