"""What is kept of all questions is what is counted anew, whatever has happened to them."""

from datetime import timedelta

import pytest

from bench.loading import fill
from tests.factories import PersonFactory, answer, ask, asker_of, member
from youthvoice.counts import actions, registry
from youthvoice.counts.models import Counted, Kept, Sum
from youthvoice.desks.queries.queues import waiting_count
from youthvoice.kit import clock
from youthvoice.kit.months import month_of, next_month
from youthvoice.orgs.models import Organisation
from youthvoice.questions import actions as acts
from youthvoice.questions import queries
from youthvoice.questions.models import Question
from youthvoice.rates.queries import counting, ledger
from youthvoice.site.counting import fineness
from youthvoice.site.views.home import _waiting
from youthvoice.topics.models import Topic
from youthvoice.topics.queries import reads_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def counted(at, kept=True):
    """All that is kept, or the same reckoned anew."""
    held = queries.site_numbers() if kept else None
    months = [next_month(month_of(at), -n) for n in range(24)]
    found = counting.months(months, at=at) if kept else [counting._count(m, at) for m in months]
    bodies = list(Organisation.objects.order_by("pk"))
    median = queries.median_first_answer_seconds(at=at, kept=held)
    waiting, _asked = _waiting(held)
    return {
        "median": median if kept or median is None else fineness(median),
        "doors": waiting,
        "months": [(m.total.questions, _whole(m)) for m in found],
        "ledger": ledger.bodies(at=at),
        "waiting": [waiting_count([b.pk]) for b in bodies],
        "topics": [reads_of(t) for t in Topic.objects.order_by("pk")],
    }


def _whole(month):
    counts = {
        (by, str(key), rate, code): n
        for by, groups in month.groups.items()
        for key, group in groups.items()
        for rate, codes in group.classes.items()
        for code, n in codes.items()
        if n
    }
    hidden = {(*of, str(key)) for of, keys in month.hidden.items() for key in keys}
    return counts, {why: n for why, n in month.excluded.items() if n}, hidden


def anew(at):
    """The same without what is kept: nothing says that all is counted."""
    Kept.objects.filter(name="settled").delete()
    Sum.objects.filter(group="settled").delete()
    return counted(at, kept=False)


def test_what_is_kept_is_what_is_counted_anew(house):
    fill(150, open_ones=60)
    at = clock.now()
    person, staff = PersonFactory.create(), member(house.city)
    first = [ask(by=person, region="410100", at=at) for _ in range(5)]
    answer(first[0], by=staff, organisation=house.city, at=at)
    acts.delete_question(question=first[1], by=asker_of(first[1]), at=at)
    acts.withhold_question(question=first[2], by=None, at=at)

    while actions.settle(at=at):
        pass
    kept = counted(at)

    assert kept == anew(at)
    assert kept["doors"]
    assert kept["median"] is not None
    assert list(actions.recount()) == []


def test_what_falls_due_by_time_alone_is_counted_anew(house):
    at = clock.now()
    question = ask(region="410100", at=at)
    actions.settle(at=at)
    later = at + timedelta(days=40)

    assert actions.settle(at=later) == 1
    assert counted(later) == anew(later)
    assert question.pk in Counted.objects.values_list("pk", flat=True)


def test_a_step_looks_at_what_was_touched_alone(house, monkeypatch):
    fill(30)
    settled = Question.objects.latest("pk").pk
    counted_anew = []
    monkeypatch.setattr(registry, "_counts", [lambda shares, *, at: counted_anew.extend(shares)])
    asked, other = ask(region="410100"), ask(region="410100")
    actions.note([settled])

    assert actions.settle(at=clock.now()) >= 1
    assert sorted(counted_anew) == [settled, asked.pk, other.pk]
    assert actions.settle(at=clock.now()) == 0


def test_a_sum_that_drifted_is_found(house):
    ask(region="410100")
    actions.settle(at=clock.now())
    Sum.objects.filter(group="asked").update(value=7)

    assert [(drift.kept, drift.counted) for drift in actions.recount()] == [(7, 1)]
    assert list(actions.recount()) == []
