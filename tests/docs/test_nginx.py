"""The nginx site that we ship, with an nginx of this machine in front of a house that counts."""

import http.client
import os
import re
import shutil
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.scripts.house import free_port
from youthvoice.entrance import wrote
from youthvoice.kit.public import CACHE_CONTROL
from youthvoice.questions import viewers

SITE = Path(__file__).resolve().parents[2] / "deploy/nginx/youthvoice.conf"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
NAME = "voice.example.org"

needs_nginx = pytest.mark.skipif(not Path(NGINX).exists(), reason="no nginx on this machine")


class Origin(BaseHTTPRequestHandler):
    """Says of each address what the house would say of it, and how often it was asked."""

    protocol_version = "HTTP/1.1"
    asked: Counter[str]
    seen: dict[str, dict[str, str]]

    def do_GET(self):
        self.asked[self.path] += 1
        self.seen[self.path] = {name.lower(): value for name, value in self.headers.items()}
        length = int(self.headers.get("Content-Length") or 0)
        body = f"{self.command} {self.path} {self.asked[self.path]}".encode()
        body += self.rfile.read(length)
        if self.path.startswith("/slow/"):
            time.sleep(0.3)
        self.send_response(200)
        is_public = not self.path.startswith(("/me/", "/ask/"))
        says = CACHE_CONTROL if is_public else "private, no-store"
        self.send_header("Cache-Control", says)
        if self.path.startswith("/static/"):
            self.headers_of_static()
        if "cookie" in self.path:
            self.send_header("Set-Cookie", "one=1")
        self.send_header("Surrogate-Key", "question-1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_HEAD = do_GET

    def headers_of_static(self):
        self._headers_buffer.pop()
        self.send_header("Cache-Control", "max-age=315360000, public, immutable")

    def log_message(self, *_):
        pass


@pytest.fixture
def origin():
    kind = type("Counting", (Origin,), {"asked": Counter(), "seen": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def configured(folder, port, origin_port):
    """The site as it is shipped, but for its port, its certificate and its folders."""
    site = SITE.read_text(encoding="utf-8")
    for pattern, stands in (
        (r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};"),
        (r"(?m)^ *ssl_certificate.*\n", ""),
        (r"server 127\.0\.0\.1:8000;", f"server 127.0.0.1:{origin_port};"),
        (r"/var/cache/nginx/", f"{folder}/"),
        (r"(?s)server \{\s*listen 80 .*?\n\}\n", ""),
    ):
        site, times = re.subn(pattern, stands, site)
        assert times, pattern
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "".join(f"{n}_temp_path tmp;" for n in ("proxy", "fastcgi", "uwsgi", "scgi"))
    return (
        f"daemon off; {user} pid nginx.pid; worker_processes 1;"
        "events { worker_connections 256; }"
        f"http {{ client_body_temp_path tmp; {temporary}\n{site}\n}}"
    )


@pytest.fixture
def nginx(tmp_path, origin):
    port = free_port()
    (tmp_path / "tmp").mkdir()
    written = tmp_path / "nginx.conf"
    written.write_text(configured(tmp_path, port, origin.server_port), encoding="utf-8")
    words = [NGINX, "-e", "error.log", "-p", str(tmp_path), "-c", str(written)]
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 30
        while True:
            with suppress(OSError):
                get(port, "/me/ready/")
                break
            assert process.poll() is None, (tmp_path / "error.log").read_text()
            assert time.monotonic() < end
            time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def get(port, path, method="GET", body=None, **headers):
    """Status, headers and body of an answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, {"Host": NAME, **headers})
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        line.close()


@needs_nginx
def test_a_public_page_is_asked_for_once_in_a_second(nginx, origin):
    asked = origin.RequestHandlerClass.asked
    begun = time.monotonic()
    for _ in range(40):
        get(nginx, "/q/1/")
    passed = time.monotonic() - begun
    assert asked["/q/1/"] <= 1 + passed

    time.sleep(2.1)  # kept for a second, by nginx's clock of whole seconds
    before = asked["/q/1/"]
    assert get(nginx, "/q/1/")[2] == f"GET /q/1/ {before + 1}".encode()


@needs_nginx
def test_who_comes_at_once_waits_for_one_drawing(nginx, origin):
    with ThreadPoolExecutor(20) as crowd:
        bodies = {body for _s, _h, body in crowd.map(lambda _: get(nginx, "/slow/1/"), range(20))}

    assert origin.RequestHandlerClass.asked["/slow/1/"] <= 2
    assert len(bodies) <= 2


@needs_nginx
@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/me/bar/", {}),
        ("/ask/", {}),
        ("/with-a-cookie/", {}),
        ("/q/1/", {"Cookie": "yv_reader=a; sessionid=b"}),
        ("/q/1/", {"Cookie": "yv_wrote=b"}),
        ("/q/1/", {"Cookie": "yv_receipts=b"}),
    ],
)
def test_what_is_personal_comes_from_the_house_each_time(nginx, origin, path, headers):
    get(nginx, path)
    before = origin.RequestHandlerClass.asked[path]

    found = [get(nginx, path, **headers)[2] for _ in range(3)]

    assert found == [f"GET {path} {before + n}".encode() for n in (1, 2, 3)]


@needs_nginx
def test_a_reader_of_whom_nothing_but_the_reading_is_counted_shares_the_page(nginx, origin):
    get(nginx, "/q/2/")

    begun = time.monotonic()
    for n in range(10):
        get(nginx, "/q/2/", Cookie=f"yv_reader={n}")

    assert origin.RequestHandlerClass.asked["/q/2/"] <= 2 + time.monotonic() - begun


@needs_nginx
def test_a_form_reaches_the_house_with_where_it_comes_from(nginx, origin):
    _status, headers, body = get(
        nginx, "/ask/", "POST", b" words", X_Forwarded_For="203.0.113.9", Accept_Encoding="gzip, br"
    )

    assert body == b"POST /ask/ 1 words"
    seen = origin.RequestHandlerClass.seen["/ask/"]
    assert seen["host"] == NAME
    # The house believes the last of them: what a visitor says of themselves goes before it.
    assert seen["x-forwarded-for"] == "203.0.113.9, 127.0.0.1"
    assert seen["x-forwarded-proto"] == "http"
    assert seen["accept-encoding"] == "br, gzip"
    assert headers["Surrogate-Key"] is None


@needs_nginx
def test_style_sheets_are_kept_for_as_long_as_they_say(nginx, origin):
    for _ in range(3):
        get(nginx, "/static/css/base.0123456789ab.css")

    assert origin.RequestHandlerClass.asked["/static/css/base.0123456789ab.css"] == 1


@needs_nginx
def test_while_the_house_is_away_its_last_pages_stand_and_nothing_personal_does(nginx, origin):
    last = get(nginx, "/q/3/")[2]
    origin.socket.close()
    # Those that wait between two requests close, too.
    origin.RequestHandlerClass.protocol_version = "HTTP/1.0"
    time.sleep(2.1)
    for answer in (get(nginx, "/me/bar/")[0], get(nginx, "/q/4/")[0]):
        assert answer in (200, 502)

    found = [get(nginx, "/q/3/") for _ in range(3)]

    assert found[-1][0] == 200
    assert found[-1][2].startswith(last[:-1])
    assert found[-1][1]["X-Cache"] == "STALE"
    assert get(nginx, "/me/bar/")[0] == 502


def test_the_cookies_that_it_goes_by_are_the_house_s_own(settings):
    (named,) = re.findall(r"\(\?!\.\*\(([\w|]+)\)=\)", SITE.read_text(encoding="utf-8"))

    ours = {settings.SESSION_COOKIE_NAME, viewers.COOKIE, wrote.WROTE}
    assert set(named.split("|")) == ours


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "is_kept"), [("/about/", True), ("/me/bar/", False)])
def test_it_keeps_what_the_house_lets_it_keep(client, path, is_kept):
    assert ("s-maxage=1" in client.get(path)["Cache-Control"]) is is_kept
