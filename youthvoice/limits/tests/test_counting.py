"""How many pass in what time, what is said to the others, and what the file knows of them."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django import forms
from django.apps import apps
from django.http import HttpResponse

from tests.architecture.tree import ROOT
from tests.docs.test_docs import OPERATING, bare, table
from tests.factories import MONDAY
from youthvoice.clock import registry
from youthvoice.kit.network import client_network
from youthvoice.kit.sqlite.library import sqlite3
from youthvoice.limits import actions, store
from youthvoice.limits.actions import TooMany, Want, clear, forget, give_back, take, take_all
from youthvoice.limits.choices import LIMITS, What
from youthvoice.limits.tests.filling import fill, rows, used

HERE = "203.0.113.5"


def after(seconds):
    return MONDAY + timedelta(seconds=seconds)


def passes(what=What.RECEIPT, who=HERE, *, at=MONDAY, many=1):
    try:
        take(what, who=who, at=at, many=many)
    except TooMany:
        return False
    return True


@pytest.mark.parametrize("what", What)
def test_as_many_pass_as_the_table_says_and_then_nobody_until_the_time_is_over(what):
    limit = LIMITS[what]
    end = limit.within.total_seconds()

    # The last sixty one by one.
    one_by_one = min(limit.most, 60)
    fill(what, HERE, left=one_by_one, at=after(0))
    assert all(passes(what) for _ in range(one_by_one))
    assert [passes(what, at=after(s)) for s in (0, 1, end - 1)] == [False] * 3
    assert used(what, HERE) == limit.most
    assert passes(what, at=after(end))
    assert used(what, HERE) == 1


def test_the_time_runs_from_the_first_one_to_a_whole_minute():
    at = after(25)
    fill(What.RECEIPT, HERE, left=1, at=at)

    assert passes(at=at + timedelta(minutes=9))
    assert not passes(at=after(10 * 60 + 25))
    assert not passes(at=after(11 * 60 - 1))
    assert passes(at=after(11 * 60))


def test_a_lock_lasts_its_whole_time_from_the_last_try():
    fill(What.SIGN_IN, 7, left=1, at=MONDAY)

    assert passes(What.SIGN_IN, 7, at=after(29 * 60))
    assert not passes(What.SIGN_IN, 7, at=after(59 * 60 - 1))
    assert passes(What.SIGN_IN, 7, at=after(59 * 60))


def test_what_is_refused_counts_nothing():
    fill(What.PICTURES, HERE, left=5, at=MONDAY)

    assert not passes(What.PICTURES, many=6)
    assert used(What.PICTURES, HERE) == 85
    assert passes(What.PICTURES, many=5)
    assert not passes(What.PICTURES, "another", many=91)


def test_who_and_what_are_counted_apart():
    fill(What.RECEIPT, HERE, at=MONDAY)

    assert passes(What.RECEIPT, "203.0.113.6")
    assert passes(What.ASK, HERE)


def test_all_or_none_are_taken_and_the_refusal_names_the_one_that_is_too_much():
    fill(What.ASK_NAMED, 7, at=MONDAY)

    with pytest.raises(TooMany, match="你刚才发得太多"):
        take_all([Want(What.ASK_NAMED, 7), Want(What.ASK, HERE)], at=MONDAY)

    assert used(What.ASK, HERE) == 0


def test_a_good_try_is_given_back_while_its_time_runs():
    fill(What.SIGN_IN_NETWORK, HERE, at=MONDAY)
    give_back(What.SIGN_IN_NETWORK, who=HERE, at=after(60))
    give_back(What.SIGN_IN_NETWORK, who=HERE, at=after(30 * 60))
    give_back(What.SIGN_IN_NETWORK, who="nobody", at=after(60))

    assert used(What.SIGN_IN_NETWORK, HERE) == 29
    assert passes(What.SIGN_IN_NETWORK, at=after(60))


def test_what_is_cleared_begins_anew_and_others_stay():
    fill(What.SIGN_IN, 7, at=MONDAY)
    fill(What.SIGN_IN, 8, at=MONDAY)
    clear(What.SIGN_IN, who=7)

    assert passes(What.SIGN_IN, 7)
    assert not passes(What.SIGN_IN, 8)


def test_old_rows_are_forgotten_by_the_clock():
    fill(What.RECEIPT, HERE, at=MONDAY)
    fill(What.ASK, HERE, at=MONDAY)

    forget(at=after(10 * 60 - 1))
    assert len(rows()) == 2
    forget(at=after(10 * 60))
    assert len(rows()) == 1
    assert not passes(What.ASK, at=after(10 * 60))
    assert forget in [step.work for step in registry.steps()]


# --- Words ---------------------------------------------------------------------------------


def refusal(what, who=HERE, *, at=MONDAY):
    with pytest.raises(TooMany) as caught:
        take(what, who=who, at=at)
    return caught.value


@pytest.mark.parametrize(
    ("seconds", "wait", "minutes"), [(0, 600, 10), (1, 599, 10), (540, 60, 1), (599, 1, 1)]
)
def test_a_refusal_says_how_long_to_wait(seconds, wait, minutes):
    fill(What.RECEIPT, HERE, at=MONDAY)

    problem = refusal(What.RECEIPT, at=after(seconds))

    assert problem.wait_seconds == wait
    assert str(problem) == f"你用的网络刚才试了太多次回执码，请 {minutes} 分钟后再试。"


def test_a_row_that_is_gone_meanwhile_asks_for_a_second(monkeypatch):
    monkeypatch.setattr(actions, "_count", lambda want, at: False)

    assert refusal(What.ASK).wait_seconds == 1


def test_a_refusal_is_said_in_the_form_and_to_tools():
    fill(What.RECEIPT, HERE, at=MONDAY)
    problem, form = refusal(What.RECEIPT), forms.Form({})

    problem.refuse(form)
    response = problem.mark(HttpResponse("页"))

    assert form.non_field_errors() == [str(problem)]
    assert (response.status_code, response["Retry-After"]) == (429, "600")


def test_the_table_is_told_to_operators():
    head = ["code", "what is counted", "of a browser", "most", "with waits", "minutes"]
    told = {
        bare(row[0]): tuple(0 if cell == "–" else int(cell) for cell in row[2:])
        for row in table(OPERATING, *head)
    }

    assert told == {
        str(what): (
            limit.each,
            limit.most,
            limit.most * limit.crowd if limit.crowd > 1 else 0,
            limit.within // timedelta(minutes=1),
        )
        for what, limit in LIMITS.items()
    }
    assert list(LIMITS) == list(What)


# --- Networks ------------------------------------------------------------------------------


def test_neighbours_of_one_ipv6_household_share_and_other_networks_do_not(rf):
    def network(address):
        return client_network(rf.get("/", REMOTE_ADDR=address))

    fill(What.RECEIPT, network("2001:db8:1:2::1"), at=MONDAY)

    assert not passes(who=network("2001:db8:1:2:ffff:ffff:ffff:ffff"))
    assert passes(who=network("2001:db8:1:3::1"))
    assert passes(who=network("203.0.113.5"))


# --- The file ------------------------------------------------------------------------------


def test_a_copy_of_the_file_names_nobody_and_the_key_of_the_house_is_needed(settings):
    with_one_key = Want(What.ASK, HERE).key
    assert Want(What.RECEIPT, HERE).key != with_one_key
    take(What.ASK, who=HERE, at=MONDAY)

    row = rows()[0]
    settings.SECRET_KEY = "another " * 8

    assert row == (with_one_key, 1, int(MONDAY.timestamp()) // 60 + 60)
    assert (len(with_one_key), HERE.encode() in with_one_key) == (32, False)
    assert Want(What.ASK, HERE).key != with_one_key
    assert settings.LIMITS_FILE.stat().st_mode & 0o777 == 0o600


def test_the_file_keeps_no_order_and_nothing_that_is_gone(settings, tmp_path):
    settings.LIMITS_FILE = tmp_path / "limits"
    for number in range(20):
        take(What.ASK, who=number, at=MONDAY)
    kept = [key for (key,) in store.execute("SELECT key FROM counts")]
    assert kept == sorted(kept)
    with pytest.raises(sqlite3.OperationalError):
        store.execute("SELECT rowid FROM counts")

    forget(at=after(3600))

    assert not any(key in settings.LIMITS_FILE.read_bytes() for key in kept)
    assert [path.name for path in tmp_path.iterdir()] == ["limits"]


def test_nothing_of_it_is_in_the_database():
    """Where its log would show each count beside the act that was counted."""
    assert not list(apps.get_app_config("limits").get_models())


def test_a_file_that_a_power_cut_spoilt_is_begun_anew(settings, tmp_path):
    settings.LIMITS_FILE = tmp_path / "limits"
    settings.LIMITS_FILE.write_bytes(b"torn" * 5000)

    assert passes()
    assert used(What.RECEIPT, HERE) == 1


RESTARTED = """
import sys, django
from datetime import datetime
django.setup()
from youthvoice.limits.actions import TooMany, take
for who in sys.argv[2:]:
    try:
        take("receipt", who=who, at=datetime.fromisoformat(sys.argv[1]))
        print("passes")
    except TooMany as problem:
        print(problem.wait_seconds)
"""


def test_another_process_with_nothing_in_memory_goes_on_counting():
    fill(What.RECEIPT, HERE, at=MONDAY)
    environ = {k: v for k, v in os.environ.items() if k != "PYTEST_XDIST_WORKER"}
    environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"

    told = subprocess.run(
        [sys.executable, "-c", RESTARTED, after(60).isoformat(), HERE, "203.0.113.6"],
        cwd=ROOT, env=environ, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip

    assert told.stdout.split() == ["540", "passes"]
