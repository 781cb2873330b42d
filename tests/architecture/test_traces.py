"""What acts leave in tables answers for the journal: each table says by which entries its rows
come and change (`traces`), or stands here with the reason why it can't.
"""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from youthvoice.journal.models import Trace, Worded
from youthvoice.journal.queries import _about
from youthvoice.questions.models import Question

#: Tables without traces.
NONE = {
    "cases.emptyplace": "found anew at each step that is told",
    "cases.lane": "moved by acts on its case and its hops, which have theirs",
    "cases.route": "loaded from a file, whose entry names no row",
    "cases.step": "the public trail of acts that leave a row elsewhere, or none",
    "cases.term": "entered by operators or by default; its entries name columns",
    "clock.heartbeat": "no act",
    "clock.step": "no act",
    "counts.changed": "each act leaves one until the clock has counted",
    "counts.counted": "counted by a step of the clock",
    "counts.kept": "counted by a step of the clock",
    "counts.note": "left by a step of the clock",
    "counts.sum": "counted by a step of the clock",
    "crisis.notice": "letters that wait",
    "crisis.told": "made with its record, or with a step up",
    "desks.mention": "made with its note",
    "desks.presence": "no act",
    "gathering.apart": "its entry names one question of all that were set apart",
    "gathering.group": "reckoned by a step of the clock",
    "gathering.groupmember": "reckoned by a step of the clock",
    "journal.entry": "the journal itself",
    "journal.head": "the journal itself",
    "moderation.left": "made when a membership goes, whose row is gone",
    "orgs.organisation": "loaded from a file, whose entry names the first row alone",
    "orgs.region": "loaded from a file, whose entry names the first row alone",
    "people.consent": "mostly given at sign-up, of which there is no entry on purpose",
    "people.endedsession": "that it was signed out of names nobody, on purpose",
    "people.guardianship": "begun at sign-up; afterwards it keeps days alone",
    "people.phone": "may come with sign-up, of which there is no entry on purpose",
    "people.phonecode": "no act",
    "people.signin": "no act",
    "people.user": "sign-up has no entry on purpose",
    "questions.picture": "made with its question, or told by number in a supplement's entry",
    "questions.receipt": "made with its question",
    "questions.tally": "numbers, which `recount` proves",
    "reads.count": "no act",
    "reads.mark": "no act",
    "reads.total": "no act",
    "rates.late": "which hops are overdue, kept by a step of the clock",
    "routing.alone": "what the house suggested; acts on it are the case's",
    "routing.decision": "made with an act on its case",
    "sealed.record": "made with its question, and tied to nobody by an entry",
    "topics.participant": "counted, which `recount` proves",
    "yours.leaving": "names an account that may be gone by number alone",
}


def tables():
    return [m for m in apps.get_models() if m.__module__.startswith("youthvoice.")]


def silent(models):
    return [m._meta.label_lower for m in models if not getattr(m, "traces", ())]


def test_each_table_answers_for_the_journal_or_says_why_not():
    assert sorted(silent(tables())) == sorted(NONE)


def test_a_table_that_says_nothing_is_found(monkeypatch):
    monkeypatch.setattr(Question, "traces", ())

    assert silent([Question]) == ["questions.question"]


def test_each_trace_names_what_is_there():
    for model in tables():
        for trace in getattr(model, "traces", ()):
            assert "." in _about(model, trace)
            assert not trace.at or model._meta.get_field(trace.at)
            assert not trace.words or issubclass(model, Worded)


def test_a_way_that_leads_nowhere_is_found():
    with pytest.raises(FieldDoesNotExist):
        _about(Question, Trace(("question.asked",), subject="lead"))
