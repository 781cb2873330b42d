"""What tests look at after an act: the journal, the case and the counters."""

from youthvoice.cases.queries import trail_of
from youthvoice.journal import queries as journal
from youthvoice.journal.models import SAID, Entry
from youthvoice.kit.recounting import recount
from youthvoice.questions.models import Answer, Comment, Hidden, Question, Revision
from youthvoice.questions.queries import tallies


def entries_since(seq):
    """Verb, subject, actor and data of what the journal got after `seq`. The commitments to
    words are random; test_commitments.py looks at them."""
    rows = Entry.objects.filter(seq__gt=seq).order_by("seq")
    return [(e.verb, e.subject, e.actor, _codes(e.data)) for e in rows]


def _codes(data):
    return {name: value for name, value in data.items() if name != SAID}


def seq():
    return journal.head()[0]


def trail(question):
    """The kinds of the case's steps, with who is named in each."""
    case = Question.objects.get(pk=question.pk).case
    return [(s.kind, s.organisation) for s in trail_of(case)]


def state(question):
    return Question.objects.get(pk=question.pk).case.state


def counters(question):
    """The counters that are not 0."""
    found = Question.objects.filter(pk=question.pk).values(
        "official_count",
        "government_count",
        "expert_count",
        "peer_count",
        "comment_count",
        "follow_count",
        "useful_count",
    )[0]
    return {name.removesuffix("_count"): n for name, n in found.items() if n}


def numbers():
    """The pulse's numbers that are not 0, after proving that they are exact."""
    assert recount() == []
    assert list(journal.faults()) == []
    assert list(journal.strays(Question, Answer, Comment, Revision, Hidden)) == []
    return {name: n for name, n in tallies().items() if n}
