"""Whether two of the staff ever get the same case: `.venv/bin/python bench/claims.py`.

    bench/claims.py [--clients 200] [--cases 10000] [--without-compare]

The clients run in four processes, each client in a thread with a connection of its own; each
takes one of the oldest cases that it sees as free, until none is left. Printed are the claims,
how often a client came second, doubles, lost ones, what `check-cases` finds, and the seconds.
With --without-compare the compare-and-set is taken out: then there must be doubles. On SQLite
in a folder of its own, or with DATABASE_URL on an empty PostgreSQL database that allows for as
many connections as there are clients. Exit status 1 if a double or a lost one was found.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROCESSES = 4
#: As many of the oldest as a client chooses among.
SEEN = 200


def setup() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings_test", "LOG_LEVEL": "ERROR"}
    import django

    django.setup()


def work(number: int, compares: bool, start, results) -> None:
    """One process with its share of the clients."""
    setup()
    from youthvoice.cases.actions import moving
    from youthvoice.cases.models import Lane
    from youthvoice.cases.tests import racing
    from youthvoice.orgs.models import Organisation
    from youthvoice.people.models import User

    if not compares:
        moving.as_seen = lambda lane: Lane.objects.filter(pk=lane.pk)
    people = list(User.objects.filter(username__startswith="racer").order_by("pk"))
    share = people[number::PROCESSES]
    body = Organisation.objects.get(slug="tuan-410100")
    found = racing.run(share, body, seen=SEEN, start=lambda: start.wait(600))
    results.put((found.told, found.late))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--without-compare", action="store_true")
    given = parser.parse_args()
    os.environ["YOUTHVOICE_DATA"] = tempfile.mkdtemp(prefix="youthvoice-bench-")
    setup()
    from django.core.management import call_command
    from django.db import connection, connections

    from tests.factories import build_house
    from youthvoice.cases.queries import checking
    from youthvoice.cases.tests import racing

    call_command("migrate", verbosity=0)
    house = build_house()
    racing.staff(house.city, given.clients)
    racing.waiting(house.city, given.cases)
    vendor = connection.vendor
    connections.close_all()

    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(given.clients + 1), context.Queue()
    compares = not given.without_compare
    processes = [
        context.Process(target=work, args=(n, compares, start, results)) for n in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    start.wait(600)
    began = time.perf_counter()
    found = racing.Outcome()
    for _ in processes:
        found += racing.Outcome(*results.get())
    seconds = time.perf_counter() - began
    for process in processes:
        process.join()

    verdict, faults = racing.judge(found), list(checking.without())
    print(
        f"{vendor}{'' if compares else ' without compare-and-set'}: {given.clients} clients, "
        f"{given.cases} cases, claims {verdict.claims}, came second {found.late}, "
        f"doubles {verdict.doubles}, lost {verdict.lost}, faults {len(faults)}, {seconds:.0f} s"
    )
    clean = (verdict.claims, verdict.doubles, verdict.lost) == (given.cases, 0, 0) and not faults
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
