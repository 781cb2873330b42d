"""What tests share of askers whose questions hang on a lead."""

from tests.factories import MONDAY, answer, member
from youthvoice.callbacks import actions, queries
from youthvoice.callbacks.models import Callback
from youthvoice.cases.queries import checking
from youthvoice.cases.tests.working import HOUR, case_of
from youthvoice.counts import actions as counts
from youthvoice.gathering import actions as gathering

AT = MONDAY + HOUR


def merge(*asked, into, at=MONDAY):
    lead = case_of(into)
    cases = [case_of(question) for question in asked]
    gathering.merge(cases=cases, into=lead, by=member(lead.holder), at=at)


def unmerge(question, *, at):
    case = case_of(question)
    gathering.unmerge(case=case, by=member(case.holder), at=at)


def reply(question, house, at=AT):
    return answer(question, by=member(house.city), organisation=house.city, at=at)


def rows(question):
    found = Callback.objects.filter(case__question=question).order_by("round", "day")
    return [(row.round, row.day, row.opened_at is not None) for row in found]


def dues(question):
    found = Callback.objects.filter(case__question=question, opened_at=None).order_by("day")
    return [row.due_at for row in found]


def plan(at):
    """Once what was touched is counted, what hangs on it is looked at."""
    counts.settle(at=at)
    return actions.plan_merged(at=at)


def turn(at):
    """The worker comes by."""
    counts.settle(at=at)
    gathering.unmerge_lost(at=at)
    planned = actions.plan_merged(at=at)
    return planned, actions.open_due(at=at)


def now_asked(question, at):
    return queries.current(case_of(question), at=at)


def in_order():
    return list(checking.without()) == []
