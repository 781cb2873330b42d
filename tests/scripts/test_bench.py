"""The benches' own eyes: what they would miss, no figure of theirs tells."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from bench.rig import meanwhile, table
from bench.rig.crowd import Crowd

TOLD = {"own": {"1": 2}, "people": ["a", "b", "c"], "readers": [str(n) for n in range(50)]}


class Pages(BaseHTTPRequestHandler):
    """Takes answers, and shows them on its second page, or never."""

    is_stale = False
    words = ""

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        type(self).words = sent["text"][0]
        self.send_response(302)
        self.send_header("Location", "/q/1/#answer-1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        body = b'<a class="button" href="/q/1/?after=1" rel="next">'
        if "after" in self.path:
            body = b"nothing new" if self.is_stale else self.words.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.mark.parametrize(("is_stale", "found"), [(True, (1, 2)), (False, (0, 0))])
def test_a_page_that_does_not_tell_in_time_is_found(monkeypatch, is_stale, found):
    monkeypatch.setattr(meanwhile, "IN_TIME", 0.01)
    kind = type("Kind", (Pages,), {"is_stale": is_stale})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02])
        thread.start()
        changes = meanwhile.Changes(server.server_port, Crowd(TOLD))
        changes.answer(0, 1)
        server.shutdown()
        thread.join()

    assert (changes.seen.stale_to_writer, changes.seen.stale) == found
    assert changes.seen.done == 1


def test_a_head_is_sent_once():
    """Whoever sends one twice is sent to the house, past all that is kept."""
    (visitor, *_) = Crowd(TOLD).readers()

    lines = visitor.asks("/", host="localhost", Accept="*/*").decode().split("\r\n")

    names = [line.partition(":")[0] for line in lines if ":" in line]
    assert len(names) == len(set(names))
    assert "Accept: */*" in lines


def test_the_table_tells_what_falls_short():
    rows = [table.Row("one", "3", "≥ 4", holds=False), table.Row("two", "5")]

    assert [line.split() for line in table.show(rows).splitlines()[2:]] == [
        ["one", "3", "≥", "4", "FALLS", "SHORT"],
        ["two", "5"],
    ]
