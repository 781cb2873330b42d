"""A house that really runs: it starts, mends itself, and leaves nothing behind."""

import os
import shutil
import signal
import socket
import time
import urllib.parse

import pytest

from tests.scripts.house import COMMAND, RUN, House, run, runs

pytestmark = pytest.mark.slow


@pytest.fixture
def new(tmp_path, house_database):
    """Where nothing is yet; on PostgreSQL with a database of its own (`house_database`)."""
    return tmp_path / "new"


@pytest.fixture
def data(tmp_path, house_database, prepared):
    """A data folder that a house has been started on before."""
    data = tmp_path / "data"
    return shutil.copytree(prepared, data) if prepared else data


def test_a_house_starts_and_stops_cleanly(new):
    with House(new) as house:
        assert house.get("/") == 200
        assert f"http://127.0.0.1:{house.port}/demo/" in house.log()
        assert new.stat().st_mode & 0o777 == 0o700

        assert house.stop(signal.SIGTERM) == 0


def test_ctrl_c_in_the_terminal_stops_the_house_cleanly(data):
    with House(data, "--no-demo") as house:
        house.remember()
        # As a terminal does: to every process of the group in the foreground.
        os.killpg(house.process.pid, signal.SIGINT)

        assert house.process.wait(60) == 0
        house.assert_nothing_left()
        assert "create-operator" in house.log()


def test_ctrl_c_twice_stops_at_once(data):
    with House(data, "--no-demo") as house:
        house.remember()
        worker = house.child("worker")
        worker.suspend()  # it can't hear that it should stop
        house.process.send_signal(signal.SIGINT)
        house.until(lambda: house.child("web") is None, "the web has stopped")
        house.process.send_signal(signal.SIGINT)

        assert house.process.wait(10) == 1
        house.assert_nothing_left()


def test_a_stop_while_starting_leaves_nothing(data):
    house = House(data, "--no-demo")
    house.start()
    try:
        house.until(lambda: '"prepare"' in house.log(), "it prepares")
        assert house.stop() == 0
    finally:
        house.__exit__()


def test_a_second_start_on_the_same_folder_is_refused(data):
    with House(data, "--no-demo") as house:
        second = run(RUN, "--data", str(data))

        assert second.returncode == 1
        assert str(house.process.pid) in second.stderr
        assert f"http://127.0.0.1:{house.port}" in second.stderr
        assert house.get("/healthz") is not None


def test_a_killed_supervisor_takes_all_with_it(data):
    with House(data, "--no-demo") as house:
        house.remember()
        house.process.kill()
        house.process.wait(60)

        house.assert_nothing_left(within=30)


@pytest.mark.parametrize("name", ["worker", "web"])
def test_a_killed_process_is_started_again(data, name):
    with House(data, "--no-demo") as house:
        old = house.child(name)
        orphans = old.children(recursive=True)
        old.kill()

        new = house.until(
            lambda: (found := house.child(name)) and found.pid != old.pid and found, "a new one"
        )
        house.until(lambda: house.get("/healthz") is not None, "the web answers again")

        assert new.is_running()
        assert '"process.died"' in house.log()
        assert not any(map(runs, orphans))
        assert house.stop() == 0


def test_a_killed_web_worker_is_replaced(data):
    with House(data, "--no-demo") as house:
        web = house.child("web")
        (old,) = web.children() if not os.environ.get("DATABASE_URL") else web.children()[:1]
        old.kill()

        house.until(
            lambda: house.child("web") not in (web, None) and house.get("/healthz"), "it answers"
        )
        assert house.stop() == 0


def test_what_was_under_way_is_answered_and_written(data):
    """The stop comes while a form is half sent: its answer and its row must still come."""
    token = "youthvoice" * 3 + "ab"
    form = urllib.parse.urlencode(
        {
            "csrfmiddlewaretoken": token,
            "username": "late-comer",
            "nickname": "晚到的人",
            "password1": "correct horse 回声",
            "password2": "correct horse 回声",
            "age_band": "18",
            "agree_rules": "on",
            "agree_privacy": "on",
        }
    ).encode()
    with House(data, "--no-demo") as house:
        house.remember()
        with socket.create_connection(("127.0.0.1", house.port), timeout=30) as visitor:
            head = (
                "POST /accounts/signup/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                f"Cookie: csrftoken={token}\r\nContent-Length: {len(form)}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
            )
            visitor.sendall(head.encode() + form[:20])
            time.sleep(0.5)  # until the form is being read
            house.process.send_signal(signal.SIGTERM)
            house.until(lambda: '"house.stopping"' in house.log(), "it is stopping")
            time.sleep(0.2)
            visitor.sendall(form[20:])
            answer = visitor.makefile("rb").readline()

        assert answer.split()[1] == b"302", answer
        assert house.process.wait(60) == 0
        house.assert_nothing_left()

    ask = "from youthvoice.people.models import User; print(User.objects.get().nickname)"
    shell = run(COMMAND, "shell", "--no-imports", "--data", str(data), "--command", ask)
    assert shell.stdout.strip() == "晚到的人", shell.stderr


@pytest.mark.skipif("not os.environ.get('DATABASE_URL')", reason="a shared server is needed")
def test_two_machines_may_start_on_one_server_at_once(data):
    both = [House(data.with_name(name), "--no-demo") for name in ("one", "two")]
    try:
        for house in both:
            house.start()
        for house in both:
            house.until(lambda house=house: "Ctrl-C" in house.log(), "both are ready")
            assert house.stop() == 0
    finally:
        for house in both:
            house.__exit__()


def test_the_second_start_finds_everything_done(data):
    made = data / "static/staticfiles.json"
    with House(data, "--no-demo") as house:
        assert house.stop() == 0
    first = made.stat().st_mtime_ns

    with House(data, "--no-demo") as house:
        assert house.stop() == 0

    assert made.stat().st_mtime_ns == first
    assert "Installing" not in house.log()
