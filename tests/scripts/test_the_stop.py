"""A house that is stopped: it finishes what was under way, and leaves nothing behind."""

import os
import signal
import socket
import time
import urllib.parse

import pytest

from tests.scripts.prepared import select

pytestmark = pytest.mark.xdist_group("house")


@pytest.mark.databases
def test_what_was_under_way_at_ctrl_c_is_answered_and_written(house):
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
    house.remember()
    with socket.create_connection(("127.0.0.1", house.port), timeout=60) as visitor:
        head = (
            "POST /accounts/signup/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Cookie: csrftoken={token}\r\nContent-Length: {len(form)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\n"
        )
        visitor.sendall(head.encode() + form[:20])
        answers = visitor.makefile("rb")
        # The form is being read.
        assert answers.readline().split()[1] == b"100"
        assert answers.readline() == b"\r\n"
        # As a terminal does: to every process of the group in the foreground.
        os.killpg(house.process.pid, signal.SIGINT)
        house.until(lambda: '"house.stopping"' in house.log(), "it is stopping")
        time.sleep(0.2)
        visitor.sendall(form[20:])
        answer = answers.readline()

    assert answer.startswith(b"HTTP/1.1 302"), answer
    assert house.process.wait(60) == 0
    house.assert_nothing_left()
    found = select(house.data, "SELECT nickname FROM people_user WHERE username = 'late-comer'")
    assert found == [("晚到的人",)]


def test_ctrl_c_twice_stops_at_once(house):
    house.remember()
    worker = house.child("worker")
    worker.suspend()  # it can't hear that it should stop
    house.process.send_signal(signal.SIGINT)
    house.until(lambda: house.child("web") is None, "the web has stopped")
    house.process.send_signal(signal.SIGINT)

    assert house.process.wait(10) == 1
    house.assert_nothing_left()


def test_a_killed_supervisor_takes_all_with_it(house):
    house.remember()
    house.process.kill()
    house.process.wait(60)

    house.assert_nothing_left(within=30)
