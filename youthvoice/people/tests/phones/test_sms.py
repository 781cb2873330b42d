"""What a gateway gets, and what becomes of it when it fails."""

import hmac
import json

import pytest
from structlog.testing import capture_logs

from tests.factories import MONDAY
from youthvoice.kit.outgoing import Allowed
from youthvoice.kit.tests.serving import says, serving
from youthvoice.people.phones import sms

OK = says(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
SECRET = "shared-by-the-two"


@pytest.fixture
def gateway(settings, monkeypatch):
    """Points the house at a server on this machine."""

    def point(server):
        settings.SMS_URL, settings.SMS_SECRET = server.url("/send?app=7"), SECRET
        settings.SMS_TEMPLATE = "T-12"
        monkeypatch.setattr(sms, "ALLOWED", Allowed(plain_http=True, loopback=True))

    return point


def test_a_gateway_gets_the_words_signed(gateway):
    with serving(OK) as server:
        gateway(server)
        sms.send("13812340078", "012345", at=MONDAY)

    head, _, body = server.asked[0].partition(b"\r\n\r\n")
    heads = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    assert head.startswith(b"POST /send?app=7 HTTP/1.1\r\n")
    assert json.loads(body) == {"template": "T-12", "number": "+8613812340078", "code": "012345"}
    stamp = heads["X-Youthvoice-Time"]
    signed = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, "sha256").hexdigest()
    assert (stamp, heads["X-Youthvoice-Signature"]) == (str(int(MONDAY.timestamp())), signed)
    assert len(heads["X-Youthvoice-Id"]) == 32


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: https://a.example/\r\nContent-Length: 0\r\n\r\n",
        b"",
    ],
    ids=["500", "302", "nothing"],
)
def test_a_gateway_that_fails_is_in_the_log_without_number_or_code(gateway, answer):
    with serving(says(answer)) as server, capture_logs() as log:
        gateway(server)
        with pytest.raises(sms.UnableToSend):
            sms.send("13812340078", "012345", at=MONDAY)

    ((entry),) = log
    assert (entry["event"], entry["log_level"]) == ("sms.failed", "error")
    assert "13812340078" not in str(log)
    assert "012345" not in str(log)


def test_a_gateway_in_the_houses_own_network_is_not_called(settings):
    with serving(OK) as server:
        settings.SMS_URL = server.url().replace("http:", "https:")
        with pytest.raises(sms.UnableToSend):
            sms.send("13812340078", "012345", at=MONDAY)

    assert server.asked == []


def test_where_it_is_developed_the_console_shows_the_code(settings):
    settings.SMS_URL = "console"
    with capture_logs() as log:
        sms.send("13812340078", "012345", at=MONDAY)

    assert [(e["event"], e["number"], e["code"]) for e in log] == [
        ("sms.console", "13812340078", "012345")
    ]
