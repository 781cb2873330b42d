"""A house that really runs: it starts, and mends itself."""

import os

import pytest

from tests.scripts.house import RUN, House, run, runs
from tests.scripts.prepared import USUAL, made_at

pytestmark = pytest.mark.xdist_group("house")


@pytest.mark.skipif(USUAL != "demo", reason="a browser's story begins with the same start")
def test_a_house_starts_on_nothing_and_stops_cleanly(shelf):
    seen = shelf.facts("demo")

    assert (seen["homes"], seen["statuses"]) == ([200], [0])
    assert f"http://127.0.0.1:{seen['ports'][0]}/demo/" in seen["logs"][0]
    assert seen["mode"] == 0o700


@pytest.mark.databases
@pytest.mark.skipif(USUAL != "twins", reason="a shared server is needed")
def test_two_machines_may_start_on_one_empty_server_at_once(shelf):
    seen = shelf.facts("twins")

    assert (seen["homes"], seen["statuses"]) == ([200, 200], [0, 0])


def test_a_stop_while_starting_leaves_nothing(tmp_path):
    house = House(tmp_path / "data", "--no-demo")
    house.start()
    try:
        house.until(lambda: '"prepare"' in house.log(), "it prepares")
        assert house.stop() == 0
    finally:
        house.__exit__()


def test_the_second_start_finds_everything_done(house, shelf):
    assert made_at(house.data) == shelf.facts()["static"]
    assert "Installing" not in house.log()
    assert "create-operator" in house.log()


def test_a_second_start_on_the_same_folder_is_refused(house):
    second = run(RUN, "--data", str(house.data))

    assert second.returncode == 1
    assert str(house.process.pid) in second.stderr
    assert f"http://127.0.0.1:{house.port}" in second.stderr
    assert house.get("/healthz") is not None


@pytest.mark.parametrize("name", ["worker", "web"])
def test_a_killed_process_is_started_again(house, name):
    old = house.child(name)
    orphans = old.children(recursive=True)
    told = house.log().count('"process.died"')
    old.kill()

    new = house.until(
        lambda: (found := house.child(name)) and found.pid != old.pid and found, "a new one"
    )
    house.until(lambda: house.get("/healthz") is not None, "the web answers again")

    assert new.is_running()
    assert house.log().count('"process.died"') == told + 1
    assert not any(map(runs, orphans))


@pytest.mark.databases
def test_a_killed_web_worker_is_replaced(house):
    web = house.child("web")
    workers = web.children()
    cores = os.cpu_count()
    assert len(workers) == (2 if cores > 1 else 0)
    old, *others = workers or [web]
    old.kill()

    house.until(
        lambda: house.child("web") not in (web, None) and house.get("/healthz"), "it answers"
    )
    assert not any(map(runs, others))
