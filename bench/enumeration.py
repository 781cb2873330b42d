"""Whether the time of an answer tells that somebody has an account.

    .venv/bin/python bench/enumeration.py [--rounds 10000] [--quick]

Each kind of request is sent so many times for somebody who is known and for somebody who is
not, in turn, within this process and against a SQLite database of its own. Printed are the
medians in milliseconds and their gap, which must be under 5. Hashes cost what they cost in a
house; with --quick they cost next to nothing, so that a gap elsewhere isn't lost in them.
"""

import argparse
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST_MS = 5.0
PASSWORD = "kaifeng-baozi-7"  # noqa: S105 # nosec B105 - of people who don't exist
Request = tuple[str, dict[str, str]]


def prepare(folder: str, quick: bool) -> None:
    """A house in `folder`, whose tasks wait for a worker that never comes."""
    os.environ |= {"YOUTHVOICE_DATA": folder, "LOG_LEVEL": "ERROR"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    sys.path.insert(0, str(ROOT))
    import django
    from django.conf import settings

    argon2 = "django.contrib.auth.hashers.Argon2PasswordHasher"
    settings.PASSWORD_HASHERS = [f"{__name__}.Quick" if quick else argon2]
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()
    from django.core.management import call_command

    from youthvoice.limits.choices import LIMITS

    call_command("migrate", verbosity=0)
    # The work of counting stays; only nobody is refused.
    LIMITS.update({what: replace(limit, most=10**9, each=0) for what, limit in LIMITS.items()})
    if quick:
        from django.contrib.auth.hashers import Argon2PasswordHasher

        costs = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
        globals()["Quick"] = type("Quick", (Argon2PasswordHasher,), costs)


def populate(rounds: int) -> None:
    """One person a round, with a proved address and a telephone."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from youthvoice.people.models import Phone, User
    from youthvoice.people.phones import numbers

    hashed, now = make_password(PASSWORD), timezone.now()
    people = User.objects.bulk_create(
        User(username=f"known{n}", nickname="青年", email=f"known{n}@mail.test", password=hashed)
        for n in range(rounds)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, primary=True, verified=True) for one in people
    )
    Phone.objects.bulk_create(
        Phone(person=one, digest=numbers.digest(f"138{n:08d}"), ending="00", added_at=now)
        for n, one in enumerate(people)
    )


def kinds() -> dict[str, Callable[[int, bool], Request]]:
    """For a number and whether it is somebody's: what is sent."""
    made = itertools.count()

    def sign_in(login: str) -> Callable[[int, bool], Request]:
        def request(n: int, known: bool) -> Request:
            name = f"{'known' if known else 'other'}{n}{login}"
            return "/accounts/login/", {"login": name, "password": "wrong-words-7"}  # nosec B105 - nobody's

        return request

    def sign_up(n: int, known: bool) -> Request:
        return "/accounts/signup/", {
            "username": f"new{next(made)}",
            "nickname": "青年",
            "email": f"{'known' if known else 'other'}{n}@mail.test",
            "password1": PASSWORD,
            "password2": PASSWORD,
        }

    def reset(n: int, known: bool) -> Request:
        return "/accounts/password/reset/", {
            "email": f"{'known' if known else 'other'}{n}@mail.test"
        }

    def telephone(n: int, known: bool) -> Request:
        return "/accounts/phone/", {"number": f"13{8 if known else 9}{n:08d}"}

    return {
        "sign-in by name": sign_in(""),
        "sign-in by address": sign_in("@mail.test"),
        "sign-up": sign_up,
        "reset": reset,
        "telephone": telephone,
    }


def addresses() -> Iterator[str]:
    """Each request from a network of its own: allauth's limits by the minute stay out."""
    for n in itertools.count(1):
        yield f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"


def main() -> int:
    words = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=words)
    parser.add_argument("--rounds", type=int, default=10_000, help="of each kind and either way")
    parser.add_argument("--quick", action="store_true", help="hashes that cost next to nothing")
    parser.add_argument("--only", help="one kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="youthvoice-bench-") as folder:
        prepare(folder, options.quick)
        populate(options.rounds)
        wide = False
        networks = addresses()
        for name, kind in kinds().items():
            if options.only in (None, name):
                wide |= not told(name, kind, options.rounds, networks)
    return int(wide)


def told(
    name: str, kind: Callable[[int, bool], Request], rounds: int, networks: Iterator[str]
) -> bool:
    """Measure one kind and print it; whether the gap is small enough."""
    from django.test import Client

    took: dict[bool, list[float]] = {True: [], False: []}
    statuses: set[int] = set()
    for n in range(rounds):
        for known in random.sample((True, False), 2):
            path, data = kind(n, known)
            client = Client(REMOTE_ADDR=next(networks))
            begun = time.perf_counter()
            response = client.post(path, data)
            took[known].append((time.perf_counter() - begun) * 1000)
            statuses.add(response.status_code)
    known, unknown = (statistics.median(took[which]) for which in (True, False))
    gap = abs(known - unknown)
    print(
        f"{name:20} known {known:8.3f} ms   unknown {unknown:8.3f} ms   gap {gap:6.3f} ms"
        f"   of {rounds}, answers {sorted(statuses)}",
        flush=True,
    )
    return gap < MOST_MS


if __name__ == "__main__":
    sys.exit(main())
