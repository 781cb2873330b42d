"""One read a visitor, target and hour, whoever sends it and however often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connections
from django.db.models import Sum

from tests.factories import MONDAY
from youthvoice.clock import registry
from youthvoice.reads import actions, daily, queries
from youthvoice.reads.actions import forget, recount
from youthvoice.reads.choices import EVERYTHING, Audience
from youthvoice.reads.models import Count, Mark, Total
from youthvoice.reads.visitors import hour_of, mark_of

pytestmark = pytest.mark.databases

NOON = hour_of(MONDAY)


def write(reads):
    marked = {mark_of(by, target, hour): (target, hour, how) for target, hour, by, how in reads}
    return actions.write(marked)


def read(target="question:1", *, by=1, hour=NOON, audience=Audience.PUBLIC):
    return (target, hour, by.to_bytes(16, "big"), audience)


def check_sums():
    """Whoever recounts from the hours must get the totals."""
    for total in Total.objects.all():
        hours = Count.objects.filter(audience=total.audience)
        if total.target != EVERYTHING:
            hours = hours.filter(target=total.target)
        assert total.reads == (hours.aggregate(Sum("reads"))["reads__sum"] or 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reads", "counted"),
    [
        ([], 0),
        ([read()], 1),
        ([read(), read()], 1),
        ([read(by=1), read(by=2)], 2),
        ([read("question:1"), read("question:2")], 2),
        ([read(hour=NOON), read(hour=NOON + 1)], 2),
        # Whoever signs in meanwhile as staff is still one reader.
        ([read(audience="p"), read(audience="s")], 1),
    ],
)
def test_one_a_visitor_target_and_hour(reads, counted):
    together = write(reads)
    again = write(reads)
    one_by_one = sum(write([one]) for one in reads)

    assert (together, again, one_by_one) == (counted, 0, 0)
    assert sum(queries.site_totals().values()) == counted


@pytest.mark.django_db
def test_totals_are_by_target_and_of_everything():
    write([read("question:1", by=n) for n in range(3)] + [read("home", by=1)])
    write([read("question:1", hour=NOON + 1)])

    assert queries.totals(["question:1", "home", "question:9"]) == {"question:1": 4, "home": 1}
    assert queries.site_totals() == {"p": 5, "s": 0, "r": 0}
    check_sums()


@pytest.mark.django_db
def test_robots_and_staff_are_counted_apart():
    write([read(by=1), read(by=2, audience="s"), read(by=3, audience="r"), read(by=4)])

    assert queries.totals(["question:1"]) == {"question:1": 2}
    assert queries.site_totals() == {"p": 2, "s": 1, "r": 1}
    check_sums()


@pytest.mark.django_db
def test_a_batch_of_any_size_is_counted_once(django_assert_max_num_queries):
    many = [read(by=n, target=f"question:{n % 7}") for n in range(1001)]
    write(many[::2])

    with django_assert_max_num_queries(6 + 5):
        new = write(many)

    assert new == 500
    assert queries.site_totals()["p"] == Mark.objects.count() == 1001
    check_sums()


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_fails_counts_nothing(monkeypatch):
    real = actions._add

    def fail_at_the_totals(model, *args):
        if model is Total:
            raise ZeroDivisionError
        real(model, *args)

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_add", fail_at_the_totals)
        with pytest.raises(ZeroDivisionError):
            write([read()])

    assert (Mark.objects.count(), Count.objects.count()) == (0, 0)
    assert write([read()]) == 1


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_count_exactly():
    """Each writes what the others write too, in its own order and in parts of its own."""
    everything = [read(by=n, target=f"question:{n % 5}") for n in range(400)]
    everything += [read(by=n, target="home", audience="r") for n in range(100)]

    def work(number):
        try:
            mine = everything[number * 97 :] + everything[: number * 97]
            mine = mine[::-1] if number % 2 else mine
            return sum(write(mine[start : start + 250]) for start in (0, 250))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        counted = list(pool.map(work, range(4), timeout=60))

    assert sum(counted) == 500
    assert queries.site_totals() == {"p": 400, "s": 0, "r": 100}
    assert queries.totals(f"question:{n}" for n in range(5)) == {
        f"question:{n}": 80 for n in range(5)
    }
    check_sums()


@pytest.mark.django_db
def test_marks_go_when_their_hour_is_over_and_counts_stay():
    write([read(hour=hour) for hour in range(NOON - 3, NOON + 1)])

    forget(at=MONDAY)

    assert list(Mark.objects.order_by("hour").values_list("hour", flat=True)) == [NOON - 1, NOON]
    assert queries.totals(["question:1"]) == {"question:1": 4}
    assert write([read(hour=NOON - 1), read(hour=NOON)]) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "kept"),
    [
        (datetime(2026, 3, 10, 1, tzinfo=UTC), [9, 10]),
        # Zhengzhou is a day ahead already; late readers of its yesterday still need their key.
        (datetime(2026, 3, 9, 16, 30, tzinfo=UTC), [8, 9, 10]),
    ],
)
def test_keys_of_days_gone_by_are_forgotten(at, kept, settings, tmp_path):
    settings.READS_KEYS = tmp_path
    for day in (7, 8, 9, 10):
        daily.key_of(date(2026, 3, day))

    forget(at=at)

    assert sorted(int(path.name[-2:]) for path in tmp_path.iterdir()) == kept


@pytest.mark.django_db
def test_forgetting_is_done_by_the_clock():
    due = {step.name: step for step in registry.steps()}["reads.forget"]

    assert (due.work, due.every) == (forget, timedelta(minutes=10))


@pytest.mark.django_db
def test_recounting_mends_every_total_and_tells_which():
    write([read("home", by=1), read("home", by=2), read("home", by=3, audience="r")])
    Total.objects.filter(target="home", audience="p").update(reads=7)
    Total.objects.filter(target="home", audience="r").delete()
    Total.objects.create(target="never:1", audience="p", reads=4)

    assert recount() == [
        ("reads of home (p)", 7, 2),
        ("reads of home (r)", 0, 1),
        ("reads of never:1 (p)", 4, 0),
    ]
    assert recount() == []
    assert queries.totals(["home"]) == {"home": 2}


@pytest.mark.django_db(transaction=True)
def test_recounting_while_others_write_loses_nothing():
    write([read("home", by=0)])
    threads, turns = 3, 40

    def work(number):
        try:
            return sum(write([read("home", by=1 + number * turns + n)]) for n in range(turns))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        writing = [pool.submit(work, number) for number in range(threads)]
        found = []
        while not all(future.done() for future in writing):
            found += recount()
    for future in writing:
        future.result()

    assert found == []
    assert queries.totals(["home"]) == {"home": 1 + threads * turns}
    check_sums()


@pytest.mark.django_db
def test_rows_have_names():
    write([read()])

    rows = [Mark.objects.get(), Count.objects.get(), Total.objects.get(target="question:1")]
    assert [str(row) for row in rows] == [
        f"a read @{NOON}",
        f"question:1 @{NOON} p: 1",
        "question:1 p: 1",
    ]
